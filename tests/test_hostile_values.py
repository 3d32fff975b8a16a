"""What nobody means to send: every page answers it with a sentence, and none with an error of its own."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from partnerships.models import Party, Place
from partnerships.records.kinds import kinds
from tests.samples import agreement, make, somebody

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    """A browser in which somebody of this role is signed in."""
    client = Client()
    client.force_login(somebody(role))
    return client


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in kinds()])
def test_a_form_survives_rubbish_in_every_field(kind):
    client = signed_in("staff")
    fields = kind.form(user=somebody("staff")).fields
    for rubbish in ("²", "①", "\x00", "9" * 40, "{{7*7}}<script>"):
        page = client.get(f"/{kind.path}/new/", dict.fromkeys(fields, rubbish))
        token = re.search(r'name="token" value="([^"]+)"', page.content.decode()).group(1)
        sent = dict.fromkeys(fields, rubbish) | {f"{name}_date": rubbish for name in fields} | {"token": token}
        assert page.status_code == 200
        assert client.post(f"/{kind.path}/new/", sent).status_code in (400, 422)


def test_the_workshop_refuses_rows_and_words_that_cannot_be():
    client = signed_in("admin")
    for marked in ("²", "1\x00"):
        sent = {"action": "delete_selected", "_selected_action": marked}
        assert client.post("/admin/partnerships/agreement/", sent).status_code == 400
    assert client.get("/admin/autocomplete/", {"term": "\x00"}).status_code == 400


def test_somebody_whose_account_is_closed_is_told_so():
    user = get_user_model().objects.create_user("gone", password="a long enough one", is_active=False)
    answer = Client().post("/accounts/login/", {"login": user.username, "password": "a long enough one"}, follow=True)
    assert answer.status_code == 200
    assert "gone" not in Client().get("/", follow=True).content.decode()


def test_parties_that_are_taken_away_below_two_are_refused_by_the_form(django_user_model):
    client, record = signed_in("staff"), make("agreement")
    page = client.get(f"/agreements/{record.pk}/edit/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page).group(1)
    parties = list(Party.objects.filter(agreement=record))
    sent = {"token": token, "version": re.search(r'name="version" value="(\d+)"', page).group(1)}
    sent |= {"title": record.title, "stands_for": "one"}
    for name, rows in (("partys", parties), ("undertakings", []), ("agreementrelations", [])):
        sent |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            sent |= {f"{name}-{number}-id": row.pk, f"{name}-{number}-organisation": row.organisation_id}
    answer = client.post(f"/agreements/{record.pk}/edit/", sent | {"partys-0-DELETE": "on"})
    assert (answer.status_code, Party.objects.filter(agreement=record).count()) == (422, 2)
    assert agreement().parties.count() == 2


def test_a_tree_of_places_is_refused_where_it_gets_too_deep():
    client, parent = signed_in("staff"), None
    for number in range(60):
        page = client.get("/places/new/").content.decode()
        token = re.search(r'name="token" value="([^"]+)"', page).group(1)
        sent = {"token": token, "name": f"Place {number}", "kind": "site", "parent": parent or ""}
        sent |= {f"relations-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
        answer = client.post("/places/new/", sent)
        if answer.status_code != 303:
            break
        parent = Place.objects.latest("pk").pk
    assert (answer.status_code, 20 < Place.objects.count() < 60) == (422, True)
