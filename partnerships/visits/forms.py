"""How a delegation visit is logged: which way, with whom and when; who took part, what was done and what follows."""

from collections.abc import Iterator

from django import forms

from partnerships.organisations.models import Organisation
from partnerships.people.models import POLITICAL
from partnerships.records.forms import MainForm, Notice, RecordForm, Rows
from partnerships.undertakings.models import Undertaking
from partnerships.visits.models import (
    SHOWS_RESEARCH,
    Direction,
    FollowUp,
    ItineraryItem,
    Participant,
    ParticipantRole,
    ThankYou,
    Visit,
    VisitAgreement,
    VisitStatus,
)

UNTITLED = "Give the visit a title, or choose the partner: the title is then made of both names."
# What a visit may be when it is first recorded; every other status is reached by a step.
LOGGED_AS = (VisitStatus.REQUESTED, VisitStatus.PLANNED, VisitStatus.HAPPENED)
LONGEST_TITLE = Visit._meta.get_field("title").max_length


class VisitForm(MainForm):
    """A visit; only the direction and our own institution must be known, and one of title and partner."""

    home = forms.ModelChoiceField(
        Organisation.objects.homes(),
        label="Home",
        empty_label="Choose one of our own",
        help_text="Our institution: the direction is seen from it.",
    )

    class Meta:
        model = Visit
        fields = [
            "direction",
            "home",
            "partner",
            "happens_on",
            "place",
            "title",
            "purpose",
            "status",
            "kind",
            "not_as_planned",
            "went_well",
            "went_otherwise",
            "part_of",
            "after",
            "requested_on",
            "requested_by",
            "talking_points",
            "owner",
            "visibility",
            "notes",
        ]
        never_unknown = (
            *("title", "part_of", "after", "requested_on", "requested_by", "talking_points", "owner"),
            *("went_well", "went_otherwise"),
        )
        folded = ("The request", "How it went", "What it belongs to", "In the office")
        sections = [
            ("The visit", ["direction", "home", "partner", "happens_on", "purpose", "status"]),
            ("More about it", ["place", "kind", "title"]),
            ("The request", ["requested_on", "requested_by", "talking_points"]),
            ("How it went", ["not_as_planned", "went_well", "went_otherwise"]),
            ("What it belongs to", ["part_of", "after"]),
            ("In the office", ["owner", "visibility", "notes"]),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["status"]  # changes by the steps on the visit's page
        else:
            self.fields["status"].choices = [("", "How far has it come?"), *((one, one.label) for one in LOGGED_AS)]
        self.fields["title"].required = False
        self.fields["title"].help_text = "Left empty, it is made of the two names."

    def clean(self):
        """A visit without a title is called by its two sides."""
        cleaned = super().clean()
        if cleaned.get("title") or "title" in self.errors:
            return cleaned
        sides = [cleaned.get(name) for name in ("direction", "home", "partner")]
        if all(sides):
            cleaned["title"] = title_of(*sides)
        elif "partner" in cleaned and not cleaned["partner"]:
            self.add_error("title", UNTITLED)
        return cleaned


def title_of(direction: str, home: Organisation, partner: Organisation) -> str:
    """“Partner at Home” for guests, “Home at Partner” for our own, “Home with Partner” where nobody travelled."""
    words = {
        Direction.INBOUND: f"{partner} at {home}",
        Direction.OUTBOUND: f"{home} at {partner}",
        Direction.VIRTUAL: f"{home} with {partner}",
    }
    return words[Direction(direction)][:LONGEST_TITLE]


def sides_taken(rows: list[RecordForm]) -> Iterator[tuple[RecordForm, str, str]]:
    """The participants who can't stand as they do: a second head on a side, and a person on both sides."""
    heads: dict[str, Participant] = {}
    sides: dict[int, Participant] = {}
    for row in rows:
        one = row.instance
        if one.role == ParticipantRole.HEAD and (first := heads.setdefault(one.side, one)) is not one:
            yield row, "role", f"{first} leads the delegation already, on the same side. A delegation has one head."
        if one.person_id and (first := sides.setdefault(one.person_id, one)).side != one.side:
            yield row, "person", f"{one} stands on both sides, as {first.side} and as {one.side}. Choose one of them."


class ParticipantForm(RecordForm):
    """A person who took part, or an unnamed group."""

    notices = (
        Notice(
            ("person",),
            POLITICAL,
            "A role of this person may be sensitive personal data (UK GDPR): record here only what the visit needs.",
            lambda row: bool(row.person_id and row.person.is_sensitive),
        ),
    )

    class Meta:
        model = Participant
        fields = ["side", "person", "group", "group_size", "role", "organisation", "address_as"]


class ItineraryItemForm(RecordForm):
    """One item of the itinerary."""

    notices = (
        Notice(
            ("kind", "title"),
            SHOWS_RESEARCH,
            "Export control: agree beforehand what may be shown to these visitors, and whom to ask in doubt.",
            lambda item: item.shows_research,
        ),
    )

    class Meta:
        model = ItineraryItem
        fields = [
            "kind",
            "title",
            "on_day",
            "starts_at",
            "ends_at",
            "time",
            "place",
            "led_by",
            "joined_by",
            "organisation",
            "shown",
        ]


class PromiseForm(RecordForm):
    """What was asked, promised or agreed."""

    class Meta:
        model = Undertaking
        fields = ["wording", "detail", "standing", "by", "owner", "due_on", "evidence"]


class VisitAgreementForm(RecordForm):
    """An agreement that the visit has to do with."""

    class Meta:
        model = VisitAgreement
        fields = ["agreement", "kind"]


class FollowUpRules(RecordForm):
    """Done means that it is said what was done; somebody else than the owner checks it, and says so personally."""

    def clean(self):
        """Refuse “done” without words, an owner who checks, and a check that somebody else claims."""
        cleaned = super().clean()
        if cleaned.get("done_on") and not cleaned.get("outcome") and {"done_on", "outcome"} & {*self.changed_data}:
            self.add_error("outcome", "Say what was done.")
        if cleaned.get("checker") and cleaned["checker"] == cleaned.get("owner"):
            self.add_error("checker", "Somebody else than the owner checks it. Choose another person, or nobody.")
        if cleaned.get("checked_on") and "checked_on" in self.changed_data and cleaned.get("checker") != self.user:
            self.add_error("checked_on", "Only who checks it says that it was checked.")
        if not cleaned.get("done_on") and "checked_on" not in self.fields:
            self.instance.checked_on = None  # what is to be done again is to be checked again
        return cleaned


class FollowUpRowForm(FollowUpRules):
    """What is to be done after the visit."""

    class Meta:
        model = FollowUp
        fields = ["what", "owner", "due_on", "checker", "done_on", "outcome"]


class ThankYouForm(RecordForm):
    """Somebody to be thanked."""

    class Meta:
        model = ThankYou
        fields = ["person", "organisation", "whom", "for_what", "owner", "sent_on"]


VISIT_ROWS = (
    Rows(
        Participant,
        ParticipantForm,
        "Participants",
        "participant",
        hint="In the order of precedence: a person, or an unnamed group whose number may be left open.",
        together=sides_taken,
        joins=("person", "organisation"),
    ),
    Rows(
        ItineraryItem,
        ItineraryItemForm,
        "Itinerary",
        "item",
        extra=0,
        hint="In the order in which things happen; days and times only as far as known.",
        joins=("place", "led_by", "organisation"),
    ),
    Rows(
        Undertaking,
        PromiseForm,
        "Asked, promised, agreed",
        "line",
        extra=0,
        hint="One line each. A suggestion by a visitor is asked for; it is no agreement.",
        joins=("by", "owner"),
    ),
    Rows(
        VisitAgreement,
        VisitAgreementForm,
        "Agreements",
        "agreement",
        extra=0,
        hint="Only where something says that the two belong together; the same year is no reason.",
        joins=("agreement",),
    ),
    Rows(
        FollowUp,
        FollowUpRowForm,
        "Follow-ups",
        "follow-up",
        extra=0,
        hint="What is to be done, by whom and until when.",
        joins=("owner", "checker"),
    ),
    Rows(
        ThankYou,
        ThankYouForm,
        "Thanks",
        "thank-you",
        extra=0,
        hint="Who should be thanked, for what, and who writes.",
        joins=("person", "organisation", "owner"),
    ),
)


class FollowUpForm(FollowUpRules, MainForm):
    """A follow-up of a visit, of an agreement or of a partnership."""

    class Meta:
        model = FollowUp
        fields = [
            "what",
            "visit",
            "agreement",
            "partnership",
            "undertaking",
            "owner",
            "due_on",
            "checker",
            "done_on",
            "outcome",
            "checked_on",
            "visibility",
            "notes",
        ]
        never_unknown = (
            *("visit", "agreement", "partnership", "undertaking", "checker", "done_on", "outcome", "checked_on"),
        )
        sections = [
            ("What is to be done", ["what", "owner", "due_on", "checker", "undertaking"]),
            ("Belongs to one of these", ["visit", "agreement", "partnership"]),
            ("When it is done", ["done_on", "outcome", "checked_on"]),
            ("In the office", ["visibility", "notes"]),
        ]
