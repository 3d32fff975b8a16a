"""Honest dates on models: four ordinary columns, one attribute, bounds that are never stale once saved."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.state import ModelState
from django.test.utils import isolate_apps

from partnerships.values.dates import HonestDate
from partnerships.values.fields import HonestDateField, bounds_in_order, honest_dates, rebuild_dates

SEPTEMBER = HonestDate("2015-09", "", date(2015, 9, 1), date(2015, 9, 30))


@pytest.fixture
def deed():
    """A model with an inherited honest date and one of its own."""
    with isolate_apps("partnerships"):

        class Signed(models.Model):
            signed_on = HonestDateField("signed on", help_text="As the document says.")

            class Meta:
                abstract = True
                app_label = "partnerships"

        class Deed(Signed):  # noqa: DJ008 -- never shown
            title = models.CharField(max_length=20, default="")
            ended_on = HonestDateField("ended on")

            class Meta:
                app_label = "partnerships"
                constraints = (bounds_in_order("signed_on"),)

        yield Deed


@pytest.fixture
def table(deed, db):
    """The same model with its table, which goes with the test's transaction."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    with connection.cursor() as cursor:
        cursor.execute(editor.table_sql(deed)[0])
    return deed


def test_columns_stand_where_the_date_is_declared(deed):
    assert [field.name for field in deed._meta.fields] == [
        "id",
        "signed_on_edtf",
        "signed_on_wording",
        "signed_on_earliest",
        "signed_on_latest",
        "title",
        "ended_on_edtf",
        "ended_on_wording",
        "ended_on_earliest",
        "ended_on_latest",
    ]
    assert honest_dates(deed) == ["signed_on", "ended_on"]
    assert (deed.signed_on.verbose_name, deed.signed_on.help_text) == ("signed on", "As the document says.")


def test_migrations_see_only_ordinary_columns(deed):
    seen = {name: field.deconstruct()[1] for name, field in ModelState.from_model(deed).fields.items()}
    assert {name: path for name, path in seen.items() if name.startswith("signed_on")} == {
        "signed_on_edtf": "django.db.models.CharField",
        "signed_on_wording": "django.db.models.CharField",
        "signed_on_earliest": "django.db.models.DateField",
        "signed_on_latest": "django.db.models.DateField",
    }
    assert "partnerships" not in repr([field.deconstruct() for field in ModelState.from_model(deed).fields.values()])


def test_a_column_that_the_model_declares_itself_is_kept():
    with isolate_apps("partnerships"):

        class Note(models.Model):  # noqa: DJ008 -- never shown
            made_on_wording = models.CharField(max_length=7)
            made_on = HonestDateField("made on")

            class Meta:
                app_label = "partnerships"

    assert Note._meta.get_field("made_on_wording").max_length == 7
    assert Note(made_on="2015-09").made_on == SEPTEMBER


def test_a_date_is_given_as_notation_as_date_or_as_nothing(deed):
    stated = HonestDate.from_notation("2022/..", "since 2022")
    record = deed(signed_on="2015-09", ended_on=stated)
    assert (record.signed_on, record.ended_on) == (SEPTEMBER, stated)
    record.ended_on = None
    assert record.ended_on == HonestDate()


def test_bounds_that_do_not_fit_the_notation_are_corrected_when_set(deed):
    assert deed(signed_on=HonestDate("2015-09", "", date(1999, 1, 1), None)).signed_on == SEPTEMBER


def test_a_bad_notation_and_a_foreign_type_are_refused_when_set(deed):
    with pytest.raises(ValueError):
        deed(signed_on="2015-13")
    with pytest.raises(TypeError):
        deed(signed_on=date(2015, 9, 1))


def test_a_notation_keeps_the_wording_it_completes_and_clears_the_one_it_replaces(deed):
    record = deed(signed_on="2015-09", signed_on_wording="Sept. 2015")
    assert record.signed_on.wording == "Sept. 2015"
    record.signed_on = "2016"
    assert record.signed_on == HonestDate.from_notation("2016")


def test_validation_names_the_notation_and_the_wording(deed):
    with pytest.raises(ValidationError) as refused:
        deed(title="x", signed_on_edtf="rubbish", ended_on_wording="a\x00b").clean_fields()
    assert sorted(refused.value.message_dict) == ["ended_on_wording", "signed_on_edtf"]


def test_saving_computes_bounds_and_reading_parses_nothing(table, monkeypatch):
    table.objects.create(signed_on_edtf="2015-09")
    table.objects.bulk_create([table(ended_on_edtf="2022/..")])
    monkeypatch.setattr("partnerships.values.fields.bounds_of", None)
    first, second = table.objects.order_by("pk")
    assert (first.signed_on, second.ended_on.earliest) == (SEPTEMBER, date(2022, 1, 1))


def test_a_changed_notation_changes_the_stored_bounds(table):
    record = table.objects.create(signed_on="2015-09")
    record.signed_on_edtf = "XXXX-05"
    record.save()
    assert table.objects.get().signed_on == HonestDate("XXXX-05")


def test_rebuilding_corrects_what_bypassed_saving_and_then_changes_nothing(table):
    right = table.objects.create(signed_on="2015-09")
    wrong = table.objects.create(signed_on="2020")
    table.objects.filter(pk=wrong.pk).update(signed_on_edtf="2015-09")
    assert (rebuild_dates(table), rebuild_dates(table)) == (1, 0)
    assert [table.objects.get(pk=pk).signed_on for pk in (right.pk, wrong.pk)] == [SEPTEMBER, SEPTEMBER]


def test_rebuilding_names_the_row_it_cannot_read(table):
    table.objects.filter(pk=table.objects.create().pk).update(ended_on_edtf="soon")
    with pytest.raises(ValueError, match=r"partnerships\.Deed 1, ended_on: “soon” is not a date\."):
        rebuild_dates(table)


def test_the_database_refuses_bounds_in_the_wrong_order(table):
    record = table.objects.create(signed_on="2015-09")
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.filter(pk=record.pk).update(signed_on_latest=date(2015, 1, 1))
    table.objects.filter(pk=record.pk).update(signed_on_latest=None)
