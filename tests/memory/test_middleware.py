"""Every unsafe request is one transaction that is remembered with its user, reason and id, or leaves nothing."""

import re

import pytest
from django.contrib.sessions.models import Session

from partnerships.memory import remembering
from partnerships.memory.models import Change
from partnerships.models import Place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def pages(settings):
    settings.ROOT_URLCONF = "tests.memory.pages"
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "partnerships.memory.middleware.Numbered",
        "partnerships.memory.middleware.Remembered",
    ]
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]


@pytest.fixture
def place(db):
    return Place.objects.create(handle="place", name="Guildford", kind="city")


@pytest.fixture
def browser(client, user):
    client.force_login(user)
    client.raise_request_exception = False
    return client


def told():
    return list(
        Change.objects.filter(action="changed").values_list("kind", "after__name", "user_id", "reason", "request_id")
    )


def test_a_post_is_remembered_with_user_reason_and_the_id_of_its_answer(browser, user, place):
    answer = browser.post("/rename/", {"name": "Woking", "change_reason": "Moved " + "x" * 600})
    request_id = answer.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", request_id)
    assert answer.content == b"in a transaction: True"
    assert told() == [("place", "Woking", user.pk, "Moved " + "x" * 494, request_id)]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_unsafe_methods_are_remembered_too(browser, user, place, method):
    answer = getattr(browser, method)("/rename/?name=Woking")
    assert told() == [("place", "Woking", user.pk, "", answer.headers["X-Request-ID"])]


def test_a_safe_request_opens_no_transaction_and_has_an_id(browser, place):
    answer = browser.get("/rename/?name=Guildford")
    assert answer.content == b"in a transaction: False"
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])
    assert told() == []


def test_somebody_unknown_has_no_name(client, place):
    answer = client.post("/rename/", {"name": "Woking"})
    assert told() == [("place", "Woking", None, "", answer.headers["X-Request-ID"])]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/answer/500/", 500),
        ("/answer/503/", 503),
        ("/refuse/missing/", 404),
        ("/refuse/denied/", 403),
        ("/refuse/broken/", 500),
    ],
)
def test_what_fails_leaves_nothing(browser, place, address, status):
    answer = browser.post(address, {"name": "Woking"})
    place.refresh_from_db()
    assert (answer.status_code, place.name, told()) == (status, "Guildford", [])
    assert answer.headers["X-Request-ID"]


@pytest.mark.parametrize("status", [200, 302, 400, 409])
def test_an_answer_that_was_meant_keeps_what_was_written(browser, place, status):
    assert browser.post(f"/answer/{status}/", {"name": "Woking"}).status_code == status
    assert [change[1] for change in told()] == ["Woking"]


def test_a_broken_transaction_never_ends_as_a_success(browser, place):
    answer = browser.post("/fault/", {"name": "Woking"})
    place.refresh_from_db()
    assert (answer.status_code, place.name, told()) == (500, "Guildford", [])


def test_an_address_that_does_not_exist_is_answered(browser):
    answer = browser.post("/nowhere/")
    assert (answer.status_code, len(answer.headers["X-Request-ID"])) == (404, 16)


def test_a_view_may_stay_outside_and_is_remembered_all_the_same(browser, user, place):
    answer = browser.post("/outside/", {"name": "Woking"})
    assert answer.content == b"in a transaction: False"
    assert told() == [("place", "Woking", user.pk, "", answer.headers["X-Request-ID"])]


def test_signing_in_keeps_its_session(client, user):
    assert client.post("/sign-in/").content == b"Welcome"
    assert Session.objects.get().get_decoded()["_auth_user_id"] == str(user.pk)
    assert told() == []


def test_the_next_request_on_the_same_connection_is_its_own(browser, client, user, place):
    first = browser.post("/rename/", {"name": "One", "change_reason": "Why"})
    browser.logout()
    second = browser.post("/rename/", {"name": "Two"})
    assert told() == [
        ("place", "One", user.pk, "Why", first.headers["X-Request-ID"]),
        ("place", "Two", None, "", second.headers["X-Request-ID"]),
    ]


def test_hooks_are_called_once_with_the_changed_records_and_not_when_nothing_changed(browser, place, monkeypatch):
    calls = []
    monkeypatch.setattr(remembering, "_hooks", [calls.append])
    browser.post("/rename/", {"name": "Woking"})
    browser.post("/rename/", {"name": "Woking"})
    browser.post("/answer/500/", {"name": "Farnham"})
    assert calls == [[("place", place.pk)]]


def test_a_hook_that_fails_takes_the_request_back(browser, place, monkeypatch):
    monkeypatch.setattr(remembering, "_hooks", [lambda changed: 1 / 0])
    assert browser.post("/rename/", {"name": "Woking"}).status_code == 500
    place.refresh_from_db()
    assert (place.name, told()) == ("Guildford", [])
