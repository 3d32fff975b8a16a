"""A text that is being read: private to whoever pasted it, until a visit was recorded from it."""

from django.conf import settings
from django.db import models

from partnerships.values.columns import LineField


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
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read on."""
        return f"/visits/from-text/{self.pk}/"
