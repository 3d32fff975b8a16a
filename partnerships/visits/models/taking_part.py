"""Who takes part in a visit, on which side and as what, in the order of precedence."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Q

from partnerships.organisations.models import Organisation
from partnerships.people.models import Person
from partnerships.values.columns import LineField
from partnerships.visits.models.visit import Visit


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
    address_as = LineField(
        "how to address", max_length=80, blank=True, default="", help_text="As it is to be said, such as Mr Zhang."
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
                fields=["visit", "person"],
                name="a_person_takes_part_once",
                violation_error_message="This person takes part in the visit already; nobody stands there twice.",
            ),
            models.UniqueConstraint(
                fields=["visit", "side"],
                condition=Q(role="head"),
                name="a_delegation_has_one_head",
                violation_error_message="Somebody leads the delegation already, on the same side. It has one head.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.group)

    @staticmethod
    def at_odds(rows: Iterable["Participant"]) -> Iterator[tuple["Participant", str, str]]:
        """Those of a visit's participants who can't stand as they do, with the field and a sentence that says why."""
        heads: dict[str, Participant] = {}
        seen: dict[int, Participant] = {}
        for one in rows:
            if one.role == ParticipantRole.HEAD and (first := heads.setdefault(one.side, one)) is not one:
                yield one, "role", f"{first} leads the delegation already, on the same side. A delegation has one head."
            if one.person_id and (first := seen.setdefault(one.person_id, one)) is not one:
                sides = f"on both sides, as {first.side} and as {one.side}" if first.side != one.side else "here twice"
                yield one, "person", f"{one} stands {sides}. Choose one of them."
