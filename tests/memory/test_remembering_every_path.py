"""Exactly one change for every row that changed, whichever way it came."""

import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core import management
from django.db import connection, transaction
from django.forms import modelform_factory

from partnerships.memory.models import Change
from partnerships.models import (
    ContactPoint,
    Funding,
    Organisation,
    Person,
    Place,
    Programme,
    Project,
    ProjectPartner,
)

pytestmark = pytest.mark.django_db


def test_a_created_row_is_remembered_with_its_filled_columns(register, changes):
    changes()
    project = Project.objects.create(handle="new", title="New", starts_on="2015-09", home=None)
    filled = {
        field.column: getattr(project, field.attname)
        for field in Project._meta.local_concrete_fields
        if getattr(project, field.attname) is not None
    }
    filled |= {"starts_on_earliest": "2015-09-01", "starts_on_latest": "2015-09-30"}
    assert changes() == [("project", project.pk, "created", None, filled)]


def test_save_remembers_only_the_columns_that_differ(register, changes):
    changes()
    register.first.title = "First, renewed"
    register.first.home = register.surrey
    register.first.save()
    before = {"title": "First", "home_id": None}
    after = {"title": "First, renewed", "home_id": register.surrey.pk}
    assert changes() == [("project", register.first.pk, "changed", before, after)]


def test_a_save_without_a_change_is_not_remembered(register, changes):
    changes()
    register.first.save()
    Project.objects.filter(pk=register.first.pk).update(title="First")
    assert changes() == []


def test_a_form_is_remembered_once(register, changes):
    changes()
    form = modelform_factory(Place, fields=["name"])({"name": "Woking"}, instance=register.place)
    assert form.is_valid(), form.errors
    form.save()
    assert changes() == [("place", register.place.pk, "changed", {"name": "Guildford"}, {"name": "Woking"})]


def test_queryset_update_is_remembered_row_by_row(register, changes):
    changes()
    assert Project.objects.update(kind="") == 2
    assert changes() == []
    assert Project.objects.update(aims="Joint research") == 2
    assert sorted(changes(), key=lambda change: change[1]) == [
        ("project", project.pk, "changed", {"aims": ""}, {"aims": "Joint research"})
        for project in (register.first, register.second)
    ]


def test_bulk_create_and_bulk_update_are_remembered_row_by_row(register, changes):
    changes()
    people = Person.objects.bulk_create([Person(handle=name.lower(), name=name) for name in ("Li", "Wang")])
    assert [(kind, pk, action, after["name"]) for kind, pk, action, _, after in changes()] == [
        ("person", people[0].pk, "created", "Li"),
        ("person", people[1].pk, "created", "Wang"),
    ]
    people[0].title = "Professor"
    Person.objects.bulk_update(people, ["title"])
    assert changes() == [("person", people[0].pk, "changed", {"title": ""}, {"title": "Professor"})]


def test_an_upsert_is_remembered_as_what_it_did(register, changes):
    changes()
    rows = [Person(handle="li", name="Li"), Person(handle="wang", name="Wang")]
    Person.objects.bulk_create(rows[:1])
    options = {"update_conflicts": True, "unique_fields": ["handle"], "update_fields": ["name"]}
    Person.objects.bulk_create([Person(handle="li", name="Li Na"), rows[1]], **options)
    told = [(action, before, (after or {}).get("name")) for _, _, action, before, after in changes()]
    assert told == [("created", None, "Li"), ("changed", {"name": "Li"}, "Li Na"), ("created", None, "Wang")]


def test_loaddata_is_remembered_for_new_and_for_existing_rows(register, changes, tmp_path):
    changes()
    fixture = [
        {
            "model": "partnerships.place",
            "pk": register.place.pk,
            "fields": {"handle": "place", "name": "Woking", "kind": "city"},
        },
        {"model": "partnerships.place", "pk": 9001, "fields": {"handle": "hubei", "name": "Hubei", "kind": "province"}},
    ]
    path = tmp_path / "places.json"
    path.write_text(json.dumps(fixture))
    management.call_command("loaddata", str(path), stdout=io.StringIO())
    told = [(pk, action, before, after["name"]) for _, pk, action, before, after in changes()]
    assert told == [(register.place.pk, "changed", {"name": "Guildford"}, "Woking"), (9001, "created", None, "Hubei")]


def test_raw_sql_is_remembered(register, changes):
    changes()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partnerships_place SET name = 'Farnham' WHERE id = %s", [register.place.pk])
        cursor.execute("DELETE FROM partnerships_place WHERE id = %s", [register.place.pk])
    (_, _, first, *names), (_, _, second, gone, nothing) = changes()
    assert (first, names) == ("changed", [{"name": "Guildford"}, {"name": "Farnham"}])
    assert (second, gone["name"], gone["handle"], nothing) == ("deleted", "Farnham", "place", None)


