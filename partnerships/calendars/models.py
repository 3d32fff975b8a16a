"""Subscriptions to calendars."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db import models

from partnerships.values.columns import LineField


def digest_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256, as 64 hexadecimal figures."""
    return sha256(secret.encode()).hexdigest()


class Feed(models.Model):
    """A calendar that somebody's other programmes read by a secret address; the secret itself is kept nowhere."""

    remembered = False

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    name = LineField(max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_own = models.BooleanField("own visits and what is due", default=False)
    # Of the visits list, as its address has them.
    conditions = models.CharField(max_length=2000, blank=True, default="", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    renewed_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def give_secret(self) -> str:
        """Take a new secret, which ends the one before it; the only time that it can be read."""
        secret = secrets.token_urlsafe(32)
        self.digest = digest_of(secret)
        return secret
