"""Settings that are unsafe in service are refused by name, and what is safe is what service gets."""

import json
import logging
import os
import re
import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError

from config import safety
from config.logs import OneLine
from config.passwords import ContextValidator, MaximumLengthValidator, RepetitionValidator
from config.reading import secret_key

ROOT = Path(__file__).resolve().parent.parent
KEY = secrets.token_urlsafe(64)
SAFE = {
    "DATABASE_URL": "postgres://accord@127.0.0.1:1/accord",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "accord.example.org",
}
SHOW = """
import json
from config import settings as s
print(json.dumps({name: getattr(s, name, None) for name in %r}, default=str))
"""


def load(names: list[str], folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own, with these changes to the environment."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LC_ALL"}}
    env = {**kept, "ACCORD_VAR": str(folder), **changes}
    command = [sys.executable, "-c", SHOW % (names,)]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "1"),
        ("DEBUG", "perhaps"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "x" * 60),
        ("SECRET_KEY", "django-insecure-" + KEY),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "accord.example.org,*"),
        ("ALLOWED_HOSTS", "*.example.org"),
        ("DATABASE_URL", "sqlite:///accord.sqlite3"),
        ("DATABASE_POOL", "many"),
        ("SECURE_SSL_REDIRECT", "maybe"),
        ("SECURE_HSTS_SECONDS", "-1"),
        ("MFA_REQUIRED_ROLES", "manager,boss"),
        ("MFA_REQUIRED_ROLES", "nobody"),
    ],
)
def test_an_unsafe_setting_refuses_to_start_and_is_named(name, value, tmp_path):
    done = load(["SERVICE"], tmp_path, **{**SAFE, name: value})
    assert done.returncode != 0
    assert re.search(rf"ImproperlyConfigured: {name}: ", done.stderr), done.stderr


def test_service_without_a_database_refuses_to_start(tmp_path):
    done = load(["SERVICE"], tmp_path, **{**SAFE, "DATABASE_URL": "", "ACCORD_SERVICE": "1"})
    assert "ImproperlyConfigured: DATABASE_URL: " in done.stderr


OIDC = {
    "OIDC_ISSUER": "https://id.example.org/realm",
    "OIDC_CLIENT_ID": "accord",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_ROLES": "staff-group:staff,urn:heads:manager",
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"OIDC_ISSUER": ""}, "OIDC_ISSUER: must be set too, since OIDC_CLIENT_ID is."),
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET: must be set too, since OIDC_ISSUER is."),
        (
            {"OIDC_CLIENT_ID": "", "OIDC_CLIENT_SECRET": ""},
            "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: must be set too, since OIDC_ISSUER is.",
        ),
        ({"OIDC_ISSUER": "http://id.example.org"}, "OIDC_ISSUER: must be an address that begins with https://."),
        ({"OIDC_ISSUER": "id.example.org"}, "OIDC_ISSUER: must be an address that begins with https://."),
        ({"OIDC_ISSUER": "https://"}, "OIDC_ISSUER: must be an address that begins with https://."),
        ({"OIDC_ROLES": ""}, "OIDC_ROLES: must say which group has which role, or nobody could enter."),
        ({"OIDC_ROLES": "staff"}, "OIDC_ROLES: write group:role, not “staff”."),
        ({"OIDC_ROLES": "x:boss"}, "OIDC_ROLES: there is no role “boss”. The roles are viewer, staff, manager, admin."),
        ({"OIDC_WITHOUT_ROLE": "admin"}, "OIDC_WITHOUT_ROLE: write refuse or viewer, not “admin”."),
        ({"OIDC_LINK_BY_EMAIL": "maybe"}, "OIDC_LINK_BY_EMAIL: write 1 or 0, not “maybe”."),
    ],
)
def test_half_set_single_sign_on_refuses_to_start_and_says_what_is_missing(changes, sentence, tmp_path):
    done = load(["SERVICE"], tmp_path, **SAFE, **OIDC | changes)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {sentence}" in done.stderr, done.stderr


def test_single_sign_on_is_read_from_the_environment(tmp_path):
    shown = json.loads(load(["SINGLE_SIGN_ON"], tmp_path, **SAFE, **OIDC).stdout)["SINGLE_SIGN_ON"]
    assert "address='https://id.example.org/realm'" in shown
    assert "roles={'staff-group': <Role.STAFF: 2>, 'urn:heads': <Role.MANAGER: 3>}" in shown
    assert "without_role=None, links_by_email=False" in shown
    trial = load(["SINGLE_SIGN_ON"], tmp_path, **OIDC | {"OIDC_ISSUER": "http://127.0.0.1:9000"})
    assert "http://127.0.0.1:9000" in trial.stdout
    assert json.loads(load(["SINGLE_SIGN_ON"], tmp_path).stdout) == {"SINGLE_SIGN_ON": None}


