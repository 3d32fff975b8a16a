"""Settings that let the register and M answer plain requests in one process."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings

HOST = "localhost"
ROLES, PLAIN = "partnerships.access.backend.RoleBackend", "django.contrib.auth.backends.ModelBackend"


@contextmanager
def as_measured() -> Iterator[None]:
    """Like in service, but for the proxy and the second factor: plain HTTP, and static files by their plain names."""
    with override_settings(
        DEBUG=False,
        ALLOWED_HOSTS=[HOST],
        SECURE_SSL_REDIRECT=False,
        MFA_REQUIRED_ROLES=[],
        AUTHENTICATION_BACKENDS=[ROLES, PLAIN],
        STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": settings.PLAIN_STATIC}},
        WHITENOISE_USE_FINDERS=True,
    ):
        yield
