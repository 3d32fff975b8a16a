"""A text that is being read: private to whoever pasted it, until a visit was recorded from it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from partnerships.values.columns import LineField

DAYS_KEPT = 30


class Reading(models.Model):
    """A text and what was decided about each line that it suggests; no part of what the register remembers."""

    remembered = False

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    title = LineField(max_length=300)
    file_name = LineField("file", max_length=200, blank=True, default="")
    text = models.TextField(editable=False)
    text_sha256 = models.CharField(max_length=64, editable=False)
    lines = models.JSONField(default=list)
    chosen = models.JSONField(default=dict)
    visit = models.ForeignKey("partnerships.Visit", models.CASCADE, null=True, related_name="read_from")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read on."""
        return f"/visits/from-text/{self.pk}/"

    @property
    def goes_at(self) -> datetime:
        """When it is deleted unless it is kept again before."""
        return self.kept_at + timedelta(days=DAYS_KEPT)


def forget_old(now: datetime) -> int:
    """Delete the texts that nobody kept again within `DAYS_KEPT` days; how many there were.

    What was recorded from a text stays: its source holds the words.
    """
    return Reading.objects.filter(kept_at__lt=now - timedelta(days=DAYS_KEPT)).delete()[0]
