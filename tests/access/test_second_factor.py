"""A second factor: set up, asked for, used once, throttled, required of roles, and taken away."""

import re
import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from partnerships.access import second_factor
from partnerships.access.roles import Role
from partnerships.access.routes import Open, rule_of
from tests.asking import signed_in, words_of
from tests.samples import make, somebody
from tests.test_every_record import patterns

pytestmark = pytest.mark.django_db
PASSWORD = "a password of mine"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
SET_UP = "/accounts/mfa/totp/activate/"


@pytest.fixture(autouse=True)
def _counts_begin_anew():
    cache.clear()


def code(secret: str = SECRET) -> str:
    """The code that an app shows now, with time left to type it."""
    if time.time() % 30 > 28:
        time.sleep(2.1)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def account(role: str = "staff", *, with_app: bool = False) -> User:
    """An account with a password, and perhaps an app."""
    user = somebody(role)
    user.set_password(PASSWORD)
    user.is_staff = role == "admin"
    user.save()
    if with_app:
        TOTP.activate(user, SECRET)
    return user


def half_way(user: User) -> Client:
    """A browser in which the password was right and the code is asked for."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert answer["Location"] == "/accounts/mfa/authenticate/"
    return client


def proven(user: User) -> Client:
    """A browser whose user has just typed the password again."""
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def set_up(client: Client) -> str:
    """Set up an app with the key on the page; the key."""
    secret = re.search(r'<code class="key">(\w+)<', client.get(SET_UP).content.decode())[1]
    answer = client.post(SET_UP, {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/mfa/codes/")
    return secret


def test_setting_up_asks_for_the_password_first():
    client = signed_in("staff")
    account()
    client.force_login(somebody("staff"))
    assert client.get(SET_UP)["Location"].startswith("/accounts/reauthenticate/")
    assert client.get("/accounts/mfa/codes/").status_code == 404


def test_an_app_is_set_up_with_a_picture_a_key_and_a_code_and_gives_recovery_codes():
    user = account()
    client = proven(user)
    page = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    answer = client.post(SET_UP, {"code": "000000"})
    assert "This code is not right" in answer.content.decode()
    assert 'value="000000"' in answer.content.decode()
    set_up(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/mfa/codes/").content.decode())
    assert len(set(codes)) == 10
    assert client.get("/accounts/mfa/codes/file/").content.decode().split()[-10:] == codes
    page = words_of(client.get("/account/").content.decode())
    assert "10 codes are left." in page


def test_signing_in_asks_for_the_code_and_shows_nothing_before():
    user = account(with_app=True)
    client = half_way(user)
    assert client.get("/people/")["Location"].startswith("/accounts/login/")
    answer = client.post("/accounts/mfa/authenticate/", {"code": code()})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/people/").status_code == 200


def test_a_code_opens_once():
    user = account(with_app=True)
    used = code()
    assert half_way(user).post("/accounts/mfa/authenticate/", {"code": used}).status_code == 302
    answer = half_way(user).post("/accounts/mfa/authenticate/", {"code": used})
    assert "or was used already" in answer.content.decode()


def test_five_wrong_codes_and_the_right_one_is_not_taken():
    user = account(with_app=True)
    client = half_way(user)
    for number in range(5):
        answer = client.post("/accounts/mfa/authenticate/", {"code": f"{number:06}"})
        assert "This code is not right" in answer.content.decode()
    answer = client.post("/accounts/mfa/authenticate/", {"code": code()})
    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "12 345", "١٢٣٤٥٦", "a\x00b", "9" * 5000, "\ud83d"])
def test_a_code_that_is_none_is_answered_with_a_sentence(typed):
    client = half_way(account(with_app=True))
    body = "code=" + quote(typed.encode("utf-8", "surrogatepass"))
    answer = client.post("/accounts/mfa/authenticate/", body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "errm" in answer.content.decode()) == (200, True)


def test_a_recovery_code_opens_once():
    user = account()
    set_up(proven(user))
    known = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[3]
    assert half_way(user).post("/accounts/mfa/authenticate/", {"code": known}).status_code == 302
    answer = half_way(user).post("/accounts/mfa/authenticate/", {"code": known})
    assert "This code is not right" in answer.content.decode()


def test_new_recovery_codes_take_the_place_of_the_old():
    user = account()
    client = proven(user)
    set_up(client)
    before = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    client.post("/accounts/mfa/codes/new/")
    after = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    assert (len(after), set(before) & set(after)) == (10, set())


def test_the_app_is_taken_away_after_the_password_again():
    user = account(with_app=True)
    client = Client()
    client.force_login(user)
    assert client.post("/accounts/mfa/totp/deactivate/")["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.post("/accounts/mfa/totp/deactivate/")["Location"] == "/accounts/mfa/"
    assert not Authenticator.objects.exists()
    answer = client.get("/accounts/mfa/", follow=True)
    assert "The authenticator app is taken away" in answer.content.decode()


def test_confirming_by_code_is_as_good_as_by_password():
    client = Client()
    client.force_login(account(with_app=True))
    assert "Code of your app" in client.get("/accounts/mfa/reauthenticate/").content.decode()
    client.post("/accounts/mfa/reauthenticate/", {"code": code()})
    assert client.get("/accounts/mfa/totp/deactivate/").status_code == 200


def test_the_database_holds_no_key_that_opens_an_account(settings):
    user = account()
    secret = set_up(proven(user))
    held = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in held
    known = second_factor.SecondFactorAdapter().encrypt("abc")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 8
    assert second_factor.SecondFactorAdapter().decrypt(known) == "abc"


def places() -> list[tuple[str, object]]:
    """Every route with an address that can be asked for."""
    found = []
    for address, view in patterns():
        path = re.sub(r"<[^>]+>", "1", address)
        if "(?P" not in path and "$" not in path:
            found.append((path, rule_of(view, address)))
    assert len(found) > 120, len(found)
    return found


def test_a_role_that_needs_one_reaches_nothing_before_it(settings):
    settings.MFA_REQUIRED_ROLES = frozenset({Role.ADMIN})
    user = account("admin")
    client = Client()
    client.force_login(user)
    make("person", name="Hidden Before")
    open_ones = {second_factor.SET_UP, "/accounts/reauthenticate/"}
    for path, rule in places():
        answer = client.get(path)
        if rule is Open.ANYBODY or path == "/accounts/logout/":
            continue
        if path in open_ones:
            assert (
                answer.status_code == 302 or "Set up" in answer.content.decode() or "Confirm" in answer.content.decode()
            )
        elif path.endswith(second_factor.NO_PAGES):
            assert (answer.status_code, answer.content.decode()) == (403, second_factor.SENTENCE), path
        elif path == "/account/look/":
            assert answer.status_code == 405
        else:
            assert (answer.status_code, answer["Location"]) == (302, SET_UP), path
        assert b"Hidden Before" not in getattr(answer, "content", b"")


def test_a_role_that_needs_one_changes_nothing_before_it(settings):
    settings.MFA_REQUIRED_ROLES = frozenset({Role.MANAGER})
    client = Client()
    client.force_login(account("manager"))
    for path in ("/people/new/", "/account/", "/account/elsewhere/", "/admin/auth/user/add/", "/people/1/delete/"):
        answer = client.post(path, {"name": "Somebody"})
        assert (answer.status_code, second_factor.SENTENCE in words_of(answer.content.decode())) == (403, True), path
    answer = client.get("/search/?q=x", headers={"accept": "application/json"})
    assert (answer.status_code, answer.content.decode()) == (403, second_factor.SENTENCE)


def test_the_set_up_of_a_role_that_needs_one_shows_no_menu_and_then_opens_the_register(settings):
    settings.MFA_REQUIRED_ROLES = frozenset({Role.STAFF})
    client = proven(account())
    assert client.get("/")["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "Your role needs a second factor." in words_of(page)
    assert ("Agreements" in page, "data-find" in page) == (False, False)
    set_up(client)
    assert client.get("/").status_code == 200
    client.post("/accounts/mfa/totp/deactivate/")
    assert client.get("/")["Location"] == SET_UP


def test_other_roles_need_none(settings):
    settings.MFA_REQUIRED_ROLES = frozenset({Role.MANAGER, Role.ADMIN})
    assert signed_in("staff").get("/").status_code == 200
    assert signed_in("manager").get("/")["Location"] == SET_UP


def test_whoever_must_set_one_up_can_sign_out(settings):
    settings.MFA_REQUIRED_ROLES = frozenset({Role.STAFF})
    client = signed_in("staff")
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"


def test_an_admin_takes_the_second_factor_of_others_away_in_the_workshop():
    user = account(with_app=True)
    client = Client()
    client.force_login(account("admin"))
    sent = {"action": "remove_second_factor", "_selected_action": [user.pk]}
    answer = client.post("/admin/auth/user/", sent, follow=True)
    assert "The second factor of 1 account is removed." in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_workshop_shows_no_keys():
    User.objects.create_superuser("root", password=PASSWORD)
    client = Client()
    client.force_login(User.objects.get(username="root"))
    page = client.get("/admin/").content.decode()
    assert [word for word in ("mfa", "socialaccount", "emailaddress") if word in page] == []


def test_no_page_of_the_library_is_reached_that_has_no_template_of_ours():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    libraries = {name for name in names if re.match("(account|mfa|socialaccount|openid)_", name)}
    assert libraries == {
        "account_change_password",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
    }
    for address in (
        "signup/",
        "email/",
        "password/reset/",
        "password/set/",
        "social/signup/",
        "mfa/webauthn/",
        "3rdparty/",
    ):
        assert signed_in("viewer").get(f"/accounts/{address}").status_code in (403, 404), address
