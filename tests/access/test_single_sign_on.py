"""Coming in through the university's sign-in service: the whole way there and back, and everything that is refused."""

import http.client
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.auth.models import Group, User
from django.test import Client

from config.single_sign_on import Issuer
from partnerships.access.roles import Role, role_of
from partnerships.memory.models import Change
from tests.access.toy_issuer import CLIENT, SECRET, ToyIssuer, new_key
from tests.asking import words_of

pytestmark = pytest.mark.django_db
NOT_VALID = "The sign-in service's answer is not valid."
SILENT = "The sign-in service does not answer at the moment."


@pytest.fixture
def toy(settings):
    made = ToyIssuer()
    settings.SINGLE_SIGN_ON = site(made)
    yield made
    made.stop()


def site(toy: ToyIssuer, **changes) -> Issuer:
    """The settings for a service."""
    known = {
        "address": toy.address,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "name": "Toy University",
        "role_claim": "groups",
        "roles": {"office": Role.STAFF, "heads": Role.MANAGER, "it": Role.ADMIN},
        "without_role": None,
        "links_by_email": False,
    }
    return Issuer(**known | changes)


def begun(client: Client, asked: str = "") -> str:
    """Begin, and sign in at the service: the address that it sends back to."""
    answer = client.get("/accounts/oidc/login/", {"next": asked} if asked else {})
    assert answer.status_code == 302, words_of(answer.content.decode())
    there = urlsplit(answer["Location"])
    wire = http.client.HTTPConnection(there.netloc, timeout=5)
    wire.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(wire.getresponse().headers["Location"])
    wire.close()
    assert back.path == "/accounts/oidc/callback/"
    return f"{back.path}?{back.query}"


def came(client: Client | None = None, asked: str = ""):
    """Go the whole way; the last answer."""
    client = client or Client()
    return client.get(begun(client, asked))


def is_refused(answer, sentence: str, status: int = 403) -> None:
    """The answer is a page that says so and leads on, and nobody is signed in."""
    page = words_of(answer.content.decode())
    assert (answer.status_code, sentence in page) == (status, True), page
    assert "You are not signed in" in page
    assert "Go to the sign-in page" in page
    assert "_auth_user_id" not in answer.wsgi_request.session


def test_somebody_of_a_known_group_comes_in_with_a_new_account_and_its_role(toy):
    client = Client()
    answer = came(client, "/people/?sort=name")
    assert (answer.status_code, answer["Location"]) == (302, "/people/?sort=name")
    user = User.objects.get(username="lin")
    assert (user.first_name, user.last_name, user.email) == ("Lin", "Wei", "lin@example.org")
    assert (role_of(user), user.is_staff, user.has_usable_password()) == (Role.STAFF, False, False)
    assert client.get("/people/").status_code == 200
    change = Change.objects.filter(kind="user").latest("pk")
    assert change.reason == "Signed in with Toy University"


def test_the_second_time_it_is_the_same_account_with_the_role_of_that_day(toy):
    came()
    toy.claims |= {"groups": ["it", "office"], "preferred_username": "renamed", "email": "other@example.org"}
    came()
    user = User.objects.get(socialaccount__isnull=False)
    assert (user.username, role_of(user), user.is_staff) == ("lin", Role.ADMIN, True)
    toy.claims["groups"] = "office"
    came()
    user = User.objects.get(pk=user.pk)
    assert (role_of(user), user.is_staff, User.objects.count()) == (Role.STAFF, False, 1)


