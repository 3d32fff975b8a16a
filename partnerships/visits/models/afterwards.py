"""What remains of a visit: follow-ups, thanks, and minutes in their versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.agreements.models import Agreement
from partnerships.organisations.models import Organisation, Partnership
from partnerships.people.models import Person
from partnerships.undertakings.models import Undertaking, exactly_one
from partnerships.values.columns import DayField, LineField, ProseField
from partnerships.visits.models.visit import Visit

LONGEST_MINUTES = 100_000


class FollowUp(Record):
    """What somebody is to do after a visit, an agreement or for a partnership."""

    path = "follow-ups"
    scoped_by = ("visit", "agreement", "partnership")

    what = LineField(max_length=300)
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="follow_ups")
    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="follow_ups")
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="follow_ups")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    due_on = DayField("due", null=True, blank=True)
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups_to_check",
        verbose_name="checked by",
        help_text="Who looks whether it was done; nobody need.",
    )
    undertaking = models.ForeignKey(
        Undertaking,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="keeps the promise",
    )
    done_on = DayField("done", null=True, blank=True)
    outcome = LineField("what was done", max_length=300, blank=True, default="")
    checked_on = DayField("checked", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "follow-up"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(("visit", "agreement", "partnership")),
                name="a_follow_up_follows_one",
                violation_error_message="A follow-up belongs to exactly one visit, agreement or partnership.",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | Q(done_on__isnull=False),
                name="only_what_is_done_is_checked",
                violation_error_message="Only what is done can be checked: say when it was done.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def belonging(self):
        """The record that it follows."""
        return self.visit or self.agreement or self.partnership


class ThankYou(models.Model):
    """Somebody who should be thanked, for what, and when it was done."""

    belongs_to = "visit"
    scoped_by = ("visit", "person", "organisation")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="thanks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="thanks")
    whom = LineField("or whom, in words", max_length=200, blank=True, default="")
    for_what = LineField("for what", max_length=300, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="thanks",
        verbose_name="who writes",
    )
    sent_on = DayField("sent", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "thank-you"
        verbose_name_plural = "thank-yous"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(whom=""),
                name="a_thank_you_goes_to_somebody",
                violation_error_message="Choose a person or an organisation, or say in words whom to thank.",
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation or self.whom)


class Minutes(models.Model):
    """One version of a visit's minutes; a version is followed by the next, never rewritten."""

    belongs_to = "visit"
    scoped_by = ("visit",)

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="minutes")
    number = models.PositiveIntegerField("version")
    text = ProseField("minutes", max_length=LONGEST_MINUTES)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="minutes_written"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "minutes"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "number"],
                name="minutes_are_numbered_once",
                violation_error_message="Somebody wrote a version just now: look at it first.",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="minutes_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
