"""What an admin does in the workshop: rows, terms, accounts and what is deleted, each remembered and bounded."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User

from partnerships import models
from partnerships.memory import remembered
from partnerships.values.terms import Term
from tests.asking import signed_in
from tests.samples import (
    FACTORIES,
    agreement,
    home,
    make_many,
    organisation,
    somebody,
)
from tests.workshop.rows import row_of

pytestmark = pytest.mark.django_db


def test_a_row_is_changed_in_its_own_table_and_its_record_remembers(client):
    row = row_of(models.OrganisationName)
    address = f"/admin/partnerships/organisationname/{row.pk}/change/"
    opened = re.search(r'name="opened" value="(\d+)"', client.get(address).content.decode())[1]
    sent = {"value": "Put right", "kind": "variant", "language": "", "order": "0", "opened": opened}
    assert client.post(address, sent).status_code == 302
    row.refresh_from_db()
    stale = client.post(address, sent | {"value": "Too late"})
    assert ("Somebody changed this record" in stale.content.decode(), row.value) == (True, "Put right")
    history = client.get(client.get(address.replace("change", "history"))["Location"]).content.decode()
    assert "Put right" in history


def test_an_agreement_keeps_two_parties_whichever_table_they_are_taken_from(client):
    row = row_of(models.Party)
    one = client.post(f"/admin/partnerships/party/{row.pk}/delete/", {"post": "yes"}, follow=True)
    marked = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    several = client.post("/admin/partnerships/party/", marked, follow=True)
    assert all("so nothing was deleted" in answer.content.decode() for answer in (one, several))
    assert row.agreement.parties.count() == 2


def test_before_deleting_the_workshop_says_what_goes_and_what_stands_in_the_way(client):
    with remembered():
        record, used = agreement("Goes"), organisation("Used")
        agreement("Uses it", parties=(home(), used))
    page = client.get(f"/admin/partnerships/agreement/{record.pk}/delete/").content.decode()
    assert ("Parties: 2" in page, "Its history is kept" in page) == (True, True)
    page = client.get(f"/admin/partnerships/organisation/{used.pk}/delete/").content.decode()
    assert (">Uses it</a>" in page, 'name="post"' in page) == (True, False)


def test_no_more_is_deleted_at_once_than_a_person_can_look_through(client):
    chosen = [one.pk for one in make_many("place", 51)]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes", "select_across": "1"}
    page = client.post("/admin/partnerships/place/", sent).content.decode()
    assert ("More than 50 are marked" in page, models.Place.objects.filter(pk__in=chosen).count()) == (True, 51)
    client.post("/admin/partnerships/place/", sent | {"_selected_action": chosen[:3], "select_across": "0"})
    assert models.Place.objects.filter(pk__in=chosen).count() == 48


def test_changes_are_found_by_kind_user_day_action_and_request(client):
    user = somebody("staff")
    with remembered(user=user):
        record = organisation("Remembered")
    change = models.Change.objects.get(record_kind="organisation", record_id=record.pk)

    def found(**conditions) -> list[int]:
        answer = client.get("/admin/partnerships/change/", conditions)
        return [row.pk for row in answer.context["cl"].result_list if row.record_kind == "organisation"]

    day = change.at.astimezone().date().isoformat()
    for conditions in (
        {"record_kind": "organisation"},
        {"user": user.username},
        {"day": day, "record_kind": "organisation"},
        {"action__exact": "created", "record_kind": "organisation"},
        {"request_id": change.request_id},
        {"record_kind": "organisation", "record_id": record.pk},
    ):
        assert found(**conditions) == [change.pk], conditions
    for wrong in ({"user": "nobody"}, {"day": "yesterday"}, {"day": "1999-01-01"}, {"record_kind": "nonsense"}):
        assert found(**wrong) == [], wrong
    page = client.get("/admin/partnerships/change/").content.decode()
    assert f'href="/organisations/{record.pk}/history/"' in page


def test_what_was_done_to_a_term_or_an_account_is_told_by_the_changes(client):
    term = row_of(models.Activity)
    answer = client.get(f"/admin/partnerships/activity/{term.pk}/history/")
    assert answer["Location"] == f"/admin/partnerships/change/?record_kind=activity&record_id={term.pk}"
    assert "created" in client.get(answer["Location"]).content.decode()


def test_the_role_alone_opens_the_workshop(client):
    account = somebody("admin")
    assert (account.is_staff, client.get("/admin/").status_code) == (False, 200)
    staff = somebody("manager")
    get_user_model().objects.filter(pk=staff.pk).update(is_staff=True, is_superuser=True)
    assert signed_in("manager").get("/admin/").status_code == 403


def test_the_last_admin_stays(client):
    account = somebody("admin")
    address = f"/admin/auth/user/{account.pk}/change/"
    sent = {"username": account.username, "first_name": "", "last_name": "", "email": ""}
    group = account.groups.get()
    for change in ({"groups": group.pk}, {"is_active": "on"}, {}):
        answer = client.post(address, sent | change)
        assert "This is the only admin" in answer.content.decode()
    account.refresh_from_db()
    assert (account.is_active, account.groups.count()) == (True, 1)
    assert client.post(f"/admin/auth/user/{account.pk}/delete/", {"post": "yes"}).status_code == 403
    other = get_user_model().objects.create(username="second")
    other.groups.add(group)
    assert client.post(address, sent | {"is_active": "on"}).status_code == 302
    assert account.groups.count() == 0


def test_nothing_of_a_password_is_shown(client):
    account = somebody("viewer")
    account.set_password("a password of our own")
    account.save()
    page = client.get(f"/admin/auth/user/{account.pk}/change/").content.decode()
    algorithm, *parts = account.password.split("$")
    assert [part for part in (algorithm, *parts, parts[0][:6]) if part and part in page.replace("pbkdf2", "")] == []


def test_the_workshop_is_accords_and_leads_back(client):
    page = client.get("/admin/").content.decode()
    assert ("Accord workshop" in page, '<a href="/">Back to the register</a>' in page) == (True, True)
    assert "Django" not in page


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_record_is_found_by_its_handle_and_by_part_of_its_name(client, kind):
    with remembered():
        record, _ = FACTORIES[kind](), FACTORIES[kind]()
    line = models.Entry.objects.get(kind=kind, record_id=record.pk)
    address = f"/admin/partnerships/{kind}/"
    for words in (record.handle, line.names_key.split(" ¦ ")[0].upper()):
        found = client.get(address, {"q": words}).context["cl"].result_list
        assert [row.pk for row in found] == [record.pk]


@pytest.mark.parametrize("term", Term.__subclasses__())
def test_a_term_is_retired_and_never_deleted(client, term):
    made = term.objects.create(code="a-term-of-a-test", label="A term of a test")
    address = f"/admin/partnerships/{term._meta.model_name}/{made.pk}/"
    assert client.get(f"{address}change/").status_code == 200
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert term.objects.filter(pk=made.pk).exists()


def test_the_catalogue_is_read_and_never_written_by_hand(client):
    record = row_of(models.Organisation)
    line = models.Entry.objects.get(kind="organisation", record_id=record.pk)
    assert client.get("/admin/partnerships/entry/", {"q": "institute"}).status_code == 200
    assert client.get("/admin/partnerships/entry/add/").status_code == 403
    answers = [
        client.post(f"/admin/partnerships/entry/{line.pk}/{act}/", {"title": "Other", "post": "yes"}).status_code
        for act in ("change", "delete")
    ]
    line.refresh_from_db()
    assert (answers, line.title) == ([403, 403], record.name)


def test_an_account_gets_its_role_as_a_group_and_no_single_permission(client):
    account = somebody("viewer")
    page = client.get(f"/admin/auth/user/{account.pk}/change/").content.decode()
    assert [name for name in ('name="groups"', 'name="user_permissions"', 'name="is_superuser"') if name in page] == [
        'name="groups"'
    ]
    assert "viewer" in client.get("/admin/auth/user/", {"q": "test-viewer"}).content.decode()
    assert not admin.site.is_registered(Group)
    assert admin.site.is_registered(User)