def test_the_sign_in_page_offers_the_service_and_keeps_where_to_go(toy, settings):
    page = Client().get("/accounts/login/?next=/people/").content.decode()
    assert "Sign in with Toy University" in page
    assert 'href="/accounts/oidc/login/?next=/people/"' in page
    settings.SINGLE_SIGN_ON = None
    assert "Sign in with" not in Client().get("/accounts/login/").content.decode()
    for address in ("/accounts/oidc/login/", "/accounts/oidc/callback/"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("asked", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_nobody_is_led_away_after_signing_in(toy, asked):
    assert came(asked=asked)["Location"] == "/"


def test_groups_may_come_from_the_address_for_further_claims(toy):
    del toy.claims["groups"]
    toy.told_besides["groups"] = ["heads"]
    came()
    assert role_of(User.objects.get()) == Role.MANAGER


def test_signing_out_ends_it(toy):
    client = Client()
    came(client)
    client.post("/accounts/logout/")
    assert client.get("/people/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("groups", [["others"], [], None, 7, {"office": 1}, [["office"]]])
def test_without_a_known_group_nobody_comes_in(toy, groups):
    toy.claims["groups"] = groups
    is_refused(came(), "None of your groups has a role in this register.")
    assert not User.objects.exists()


def test_without_a_known_group_a_setting_makes_a_viewer(toy, settings):
    settings.SINGLE_SIGN_ON = site(toy, without_role=Role.VIEWER)
    toy.claims["groups"] = ["others"]
    came()
    assert role_of(User.objects.get()) == Role.VIEWER


def test_where_groups_decide_nothing_the_role_that_an_admin_gave_stays(toy, settings):
    settings.SINGLE_SIGN_ON = site(toy, roles={}, without_role=Role.VIEWER)
    came()
    user = User.objects.get()
    user.groups.set([Group.objects.get(name="manager")])
    came()
    assert role_of(User.objects.get()) == Role.MANAGER


def test_a_state_that_was_not_begun_here_is_refused_and_one_works_once(toy):
    client, other = Client(), Client()
    address = begun(client)
    is_refused(other.get(address), "This sign-in was not begun here, or took too long.")
    assert client.get(address).status_code == 302
    is_refused(Client().get("/accounts/oidc/callback/"), "This sign-in was not begun here")
    fresh = Client()
    address = begun(fresh)
    assert fresh.get(address).status_code == 302
    fresh.post("/accounts/logout/")
    is_refused(fresh.get(address), "This sign-in was not begun here")


def test_a_sign_in_that_somebody_breaks_off_says_so(toy):
    client = Client()
    state = dict(parse_qsl(urlsplit(begun(client)).query))["state"]
    answer = client.get("/accounts/oidc/callback/", {"error": "access_denied", "state": state})
    is_refused(answer, "The sign-in was not finished.")


def test_a_code_of_another_sign_in_is_refused(toy):
    client = Client()
    begun(client)
    state = dict(parse_qsl(urlsplit(begun(client)).query))["state"]
    is_refused(client.get("/accounts/oidc/callback/", {"code": "code-0", "state": state}), NOT_VALID)


@pytest.mark.parametrize(
    "forged",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 5},
        {"aud": "another"},
        {"aud": None},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": "u-2"},
    ],
)
def test_a_token_that_is_not_for_us_and_now_is_refused(toy, forged):
    toy.forged = forged
    is_refused(came(), NOT_VALID)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"signs_with": new_key()},
        {"algorithm": "none"},
        {"algorithm": "HS256", "signs_with": SECRET + "x" * 30},
        {"key_name": "k2"},
        {"key_of_set": {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0", "alg": "HS256"}},
        {"key_of_set": {"alg": "none"}},
        {"discovered": {"issuer": "http://127.0.0.1:1"}},
        {"told_besides": {}},
        {"told_besides": []},
    ],
)
def test_a_token_that_is_not_signed_by_the_service_is_refused(toy, lie):
    client = Client()
    address = begun(client)
    for name, value in lie.items():
        setattr(toy, name, value)
    is_refused(client.get(address), NOT_VALID)
    assert not User.objects.exists()


def test_a_token_without_a_name_for_its_key_is_taken_where_there_is_one_key(toy):
    toy.key_name = ""
    assert came().status_code == 302


@pytest.mark.parametrize("broken", ["openid-configuration", "keys", "userinfo"])
def test_a_service_that_fails_half_way_is_said_to_be_silent(toy, broken):
    client = Client()
    address = begun(client)
    toy.broken = {broken}
    is_refused(client.get(address), SILENT, 503)


