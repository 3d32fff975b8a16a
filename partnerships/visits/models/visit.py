"""A visit: which way, with whom, when and why, and how far it has come."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.organisations.models import Organisation, Place
from partnerships.values.columns import DayField, LineField, ProseField
from partnerships.values.fields import HonestDateField
from partnerships.values.terms import Term


class VisitKind(Term):
    """What a visit is for."""


class Direction(models.TextChoices):
    """Seen from the home organisation."""

    INBOUND = "inbound", "inbound"
    OUTBOUND = "outbound", "outbound"
    VIRTUAL = "virtual", "virtual"


class VisitStatus(models.TextChoices):
    """How far a visit has come."""

    REQUESTED = "requested", "requested"
    TRIAGED = "triaged", "triaged"
    APPROVED = "approved", "approved"
    DECLINED = "declined", "declined"
    PLANNED = "planned", "planned"
    HAPPENED = "happened", "happened"
    DEBRIEFED = "debriefed", "debriefed"
    CLOSED = "closed", "closed"
    CANCELLED = "cancelled", "cancelled"


class Visit(Record):
    """A visit may be known only by who came and where."""

    path = "visits"
    scoped_by = ("home", "partner")

    title = LineField(max_length=300)
    direction = models.CharField(max_length=20, choices=Direction)
    home = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="visits_as_home",
        limit_choices_to={"is_home": True},
        help_text="Our institution: the direction is seen from it.",
    )
    partner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_as_partner",
        help_text="Who came, or who was visited.",
    )
    kind = models.ForeignKey(VisitKind, models.PROTECT, null=True, blank=True)
    status = models.CharField(max_length=20, choices=VisitStatus, default=VisitStatus.REQUESTED)
    not_as_planned = models.BooleanField(default=False)
    happens_on = HonestDateField("when")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="where")
    purpose = LineField(max_length=400, blank=True, default="")
    part_of = LineField(
        "part of a larger tour", max_length=200, blank=True, default="", help_text="A tour is never counted as a visit."
    )
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="after the visit"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="visits")
    requested_on = DayField("asked for on", null=True, blank=True)
    requested_by = LineField("asked for by", max_length=200, blank=True, default="")
    talking_points = ProseField(blank=True, default="", db_default="", help_text="One per line, for whoever receives.")
    went_well = ProseField("what went as planned", blank=True, default="", db_default="")
    went_otherwise = ProseField("what did not", blank=True, default="", db_default="")

    class Meta:
        ordering = [F("happens_on_earliest").desc(nulls_last=True), "title", "pk"]
        indexes = [
            models.Index(fields=["title", "id"], name="visit_by_title"),
            models.Index(fields=["happens_on_earliest", "happens_on_latest"], name="visit_by_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(home=F("partner")),
                name="a_visit_has_two_sides",
                violation_error_message="The partner must be another organisation than our own.",
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=F("pk")),
                name="no_visit_comes_after_itself",
                violation_error_message="A visit can't come after itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Visits follow each other in one direction."""
        if self.pk and self.leads_back("after"):
            raise ValidationError({"after": f"“{self.after}” itself comes after “{self}”, so it can't come before it."})


class VisitStep(models.Model):
    """A step that somebody took: the status before and after, when, and why."""

    belongs_to = "visit"
    scoped_by = ("visit",)

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="steps")
    before = models.CharField(max_length=20, choices=VisitStatus)
    after = models.CharField(max_length=20, choices=VisitStatus)
    reason = LineField(max_length=400, blank=True, default="")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="visit_steps"
    )
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="a_step_leads_further",
                violation_error_message="A step leads from one status to another.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"
