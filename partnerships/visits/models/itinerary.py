"""What is done at a visit: the items of its itinerary, with days and times only as far as known."""

import re

from django.db import models
from django.db.models import F, Q

from partnerships.organisations.models import Organisation, Place
from partnerships.people.models import Person
from partnerships.values.columns import DayField, LineField
from partnerships.visits.models.visit import Visit


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
    on_day = DayField("day", null=True, blank=True)
    starts_at = models.TimeField("from", null=True, blank=True)
    ends_at = models.TimeField("to", null=True, blank=True)
    time = LineField("or in words", max_length=60, blank=True, default="", help_text="Such as morning, or after lunch.")
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="itinerary_items", verbose_name="where"
    )
    led_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="itinerary_items")
    joined_by = models.ManyToManyField(
        Person, blank=True, related_name="itinerary_items_joined", verbose_name="who joins"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="itinerary_items", verbose_name="with"
    )
    shown = LineField("what is shown", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="an_item_ends_after_it_starts",
                violation_error_message="The item ends before it starts. Correct one of the two times.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shows_research(self) -> bool:
        """Whether guests may be shown research: a tour, or words such as laboratory."""
        return self.kind == ItemKind.TOUR or bool(re.search(SHOWS_RESEARCH, self.title, re.IGNORECASE))
