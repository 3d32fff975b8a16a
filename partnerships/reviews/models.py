"""Decisions about agreements, each kept with exactly what was shown when it was made."""

from django.db import models
from django.db.models import Q

from partnerships.agreements.models import Agreement
from partnerships.values.columns import DayField, LineField, ProseField

LONGEST_REASON = 2_000


class Decision(models.TextChoices):
    """What a review comes to."""

    RENEW = "renew", "renew it"
    AMEND = "amend", "amend it"
    LAPSE = "lapse", "let it lapse"
    END = "end", "end it"
    KEEP = "keep", "keep it as it is"
    ASK = "ask", "ask the owner for what is missing"


class Review(models.Model):
    """One decision about an agreement; it is added once, and neither the register nor its database changes it.

    `snapshot` holds what was shown, by the role that may read it (see `freezing`), and `sha256` the hash of what the
    decider saw. People stand there by the names they had, so that accounts can go.
    """

    belongs_to = "agreement"
    scoped_by = ("agreement",)
    append_only = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    decision = models.CharField(max_length=20, choices=Decision)
    reason = ProseField("why", max_length=LONGEST_REASON)
    conditions = ProseField("on which conditions", max_length=LONGEST_REASON, blank=True, default="")
    dissent = ProseField("who disagrees, and why", max_length=LONGEST_REASON, blank=True, default="")
    asked = LineField("what was asked of whom", max_length=600, blank=True, default="")
    next_on = DayField("next review", null=True, blank=True)
    owner = LineField("owner from then on", max_length=150, blank=True, default="", db_default="")
    reviewer = LineField("next reviewer", max_length=150, blank=True, default="")
    decided_on = DayField("decided")
    decided_at = models.DateTimeField("at", auto_now_add=True)
    decided_by = LineField("by", max_length=150)
    decider = models.BigIntegerField("number of the account", editable=False)
    snapshot = models.JSONField(editable=False)
    sha256 = models.CharField("SHA-256 of what was shown", max_length=64, editable=False)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["decided_on"], name="review_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="a_review_is_numbered_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="reviews_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"Review {self.number} of {self.agreement}"

    def get_absolute_url(self) -> str:
        """Where it is read as it was."""
        return f"/agreements/{self.agreement_id}/reviews/{self.number}/"
