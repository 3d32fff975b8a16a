"""What is to be prepared: the office's checklists per kind of visit, and a visit's own list made from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnerships.values.columns import DayField, LineField
from partnerships.visits.models.visit import Direction, Visit, VisitKind


class ChecklistLine(models.Model):
    """One line of the office's checklists, for one kind of visit or for all, edited by admins."""

    kind = models.ForeignKey(
        VisitKind,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="checklist",
        help_text="Empty for visits of every kind.",
    )
    direction = models.CharField(
        max_length=20, choices=Direction, blank=True, default="", help_text="Empty for visits either way."
    )
    what = LineField(max_length=200)
    days_before = models.SmallIntegerField(
        "days before the visit", null=True, blank=True, help_text="Below zero: days after it. Empty: without a date."
    )
    is_active = models.BooleanField("in use", default=True)
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.what


class Preparation(models.Model):
    """One thing to prepare for a visit: who sees to it, and by when."""

    belongs_to = "visit"
    scoped_by = ("visit",)
    unremembered = ("due_on",)

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="preparations")
    line = models.ForeignKey(
        ChecklistLine, models.SET_NULL, null=True, blank=True, editable=False, related_name="preparations"
    )
    what = LineField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="preparations"
    )
    days_before = models.SmallIntegerField("days before the visit", null=True, blank=True)
    due_on = DayField("due", null=True, blank=True, editable=False)  # follows the visit's first possible day
    done_on = DayField("done", null=True, blank=True)
    is_needed = models.BooleanField("needed", default=True)
    note = LineField(max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "line"],
                name="a_checklist_line_is_prepared_once",
                violation_error_message="This line of the checklist stands there already.",
            ),
            models.CheckConstraint(
                condition=Q(is_needed=True) | Q(done_on__isnull=True),
                name="only_what_is_needed_is_done",
                violation_error_message="What isn’t needed has no day on which it was done.",
            ),
        ]

    def __str__(self) -> str:
        return self.what
