"""Gaps: why a field is empty, and that a gap goes when the value comes."""

import pytest
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps

from partnerships.values.fields import HonestDateField
from partnerships.values.gaps import GapState, close_filled_gaps, gaps_for
from partnerships.values.models import Gap


@pytest.fixture
def pact():
    """A model with one field of each kind that may have a gap."""
    with isolate_apps("partnerships"):

        class Pact(models.Model):  # noqa: DJ008 -- never shown
            signed_on = HonestDateField("signed on")
            title = models.CharField(max_length=20, default="")
            number = models.IntegerField(null=True)
            is_lead = models.BooleanField(null=True)
            parent = models.ForeignKey("self", models.PROTECT, null=True)

            class Meta:
                app_label = "partnerships"

        yield Pact


def leave_gaps(record_id, *fields, kind="pact"):
    for field in fields:
        Gap.objects.create(record_kind=kind, record_id=record_id, field=field, state=GapState.NOT_STATED)


@pytest.mark.django_db
def test_a_gap_goes_when_its_field_has_a_value(pact):
    leave_gaps(7, "signed_on", "title", "number", "is_lead", "parent", "members")
    leave_gaps(8, "title")
    leave_gaps(7, "title", kind="visit")
    assert close_filled_gaps(pact(pk=7)) == []
    filled = pact(pk=7, signed_on="XXXX-05", title="x", number=0, is_lead=False, parent_id=3)
    assert close_filled_gaps(filled) == ["is_lead", "number", "parent", "signed_on", "title"]
    assert sorted(Gap.objects.values_list("record_kind", "record_id", "field")) == [
        ("pact", 7, "members"),
        ("pact", 8, "title"),
        ("visit", 7, "title"),
    ]


@pytest.mark.django_db
def test_a_date_in_words_only_is_a_value(pact):
    leave_gaps(7, "signed_on")
    assert close_filled_gaps(pact(pk=7, signed_on_wording="last year")) == ["signed_on"]


@pytest.mark.django_db
def test_the_gaps_of_many_records_cost_one_query(django_assert_num_queries):
    leave_gaps(7, "title")
    leave_gaps(8, "number")
    leave_gaps(9, "title")
    with django_assert_num_queries(1):
        assert gaps_for("pact", [7, 8]) == {(7, "title"): "not_stated", (8, "number"): "not_stated"}
    with django_assert_num_queries(0):
        assert gaps_for("pact", []) == {}


@pytest.mark.django_db
def test_a_field_has_one_gap_of_a_known_state():
    leave_gaps(7, "title")
    with pytest.raises(IntegrityError), transaction.atomic():
        leave_gaps(7, "title")
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.create(record_kind="pact", record_id=7, field="number", state="lost")
