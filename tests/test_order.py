"""What comes after what: no end before its start, and no chain of records that leads back to itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships import models
from tests.asking import errors_of, signed_in, submitted
from tests.samples import agreement, make, organisation, place, visit
from tests.workshop.test_values import refused, sent

pytestmark = pytest.mark.django_db
LATE = "The end lies before the start. Correct one of the two dates."


def edited(record, **fields):
    """The answer to a form of a record that is there, with these fields and no child rows."""
    client = signed_in("staff")
    page = client.get(f"{record.get_absolute_url()}edit/")
    rows = {f"{one.prefix}-{part}_FORMS": 0 for one in page.context["formsets"] for part in ("TOTAL", "INITIAL")}
    given = {"token": page.context["token"], "version": page.context["opened"]}
    return client.post(f"{record.get_absolute_url()}edit/", given | rows | fields)


KINDS = [
    ("agreements", {"title": "A", "stands_for": "one"}),
    ("programmes", {"title": "P", "stands_for": "one"}),
    ("projects", {"title": "P", "stands_for": "one"}),
]


@pytest.mark.parametrize(("path", "fields"), KINDS)
@pytest.mark.parametrize(("starts", "ends"), [("2025", "2024"), ("2 May 2024", "1 May 2024"), ("2025 onwards", "2024")])
def test_an_end_before_the_start_is_refused_by_the_form(path, fields, starts, ends):
    assert LATE in errors_of(submitted(path, starts_on_date=starts, ends_on_date=ends, **fields))


@pytest.mark.parametrize(("starts", "ends"), [("2024", "2024"), ("May 2024", "2024"), ("May", "2020"), ("", "2020")])
def test_dates_that_may_be_in_order_pass(starts, ends):
    answer = submitted("projects", title="P", stands_for="one", starts_on_date=starts, ends_on_date=ends)
    assert answer.status_code == 303


def test_a_post_that_ends_before_it_begins_is_refused():
    rows = {"posts-TOTAL_FORMS": 1, "posts-0-role": "Dean", "posts-0-since_date": "2020", "posts-0-until_date": "2019"}
    assert LATE in errors_of(submitted("people", name="Tim Jones", **rows))


@pytest.mark.parametrize("table", ["agreement", "programme", "project"])
def test_the_workshop_and_the_database_refuse_an_end_before_the_start(workshop, table):
    fields = {"title": "A", "stands_for": "one", "starts_on_edtf": "2025", "ends_on_edtf": "2024"}
    assert LATE in refused(sent(workshop, table, **fields))
    with pytest.raises(IntegrityError), transaction.atomic():
        make(table, starts_on="2025", ends_on="2024")


def test_the_workshop_sees_a_date_that_is_cleared(workshop):
    record = make("project", starts_on="2020", ends_on="2024")
    page = workshop.get(f"/admin/partnerships/project/{record.pk}/change/")
    rows = {
        f"{one.formset.prefix}-{part}_FORMS": 0
        for one in page.context["inline_admin_formsets"]
        for part in ("TOTAL", "INITIAL")
    }
    fields = {"title": "A", "stands_for": "one", "visibility": 1, "opened": record.version}
    fields |= {"starts_on_edtf": "2025", "ends_on_edtf": ""}
    assert workshop.post(f"/admin/partnerships/project/{record.pk}/change/", fields | rows).status_code == 302


def test_a_date_of_a_legal_event_needs_the_event(workshop):
    sentence = "Choose the legal event that the date belongs to, or clear the date."
    fields = {"title": "A", "stands_for": "one"}
    assert sentence in errors_of(submitted("agreements", event_on_date="2024", **fields))
    assert sentence in errors_of(submitted("agreements", event_on_wording="last year", **fields))
    assert sentence in refused(sent(workshop, "agreement", event_on_edtf="2024", **fields))
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement(event_on="2024")


def test_visits_never_follow_each_other_in_a_circle():
    first = visit("First")
    second = visit("Second", after=first)
    third = visit("Third", after=second)
    for one, after in ((first, first), (first, second), (first, third), (second, third)):
        fields = {"title": one.title, "direction": "inbound", "home": one.home_id, "status": "requested"}
        assert "itself comes after" in errors_of(edited(one, after=after.pk, **fields))
    assert edited(third, after=first.pk, **fields | {"title": "Third", "home": third.home_id}).status_code == 303
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Visit.objects.filter(pk=first.pk).update(after=first.pk)


def test_a_circle_that_is_there_already_holds_up_nobody():
    one, other = visit("One"), visit("Other")
    models.Visit.objects.filter(pk=one.pk).update(after=other.pk)
    models.Visit.objects.filter(pk=other.pk).update(after=one.pk)
    third = visit("Third")
    fields = {"title": "Third", "direction": "inbound", "home": third.home_id, "status": "requested"}
    assert "itself comes after" in errors_of(edited(third, after=one.pk, **fields))
    assert signed_in("viewer").get(one.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["amends", "renews", "under", "supersedes", "after"])
def test_agreements_never_follow_each_other_in_a_circle(kind):
    first, second, third = agreement("First"), agreement("Second"), agreement("Third")
    for one, other in ((second, first), (third, second)):
        models.AgreementRelation.objects.create(agreement=one, kind=kind, to_agreement=other)
    for other in (second, third):
        relation = models.AgreementRelation(agreement=first, kind=kind, to_agreement=other)
        with pytest.raises(ValidationError, match="itself"):
            relation.full_clean()
    models.AgreementRelation(agreement=third, kind=kind, to_agreement=first).full_clean()
    models.AgreementRelation(agreement=first, kind="possibly_same", to_agreement=second).full_clean()


def test_no_record_is_related_to_itself():
    one = agreement("One")
    row = {
        "agreementrelations-TOTAL_FORMS": 1,
        "agreementrelations-0-kind": "renews",
        "agreementrelations-0-to_agreement": one.pk,
    }
    assert "Choose another agreement than this one." in errors_of(edited(one, title="One", stands_for="one", **row))
    for record, name in ((organisation("Lab"), "to_organisation"), (place("Xi'an"), "to_place")):
        row = {"relations-TOTAL_FORMS": 1, "relations-0-kind": "related_to", f"relations-0-{name}": record.pk}
        fields = {"name": record.name, "kind": "city" if name == "to_place" else ""}
        assert "nothing is related to itself" in errors_of(edited(record, **fields, **row))
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Relation.objects.create(kind="related_to", **{name: record, name.removeprefix("to_"): record})
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Place.objects.filter(name="Xi'an").update(parent=models.Place.objects.get(name="Xi'an").pk)


def test_the_trees_of_bodies_and_places_have_no_circle():
    for path, one in (("organisations", organisation("One")), ("places", place("One"))):
        other = type(one).objects.create(name="Other", parent=one, **({"kind": "city"} if path == "places" else {}))
        third = type(one).objects.create(name="Third", parent=other, **({"kind": "city"} if path == "places" else {}))
        for above in (one, other, third):
            fields = {"name": "One", "kind": "city" if path == "places" else "", "parent": above.pk}
            assert edited(one, **fields).status_code == 422
