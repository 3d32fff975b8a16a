"""The version of a record goes up by one with each real change of it or of its rows, and a stale save is refused."""

import threading

import pytest
from django.db import connection, transaction

from partnerships.memory.history import since
from partnerships.memory.models import Change
from partnerships.memory.versions import (
    StaleRecord,
    VersionMissing,
    claim,
)
from partnerships.models import Person, Project, ProjectPartner

pytestmark = pytest.mark.django_db


def version(record) -> int:
    return type(record).objects.values_list("version", flat=True).get(pk=record.pk)


def test_each_real_change_counts_and_a_stale_object_never_turns_the_count_back(register):
    project = register.first
    seen = [version(project)]
    for title in ("Second", "Second", "Third"):
        project.title = title  # the object goes on holding version 1, and writes it back
        project.save()
        seen.append(version(project))
    Project.objects.filter(pk=project.pk).update(title="Fourth")
    assert [*seen, version(project)] == [1, 2, 2, 3, 4]
    told = Change.objects.filter(kind="project", row_id=project.pk).order_by("pk")
    assert list(told.values_list("version", "record_version")) == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_a_version_that_is_written_by_hand_doesnt_count(register):
    Project.objects.filter(pk=register.first.pk).update(title="Spoofed", version=99)
    assert version(register.first) == 2


def test_rows_of_a_record_count_for_it(register):
    partner = ProjectPartner.objects.create(project=register.first, organisation=register.surrey)
    partner.role = "Lead"
    partner.save()
    partner.save()
    partner.delete()
    assert version(register.first) == 4
    told = (
        Change.objects.filter(kind="projectpartner")
        .order_by("pk")
        .values_list("version", "record_version", "record_id")
    )
    assert list(told) == [(None, 2, register.first.pk), (None, 3, register.first.pk), (None, 4, register.first.pk)]
    assert not Change.objects.filter(kind="project", action="changed").exists()


def test_a_row_that_moves_counts_for_both_records_and_stands_in_the_memory_of_both(register):
    partner = ProjectPartner.objects.create(project=register.first, organisation=register.surrey)
    ProjectPartner.objects.filter(pk=partner.pk).update(project=register.second)
    assert (version(register.first), version(register.second)) == (3, 2)
    change = Change.objects.latest("pk")
    assert (change.record_kind, change.record_id, change.record_version) == ("project", register.second.pk, 2)
    assert (change.left_kind, change.left_id) == ("project", register.first.pk)
    (told,) = since("project", register.first.pk, 2)
    assert [(row.kind, row.row_id, row.left) for row in told.rows] == [("projectpartner", partner.pk, True)]


def test_a_row_that_moves_between_kinds_of_owners_counts_for_both(register):
    relation = register.wuhan.relations.create(kind="related_to", to_organisation=register.surrey)
    type(relation).objects.filter(pk=relation.pk).update(organisation=None, place=register.place)
    assert (version(register.wuhan), version(register.place)) == (3, 2)
    change = Change.objects.latest("pk")
    assert (change.record_kind, change.record_id) == ("place", register.place.pk)
    assert (change.left_kind, change.left_id) == ("organisation", register.wuhan.pk)


def test_a_record_goes_with_its_rows_in_any_order(register):
    ProjectPartner.objects.create(project=register.first, organisation=register.surrey)
    with transaction.atomic():
        Project.objects.filter(pk=register.first.pk).delete()
    assert list(Change.objects.order_by("pk").values_list("kind", "action", "version").filter(action="deleted")) == [
        ("projectpartner", "deleted", None),
        ("project", "deleted", 4),
    ]


def test_a_claim_of_the_present_version_holds(register):
    register.first.title = "Changed"
    register.first.save()
    with transaction.atomic():
        claim(Project, register.first.pk, "2")
        claim(register.first, register.first.pk, 2)


@pytest.mark.parametrize("opened", ["1", "3", 1])
def test_a_claim_of_another_version_is_refused_with_the_present_one(register, opened):
    register.first.title = "Changed"
    register.first.save()
    with transaction.atomic(), pytest.raises(StaleRecord) as refused:
        claim(Project, register.first.pk, opened)
    assert (refused.value.current, refused.value.opened) == (2, int(opened))


@pytest.mark.parametrize("opened", [None, "", "x", "0", "-1", "1.0", " 1", "١", "9" * 5000, 2**63, True, "1\x00"])
def test_a_missing_or_unreadable_version_is_refused(register, opened):
    with transaction.atomic(), pytest.raises(VersionMissing) as refused:
        claim(Project, register.first.pk, opened)
    assert refused.value.current == 1


def test_a_claim_of_a_record_that_is_gone_is_refused(register):
    pk = register.first.pk
    register.first.delete()
    with transaction.atomic(), pytest.raises(StaleRecord) as refused:
        claim(Project, pk, 1)
    assert refused.value.current is None


@pytest.mark.engine("postgresql", "SQLite's test database lives in memory, its transactions come one after the other")
@pytest.mark.django_db(transaction=True)
def test_of_twenty_saves_of_one_version_at_once_one_is_kept():
    project = Project.objects.create(title="Opened")
    kept, refused, start = [], [], threading.Barrier(20)

    def save(number):
        start.wait()
        try:
            with transaction.atomic():
                claim(Project, project.pk, 1)
                Project.objects.filter(pk=project.pk).update(title=f"Save {number}")
            kept.append(f"Save {number}")
        except StaleRecord as stale:
            refused.append(stale.current)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    project.refresh_from_db()
    assert (kept, refused, project.version) == ([project.title], [2] * 19, 2)


def test_organisations_people_and_places_count_too(register):
    for record in (register.wuhan, register.place, Person.objects.create(handle="li", name="Li")):
        type(record).objects.filter(pk=record.pk).update(name="Renamed")
        assert version(record) == 2
