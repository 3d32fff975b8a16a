"""Who came and who went: visits, who took part, what was done, and what is to follow."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.agreements.models import Agreement
from partnerships.organisations.models import Organisation, Partnership, Place
from partnerships.people.models import Person
from partnerships.undertakings.models import exactly_one
from partnerships.values.columns import DayField, LineField
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


class Side(models.TextChoices):
    """On which side somebody takes part."""

    VISITOR = "visitor", "visitor"
    HOST = "host", "host"
    OTHER = "other", "other"


class ParticipantRole(models.TextChoices):
    """What somebody does at a visit (vocabularies.md, 2.3)."""

    HEAD = "head", "head of delegation"
    DELEGATE = "delegate", "delegate"
    INTERPRETER = "interpreter", "interpreter"
    OFFICIAL = "official", "official"
    STUDENT = "student", "student"
    HOST_LEAD = "host_lead", "lead host"
    GREETER = "greeter", "welcomed the visitors"
    SPEAKER = "speaker", "speaker"
    GUIDE = "guide", "guide"
    NOTE_TAKER = "note_taker", "note-taker"
    ESCORT = "escort", "escort"


class Participant(models.Model):
    """A person, or an unnamed group with or without a count."""

    belongs_to = "visit"
    scoped_by = ("visit", "person", "organisation")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="participants")
    side = models.CharField(max_length=20, choices=Side, default=Side.VISITOR)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="participations")
    group = LineField("or an unnamed group", max_length=200, blank=True, default="")
    group_size = models.PositiveIntegerField("how many", null=True, blank=True)
    role = models.CharField(max_length=20, choices=ParticipantRole, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name="for"
    )
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, group="", group_size__isnull=True)
                | (Q(person__isnull=True) & ~Q(group="")),
                name="a_participant_is_a_person_or_a_group",
                violation_error_message="Choose a person, or describe an unnamed group; only a group has a number.",
            ),
            models.UniqueConstraint(
                fields=["visit", "person", "side"],
                name="a_person_takes_part_once",
                violation_error_message="This person stands on this side already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.group)


class ItemKind(models.TextChoices):
    """What an item of the itinerary is."""

    WELCOME = "welcome", "welcome"
    MEETING = "meeting", "meeting"
    TOUR = "tour", "tour"
    TALK = "talk", "talk"
    CEREMONY = "ceremony", "ceremony"
    SIGNING = "signing", "signing"
    MEAL = "meal", "meal"
    TRANSFER = "transfer", "transfer"
    BREAK = "break", "break"
    EXTERNAL_CALL = "external_call", "external call"


# Words of places where research is shown; also read by the page, and so without anything that only Python knows.
SHOWS_RESEARCH = r"\b(tour|laborator(y|ies)|labs?|facilit(y|ies)|workshop|reactor|clean ?room|test ?bed)\b|实验室"


class ItineraryItem(models.Model):
    """One item of a visit, in its order; times only as far as known."""

    belongs_to = "visit"
    scoped_by = ("visit", "led_by", "organisation")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="itinerary")
    kind = models.CharField(max_length=20, choices=ItemKind)
    title = LineField("what", max_length=200)
    time = LineField(max_length=60, blank=True, default="", help_text="As far as known, such as 14:00 or morning.")
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="itinerary_items", verbose_name="where"
    )
    led_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="itinerary_items")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="itinerary_items", verbose_name="with"
    )
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def shows_research(self) -> bool:
        """Whether guests may be shown research: a tour, or words such as laboratory."""
        return self.kind == ItemKind.TOUR or bool(re.search(SHOWS_RESEARCH, self.title, re.IGNORECASE))


class VisitAgreementKind(models.TextChoices):
    """How a visit and an agreement belong together; never because both are 'this year'."""

    SIGNED = "signed", "signed at the visit"
    CONFIRMED = "confirmed", "confirmed at the visit"
    PREPARED = "prepared", "prepared by the visit"
    DISCUSSED = "discussed", "discussed at the visit"
    FOLLOWED = "followed", "the visit followed the signing"


class VisitAgreement(models.Model):
    """An agreement that a visit has to do with."""

    belongs_to = "visit"
    scoped_by = ("visit", "agreement")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=20, choices=VisitAgreementKind)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="visits")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "agreement"],
                name="a_visit_names_an_agreement_once",
                violation_error_message="This agreement stands there already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_kind_display()}"


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
    done_on = DayField("done", null=True, blank=True)
    outcome = LineField("what was done", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "follow-up"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(("visit", "agreement", "partnership")),
                name="a_follow_up_follows_one",
                violation_error_message="A follow-up belongs to exactly one visit, agreement or partnership.",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def belonging(self):
        """The record that it follows."""
        return self.visit or self.agreement or self.partnership