def test_a_token_address_that_answers_nonsense_is_refused(toy):
    toy.broken = {"token"}
    is_refused(came(), NOT_VALID)


def test_a_service_that_is_away_is_said_to_be_silent_and_passwords_still_open(toy):
    toy.stop()
    is_refused(Client().get("/accounts/oidc/login/"), SILENT, 503)
    User.objects.create_user("rescue", password="break the glass now")
    answer = Client().post("/accounts/login/", {"login": "rescue", "password": "break the glass now"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_an_account_that_is_closed_stays_closed(toy):
    came()
    User.objects.update(is_active=False)
    toy.claims["groups"] = ["it"]
    is_refused(came(), "Your account in this register is closed.")
    assert list(User.objects.values_list("is_staff", "groups__name")) == [(False, "staff")]


@pytest.mark.parametrize(("links", "verified"), [(False, True), (True, None), (True, "true")])
def test_an_account_with_the_same_address_is_not_taken_over(toy, settings, links, verified):
    settings.SINGLE_SIGN_ON = site(toy, links_by_email=links)
    User.objects.create_user("here", "Lin@example.org", "a password of mine")
    toy.claims["email_verified"] = verified
    is_refused(came(), "An account with your e-mail address is here already.")
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_an_address_that_the_service_has_not_verified_is_refused(toy, settings):
    settings.SINGLE_SIGN_ON = site(toy, links_by_email=True)
    toy.claims["email_verified"] = False
    is_refused(came(), "The sign-in service has not verified your e-mail address.")
    assert not User.objects.exists()


def test_a_setting_links_the_account_with_the_same_verified_address_and_keeps_its_password(toy, settings):
    settings.SINGLE_SIGN_ON = site(toy, links_by_email=True)
    here = User.objects.create_user("here", "Lin@example.org", "a password of mine")
    came()
    toy.claims["email"] = "moved@example.org"
    assert came().status_code == 302
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [here.pk]
    here.refresh_from_db()
    assert (here.check_password("a password of mine"), role_of(here)) == (True, Role.STAFF)


@pytest.mark.parametrize("name", ["here", "", None, "x" * 200, "li n", "a\x00b", "\ud800", 7, "../admin"])
def test_a_name_that_cannot_be_taken_becomes_another(toy, name):
    User.objects.create_user("here")
    toy.claims["preferred_username"] = name
    assert came().status_code == 302
    made = User.objects.exclude(username="here").get()
    made.full_clean(exclude=["password"])


def test_the_same_subject_of_another_service_is_somebody_else(toy, settings):
    came()
    other = ToyIssuer()
    settings.SINGLE_SIGN_ON = site(other)
    try:
        other.claims |= {"email": "second@example.org"}
        assert came().status_code == 302
    finally:
        other.stop()
    assert User.objects.count() == 2


def test_what_the_database_holds_of_services_is_not_asked(toy):
    SocialApp.objects.create(provider="openid_connect", provider_id="oidc", name="Evil", client_id="x", secret="y")
    assert came().status_code == 302


def test_a_second_factor_is_asked_for_here_too(toy):
    came()
    user = User.objects.get()
    TOTP.activate(user, "A" * 32)
    client = Client()
    answer = came(client, "/people/")
    assert answer["Location"] == "/accounts/mfa/authenticate/"
    assert client.get("/people/")["Location"].startswith("/accounts/login/")
    assert "Type the code of your app" in client.get(answer["Location"]).content.decode()
    assert Authenticator.objects.count() == 1


def test_an_account_without_a_password_here_is_told_so(toy):
    client = Client()
    came(client)
    answer = client.get("/accounts/password/change/", follow=True)
    assert answer.redirect_chain == [("/account/", 302)]
    page = words_of(answer.content.decode())
    assert "Your account has no password here." in page
    assert "Change password" not in page
    assert client.get("/accounts/mfa/totp/activate/").status_code == 200
