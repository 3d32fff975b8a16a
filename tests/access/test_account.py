"""The page of one's own account: what it says, what it keeps, and how pages follow it."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.access.models import Preferences
from partnerships.access.views import MAY
from partnerships.memory.models import Change
from tests.asking import signed_in, words_of
from tests.samples import make, somebody

pytestmark = pytest.mark.django_db
CHOSEN = {"theme": "dark", "density": "compact", "names": "chinese"}


def chosen_by(role: str) -> dict:
    """What somebody of this role has chosen."""
    return Preferences.objects.filter(user=somebody(role)).values("theme", "density", "names").get()


def root_of(client: Client, address: str = "/") -> str:
    """The first tag of a page."""
    return re.search("<html[^>]*>", client.get(address).content.decode())[0]


@pytest.mark.parametrize("role", ["viewer", "staff", "manager", "admin"])
def test_it_says_who_i_am_and_what_i_may_do(role):
    page = words_of(signed_in(role).get("/account/").content.decode())
    told = {one.title: words for one, words in MAY.items()}
    assert (f"User name test-{role}" in page, f"Role {role}" in page, told[role] in page) == (True, True, True)


def test_without_a_role_it_says_whom_to_ask():
    client = Client()
    client.force_login(somebody("guest"))
    assert "ask an admin of the register for a role" in client.get("/account/").content.decode()


def test_nobody_else_reaches_it():
    for address in ("/account/", "/account/look/", "/account/elsewhere/", "/accounts/mfa/"):
        assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_preferences_are_kept_with_the_account_and_drawn_on_every_page():
    assert "data-kept-theme" not in root_of(signed_in("viewer"))
    answer = signed_in("viewer").post("/account/", CHOSEN, follow=True)
    assert "Your preferences are saved." in answer.content.decode()
    assert chosen_by("viewer") == CHOSEN
    elsewhere = signed_in("viewer")
    for address in ("/", "/people/", "/account/", "/nowhere/", "/admin/"):
        root = root_of(elsewhere, address)
        assert 'data-bs-theme="dark" data-density="compact"' in root, address
    assert 'data-bs-theme="light"' in root_of(signed_in("staff"))
    assert not Change.objects.filter(kind="preferences").exists()


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"names": ""}, {"density": "\x00"}])
def test_a_choice_that_is_none_is_refused_and_the_others_stay_as_typed(wrong):
    client = signed_in("viewer")
    answer = client.post("/account/", CHOSEN | wrong)
    page = answer.content.decode()
    assert (answer.status_code, "There is a problem" in page) == (422, True)
    kept = next(value for name, value in CHOSEN.items() if name not in wrong)
    assert re.search(rf'value="{kept}"[^>]*checked|checked[^>]*value="{kept}"', page)
    assert not Preferences.objects.exists()


def test_the_switch_of_every_page_saves_to_the_account():
    client = signed_in("viewer")
    answer = client.post("/account/look/", {"theme": "dark", "next": "/people/?sort=name"})
    assert (answer.status_code, answer["Location"]) == (302, "/people/?sort=name")
    sent = {"theme": "light", "density": "compact"}
    assert client.post("/account/look/", sent, headers={"x-requested-with": "fetch"}).status_code == 204
    assert chosen_by("viewer") == {"theme": "light", "density": "compact", "names": "printed"}
    client.post("/account/", CHOSEN)
    client.post("/account/look/", {"density": "normal"})
    assert chosen_by("viewer") == CHOSEN | {"density": "normal"}


@pytest.mark.parametrize("sent", [{"theme": "pink"}, {"density": ""}, {"theme": "a\x00"}])
def test_the_switch_refuses_what_there_is_not(sent):
    client = signed_in("viewer")
    assert client.post("/account/look/", sent).status_code == 422
    assert client.get("/account/look/").status_code == 405
    assert not Preferences.objects.exists()


def test_the_switch_leads_nobody_away():
    answer = signed_in("viewer").post("/account/look/", {"theme": "dark", "next": "//evil.example/"})
    assert answer["Location"] == "/"


def test_a_page_costs_as_many_queries_with_preferences_as_without():
    make("organisation")
    client = signed_in("viewer")
    client.get("/organisations/")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/organisations/")
        costs.append(len(queries))
        Preferences.objects.create(user=somebody("viewer"), **CHOSEN) if len(costs) == 1 else None
    assert costs[0] == costs[1]


def test_signing_out_elsewhere_ends_my_other_sessions_only():
    mine, other, third, stranger = (signed_in(role) for role in ("viewer", "viewer", "viewer", "staff"))
    answer = mine.post("/account/elsewhere/", follow=True)
    assert "You are signed out in 2 other places." in answer.content.decode()
    assert [client.get("/").status_code for client in (mine, other, third, stranger)] == [200, 302, 302, 200]
    assert "You are signed in nowhere else." in mine.post("/account/elsewhere/", follow=True).content.decode()
    assert Session.objects.count() == 2


def test_changing_the_password_ends_every_other_session():
    user = somebody("viewer")
    user.set_password("a password of mine")
    user.save()
    mine, other = signed_in("viewer"), signed_in("viewer")
    new = "quite another password"
    sent = {"oldpassword": "a password of mine", "password1": new, "password2": new}
    answer = mine.post("/accounts/password/change/", sent, follow=True)
    assert "Your password is changed." in answer.content.decode()
    assert [client.get("/").status_code for client in (mine, other)] == [200, 302]