def test_service_asks_managers_and_admins_for_a_second_factor_unless_it_is_told_otherwise(tmp_path):
    def required(**environment: str) -> set[str]:
        shown = load(["MFA_REQUIRED_ROLES"], tmp_path, **environment).stdout
        return set(re.findall(r"Role\.(\w+)", shown))

    assert required(**SAFE) == {"MANAGER", "ADMIN"}
    assert required(**SAFE, MFA_REQUIRED_ROLES="") == set()
    assert required() == set()
    assert required(MFA_REQUIRED_ROLES="staff") == {"STAFF"}


def test_every_setting_is_told_in_the_readme():
    read = re.compile(r"""(?:environ\.get\(|environ\[|flag\(|number\(|words\(|roles\(|pairs\()\s*"([A-Z_]+)\"""")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "config").glob("*.py"))
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    ours = set(read.findall(code)) | set(re.findall(r'"(OIDC_[A-Z_]+)"', code))
    assert {name for name in ours if name not in told} - {"ACCORD_VAR", "CI", "DEBIAN_FRONTEND"} == set()


def test_service_has_secure_cookies_and_limits(tmp_path):
    expected = {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "WHITENOISE_USE_FINDERS": False,
    }
    done = load([*expected, "DATABASES"], tmp_path, **SAFE, SECURE_PROXY_SSL_HEADER="X-Forwarded-Proto https")
    shown = json.loads(done.stdout)
    options = shown.pop("DATABASES")["default"]["OPTIONS"]
    assert shown == expected
    assert options["pool"] == {"min_size": 1, "max_size": 4, "timeout": 4}
    assert "-c statement_timeout=5s -c lock_timeout=3s" in options["options"]
    assert "-c jit=off" in options["options"]


def test_a_workstation_needs_no_setting_and_keeps_its_own_key(tmp_path):
    names = ["SERVICE", "DEBUG", "SECRET_KEY"]
    first, second = (json.loads(load(names, tmp_path / "var").stdout) for _ in range(2))
    assert first == second
    assert (first["SERVICE"], first["DEBUG"]) == (False, False)
    assert len(first["SECRET_KEY"]) >= safety.SHORTEST_KEY


def test_the_key_is_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "deep" / "secret-key"
    assert secret_key(path) == secret_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]


@pytest.mark.django_db
def test_service_refuses_an_account_that_the_published_password_opens():
    User.objects.create_user("viewer", password=safety.DEMO_PASSWORD)
    User.objects.create_user("admin", password="a password of our own")
    User.objects.create_user("staff", password=safety.DEMO_PASSWORD, is_active=False)
    assert safety.demo_accounts() == ["viewer"]
    with pytest.raises(ImproperlyConfigured, match="^Accounts: viewer still open"):
        safety.refuse_demo_accounts()


def test_a_password_above_the_limit_is_refused_before_hashing():
    rule = MaximumLengthValidator(4096)
    rule.validate("é" * 4096)
    with pytest.raises(ValidationError, match="at most 4096 characters"):
        rule.validate("é" * 4097)


def test_what_a_visitor_sends_begins_no_line_of_the_log():
    record = logging.LogRecord("accord", logging.INFO, "", 0, "seen %s", ("a\r\nb\x1b[2J\u2028c",), None)
    assert OneLine("%(levelname)s %(message)s").format(record) == "INFO seen a\\r\\nb\\x1b[2J\\u2028c"


@pytest.mark.parametrize(
    "password",
    [
        "accordaccord1",
        "Accord-2026-!",
        "university2026",
        "Password1234!",
        "MyPassword99!",
        "liverpooluniversity",
        "jingwen-zhao-26",
        "zhao1234accord",
        "a" * 12,
        "abababababab",
        "abcabcabcabca",
        "Wq7!Wq7!Wq7!",
        "summer7summer7",
        "1111222233334444",
    ],
)
def test_a_password_of_words_that_anybody_guesses_or_of_repetitions_is_refused_with_a_reason(password):
    user = User(username="jingwen", last_name="Zhao", email="j.zhao@example.org")
    with pytest.raises(ValidationError, match="Your password must|too common|too similar"):
        validate_password(password, user)
    with pytest.raises(ValidationError, match="beside your names and words|again and again"):
        [rule.validate(password, user) for rule in (ContextValidator(), RepetitionValidator())]


@pytest.mark.parametrize(
    "password",
    [
        "a quiet horse on blue stairs",
        "the university cat sleeps at noon",
        "南京的秋天是最美的季节啊",
        "x" * 4000 + "a long end",
    ],
)
def test_a_long_password_may_hold_such_a_word(password):
    assert validate_password(password, User(username="jingwen")) is None
