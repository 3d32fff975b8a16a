"""How a visit is recorded, which way, with whom and when; and a follow-up of a visit or of another record."""

from django import forms

from partnerships.organisations.models import Organisation
from partnerships.records.forms import MainForm
from partnerships.visits.models import Direction, FollowUp, Visit, VisitStatus
from partnerships.visits.rows import FollowUpRules

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
