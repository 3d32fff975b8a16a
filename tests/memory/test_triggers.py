"""Triggers are set on every tracked table, set again when a migration took them, and cost nothing when they stand."""

import time

import pytest
from django.apps import apps
from django.db import connection, models

from partnerships.memory.models import Change, Submission
from partnerships.memory.tracking import Owner, tracked_models, tracked_tables
from partnerships.memory.triggers import (
    before_migrating,
    install_triggers,
    lift_triggers,
    missing_triggers,
)
from partnerships.models import Entry, Gap, Organisation, Place

pytestmark = pytest.mark.django_db


def test_every_table_of_the_register_is_tracked_unless_it_says_otherwise(django_user_model):
    ours = set(apps.get_app_config("partnerships").get_models(include_auto_created=True))
    left_out = {model for model in ours if not getattr(model, "remembered", True)}
    assert {Change, Submission, Entry} <= left_out
    assert set(tracked_models()) == ours - left_out | {django_user_model, django_user_model.groups.through}


def test_installing_twice_changes_nothing_and_asks_two_questions(django_assert_num_queries):
    assert missing_triggers(connection) == []
    with django_assert_num_queries(2):
        assert install_triggers(connection) == []


def test_a_trigger_that_was_lost_is_missed_and_set_again(register, changes):
    (name, table) = next(iter(existing()))
    drop(name, table)
    assert missing_triggers(connection) == [f"{table}: {name}"]
    assert install_triggers(connection) == [name]
    assert missing_triggers(connection) == []


def test_a_stale_trigger_is_dropped():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TRIGGER accord_old_1 AFTER INSERT ON partnerships_entry BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE TRIGGER accord_old_1 BEFORE TRUNCATE ON partnerships_entry EXECUTE FUNCTION accord_refuse('x')"
            )
    install_triggers(connection)
    assert "accord_old_1" not in {name for name, _ in existing()}


def test_installing_everything_is_quick():
    for name, table in existing():
        drop(name, table)
    began = time.perf_counter()
    assert len(install_triggers(connection)) == len(existing()) >= 2 * len(tracked_tables())
    assert time.perf_counter() - began < 1.5


def test_triggers_are_lifted_for_migrations_only_where_they_hinder():
    standing = existing()
    before_migrating(using="default", plan=[])
    assert existing() == standing
    before_migrating(using="default", plan=["a migration"])
    assert existing() == (set() if connection.vendor == "sqlite" else standing)
    install_triggers(connection)
    assert existing() == standing


@pytest.mark.django_db(transaction=True)
def test_a_table_that_django_rebuilds_is_remembered_afterwards(register, changes):
    lift_triggers(connection)
    field = models.CharField(max_length=150)
    field.set_attributes_from_name("name")
    with connection.schema_editor() as editor:
        editor.alter_field(Place, Place._meta.get_field("name"), field, strict=False)
        editor.alter_field(Place, field, Place._meta.get_field("name"), strict=False)
    install_triggers(connection)
    changes()
    Place.objects.update(name="Woking")
    assert changes() == [("place", register.place.pk, "changed", {"name": "Guildford"}, {"name": "Woking"})]


def test_owners_are_read_from_the_models():
    tables = {table.kind: table for table in tracked_tables()}
    project = Owner("project_id", "project", "partnerships_project", "id", True)
    assert tables["projectpartner"].owners == (project,)
    assert [owner.kind for owner in tables["contactpoint"].owners] == ["person", "organisation"]
    assert [owner.column for owner in tables["programme_places"].owners] == ["programme_id"]
    assert tables["project"].owners == ()
    assert tables["user"].omitted == ("password", "last_login")
    assert {"lineage", "version"} <= set(tables["place"].derived)


def test_a_row_of_a_row_belongs_to_the_record_at_the_end_of_the_line(register, monkeypatch):
    """No model of today has such rows: for a moment an organisation is made to belong to its place."""
    from partnerships.models import OrganisationName

    monkeypatch.setattr(Organisation, "belongs_to", "place", raising=False)
    register.surrey.place = register.place
    register.surrey.save()
    install_triggers(connection)
    try:
        name = OrganisationName.objects.create(organisation=register.surrey, value="Surrey")
        change = Change.objects.latest("pk")
        stray = OrganisationName.objects.create(organisation=register.wuhan, value="Wuhan")
        other = Change.objects.latest("pk")
        Organisation.objects.filter(pk=register.surrey.pk).update(place=None)
        moved = Change.objects.latest("pk")
    finally:
        monkeypatch.undo()
        install_triggers(connection)
    place, surrey, wuhan = (
        type(record).objects.get(pk=record.pk) for record in (register.place, register.surrey, register.wuhan)
    )
    assert (change.row_id, change.record_kind, change.record_id, change.record_version) == (
        name.pk,
        "place",
        place.pk,
        2,
    )
    assert (other.row_id, other.record_kind, other.record_id, other.record_version) == (
        stray.pk,
        "organisation",
        wuhan.pk,
        2,
    )
    assert (moved.record_kind, moved.record_id, moved.left_kind, moved.left_id) == (
        "organisation",
        surrey.pk,
        "place",
        place.pk,
    )
    assert (place.version, surrey.version, wuhan.version) == (3, 4, 2)


def test_a_row_that_names_its_record_by_kind_and_id_belongs_to_it(register, monkeypatch):
    monkeypatch.setattr(Gap, "belongs_to_link", True, raising=False)
    install_triggers(connection)
    try:
        gap = Gap.objects.create(record_kind="project", record_id=register.first.pk, field="kind", state="not_stated")
        Gap.objects.filter(pk=gap.pk).update(state="withheld")
        Gap.objects.filter(pk=gap.pk).update(record_kind="place", record_id=register.place.pk)
        Gap.objects.filter(pk=gap.pk).update(record_kind="unknown")
    finally:
        monkeypatch.undo()
        install_triggers(connection)
    told = Change.objects.filter(kind="gap").order_by("pk")
    first, place = ("project", register.first.pk), ("place", register.place.pk)
    assert list(told.values_list("record_kind", "record_id", "record_version", "left_kind", "left_id")) == [
        (*first, 2, "", None),
        (*first, 3, "", None),
        (*place, 2, *first),
        ("gap", gap.pk, None, *place),
    ]
    versions = [type(record).objects.get(pk=record.pk).version for record in (register.first, register.place)]
    assert versions == [4, 3]


def existing() -> set:
    from partnerships.memory.triggers import _existing

    return _existing(connection)


def drop(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
