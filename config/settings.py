"""Accord's settings: one file, read from the environment.

With DATABASE_URL (or ACCORD_SERVICE=1) Accord runs in service, and refuses settings that are unsafe there.
Without it, it runs for one person at this machine, on SQLite in var/.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from config import safety, single_sign_on
from config.reading import flag, number, roles, secret_key, words

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ACCORD_VAR") or BASE_DIR / "var")
SERVICE = bool(os.environ.get("DATABASE_URL")) or flag("ACCORD_SERVICE", default=False)

DEBUG = flag("DEBUG", default=False)
SECRET_KEY = os.environ.get("SECRET_KEY", "") if SERVICE else secret_key(VAR / "secret-key")
ALLOWED_HOSTS = words("ALLOWED_HOSTS") if SERVICE else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "partnerships",
    "partnerships.access.workshop.WorkshopConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tomselect",
    "js_lib_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

# The headers stand before WhiteNoise, so that files carry them too.
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "partnerships.memory.middleware.Numbered",
    "partnerships.access.middleware.OnlyUtf8",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnerships.access.middleware.RouteRules",
    "partnerships.memory.middleware.Remembered",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnerships.home.context.shell",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our own templates of widgets
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The database. In service every connection gives up in time to answer the person who waits.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'accord.sqlite3'}")}
OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    session = {
        "statement_timeout": os.environ.get("STATEMENT_TIMEOUT", "5s"),
        "lock_timeout": os.environ.get("LOCK_TIMEOUT", "3s"),
        "idle_in_transaction_session_timeout": "10s",
        "jit": "off",  # compiling a page's many expressions takes a minute, running them less than a second
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    OPTIONS["options"] = " ".join(f"-c {name}={value}" for name, value in session.items())
    OPTIONS["connect_timeout"] = 3
    OPTIONS["pool"] = {"min_size": 1, "max_size": number("DATABASE_POOL", 4), "timeout": 4}
elif DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening reads the whole schema, which costs more than a page
    OPTIONS["transaction_mode"] = "IMMEDIATE"
    OPTIONS["timeout"] = 20
    OPTIONS["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"

# Limits on logins are counted in the default cache, so all processes share it. Fragments need no sharing.
LOCAL_CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
SHARED_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
CACHES = {
    "default": SHARED_CACHE if SERVICE else LOCAL_CACHE,
    "template_fragments": {**LOCAL_CACHE, "LOCATION": "fragments"},
}

# Logging in: accounts are given by an admin, or by the university's own service where one is named.
AUTHENTICATION_BACKENDS = ["partnerships.access.backend.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "config.passwords.MaximumLengthValidator", "OPTIONS": {"max_length": 4096}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "config.passwords.ContextValidator"},
    {"NAME": "config.passwords.RepetitionValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "partnerships.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
# An office behind one address may fail 40 times in ten minutes; one name five times in five.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "40/10m/ip,5/5m/key"}
# A second factor: codes of an authenticator app, each good once in its half minute; five tries in five minutes.
MFA_ADAPTER = "partnerships.access.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Accord"
MFA_REQUIRED_ROLES = roles("MFA_REQUIRED_ROLES", "manager,admin" if SERVICE else "")
SINGLE_SIGN_ON = single_sign_on.issuer(debug=DEBUG)
SOCIALACCOUNT_ADAPTER = "partnerships.access.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", 0)

# Sessions and cookies.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVICE
SESSION_COOKIE_NAME = "__Host-sessionid" if SERVICE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SERVICE else "csrftoken"

# What every answer says to the browser.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SERVICE and flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", 31_536_000) if SERVICE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVICE
if os.environ.get("SECURE_PROXY_SSL_HEADER"):
    # Such as "X-Forwarded-Proto https": only behind a proxy that sets it itself.
    header, value = os.environ["SECURE_PROXY_SSL_HEADER"].split()
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + header.upper().replace("-", "_"), value)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Files: ours, and those of the records, which no address reaches without a view.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or VAR / "static") if SERVICE else None
MEDIA_ROOT = Path(os.environ.get("FILES_ROOT") or VAR / "files")
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": HASHED_STATIC if SERVICE else PLAIN_STATIC},
}
WHITENOISE_USE_FINDERS = not SERVICE
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "partnerships.attachments.receiving.UpToTheLargest",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Mail. Links in letters start with SITE_URL, such as https://accord.example.ac.uk; without it they are paths.
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if os.environ.get('EMAIL_HOST') else 'console'}.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "accord@localhost")

# Letters that were sent or given up are deleted after so many days; for a while they show what was sent to whom.
LETTERS_KEPT_DAYS = number("LETTERS_KEPT_DAYS", 90, least=2, most=36_500)

# After so many months without a sign of life an agreement or a partnership is dormant.
QUIET_AFTER_MONTHS = number("QUIET_AFTER_MONTHS", 12, least=1, most=1_200)

# Language and time.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}, "partnerships": {"level": "INFO"}},
}

if SERVICE:
    safety.refuse_unsafe(
        debug=DEBUG, secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS, engine=DATABASES["default"]["ENGINE"]
    )