def test_a_cascade_is_remembered_row_by_row(register, changes):
    partner = ProjectPartner.objects.create(project=register.first, organisation=register.surrey)
    other = ProjectPartner.objects.create(project=register.first, organisation=register.wuhan)
    pk = register.first.pk
    changes()
    register.first.delete()
    told = sorted((kind, row, action) for kind, row, action, *_ in changes())
    assert told == [
        ("project", pk, "deleted"),
        ("projectpartner", partner.pk, "deleted"),
        ("projectpartner", other.pk, "deleted"),
    ]
    assert set(Change.objects.filter(action="deleted").values_list("record_kind", "record_id")) == {("project", pk)}


def test_many_to_many_rows_are_remembered_under_the_record_that_declares_them(register, changes):
    programme = Programme.objects.create(handle="phd", title="Dual PhD", home=register.surrey)
    changes()
    programme.places.set([register.place])
    programme.places.clear()
    rows = list(Change.objects.filter(kind="programme_places").order_by("pk"))
    columns = {"id": rows[0].row_id, "programme_id": programme.pk, "place_id": register.place.pk}
    assert [(row.action, row.record_kind, row.record_id, row.before, row.after) for row in rows] == [
        ("created", "programme", programme.pk, None, columns),
        ("deleted", "programme", programme.pk, columns, None),
    ]
    assert [row.record_version for row in rows] == [2, 3]


def test_the_admin_is_remembered_with_its_user(register, changes, admin_user, rf):
    from django.contrib.admin import ModelAdmin, site

    from partnerships.memory import remembered

    request = rf.post("/")
    request.user = admin_user
    changes()
    with remembered(user=admin_user):
        register.place.name = "Woking"
        ModelAdmin(Place, site).save_model(request, register.place, None, change=True)
    change = Change.objects.latest("pk")
    assert (change.kind, change.user_id, change.after) == ("place", admin_user.pk, {"name": "Woking"})


def test_accounts_and_their_groups_are_remembered_but_not_passwords(user, changes):
    changes()
    group = Group.objects.create(name="readers of the memory")
    user.set_password("a long enough password")
    user.last_login = "2026-01-01T00:00:00Z"
    user.save()
    assert changes() == []
    user.email = "ada@example.org"
    user.save()
    assert changes() == [("user", user.pk, "changed", {"email": ""}, {"email": "ada@example.org"})]
    user.groups.add(group)
    (change,) = Change.objects.filter(kind="user_groups")
    assert (change.record_kind, change.record_id, change.after["group_id"]) == ("user", user.pk, group.pk)
    assert not [c for c in Change.objects.filter(kind="user") if {"password", "last_login"} & {*(c.after or ())}]


def test_derived_columns_alone_are_no_change(register, changes):
    changes()
    Place.objects.filter(pk=register.place.pk).update(lineage="/elsewhere/")
    Project.objects.filter(pk=register.first.pk).update(starts_on_earliest="2020-01-01")
    assert changes() == []
    Place.objects.filter(pk=register.place.pk).update(lineage="/nowhere/", name="Woking")
    assert changes() == [("place", register.place.pk, "changed", {"name": "Guildford"}, {"name": "Woking"})]


def test_values_are_remembered_alike_on_both_engines(register, changes, user):
    funding = Funding.objects.create(
        handle="f", amount="1234567890123.45", currency="GBP", is_approximate=True, recipient=register.wuhan
    )
    funding.refresh_from_db()
    row = Change.objects.get(kind="funding")
    assert (funding.amount, row.after["amount"], row.after["is_approximate"]) == (
        funding.amount,
        funding.amount,
        True,
    )
    joined = Change.objects.get(kind="user").after["date_joined"]
    user.refresh_from_db()
    from django.utils.dateparse import parse_datetime

    assert parse_datetime(joined) == user.date_joined
    Organisation.objects.filter(pk=register.wuhan.pk).update(name="武汉大学 “\\'\"\n")
    assert Change.objects.latest("pk").after == {"name": "武汉大学 “\\'\"\n"}


def test_a_change_taken_back_is_not_remembered(register, changes):
    changes()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        register.first.delete()
        _ = 1 / 0
    assert changes() == []


def test_the_record_of_a_row_with_several_possible_owners_is_the_first_that_is_filled(register):
    person = Person.objects.create(handle="li", name="Li")
    mine = ContactPoint.objects.create(person=person, kind="email", value="a@example.org", purpose="press")
    ours = ContactPoint.objects.create(
        organisation=register.wuhan, kind="email", value="b@example.org", purpose="press"
    )
    told = {
        c.row_id: (c.record_kind, c.record_id, c.record_version) for c in Change.objects.filter(kind="contactpoint")
    }
    assert told == {mine.pk: ("person", person.pk, 2), ours.pk: ("organisation", register.wuhan.pk, 2)}
