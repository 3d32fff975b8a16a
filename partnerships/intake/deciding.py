"""What is asked about each kind of line."""

from django import forms

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.funding.models import Funding
from partnerships.intake.line import LineForm, chosen
from partnerships.intake.recognition.people import family_first
from partnerships.organisations.models import PlaceKind
from partnerships.people.models import POLITICAL
from partnerships.records.forms import LARGEST_NUMBER, Notice
from partnerships.records.picking import PickSelect
from partnerships.values.dates import HonestDate
from partnerships.values.forms import TextField
from partnerships.values.text import has_han
from partnerships.values.typed import notation_of
from partnerships.visits.logging import CARE
from partnerships.visits.models import SHOWS_RESEARCH, ItemKind, ParticipantRole, VisitAgreementKind

NEW, KNOWN = "new", "known"


class NamedForm(LineForm):
    """A body or a person: known, nearly known, or new."""

    record = chosen("Which one")

    def offer(self) -> None:
        """The known one, its near twins, and a new one."""
        known = [(str(self.line["record"]), f"{self.line['value']}, in the register")] if self.line["record"] else []
        near = [(str(pk), f"Possibly {words}") for pk, words in self.line["near"]]
        self.let_choose("record", *known, (NEW, "A new one"), *near)
        self.initial.setdefault("record", str(self.line["record"] or NEW))
        if not known and not near:
            del self.fields["record"]

    def clean(self) -> dict:
        """The chosen record, None for a new one; what is chosen needs no words of its own."""
        said = self.cleaned_data.get("record", "")
        if said.isdecimal():
            self.cleaned_data["value"] = self.line["value"]
        self.cleaned_data["record"] = int(said) if said.isdecimal() else None
        return super().clean()


class BodyForm(NamedForm):
    """An organisation."""


class PersonForm(NamedForm):
    """A person; of a new one also how they are called, and what they are recorded for."""

    longest = 160
    title = TextField(label="Form of address", required=False, max_length=60)
    family = chosen(
        "Family name is printed",
        choices=[("last", "last: Tim Jones"), ("first", "first: Zhang Wei")],
    )
    purpose = TextField(label="Recorded for", required=False, max_length=200)

    field_order = ["value", "record", "title", "family", "purpose"]

    def offer(self) -> None:
        """Of a known person nothing more is asked; Chinese characters tell the family name themselves."""
        super().offer()
        name = self.said("value")
        self.initial.setdefault("family", "first" if family_first(name) else "last")
        self.initial.setdefault("purpose", "this visit")
        gone = ["title", "family", "purpose"] if self.line["record"] else ["family"] if has_han(name) else []
        for one in gone:
            del self.fields[one]

    def clean(self) -> dict:
        """Nobody is recorded without a purpose."""
        cleaned = super().clean()
        if cleaned["record"] is None and "purpose" in self.fields and not cleaned.get("purpose"):
            self.add_error("purpose", "Say what this person is recorded for, or leave the line out.")
        return cleaned


class PostForm(LineForm):
    """A post: whose, and where."""

    longest = 200
    notices = (Notice(("value",), POLITICAL, CARE, bool),)
    person = chosen("Whose post")
    organisation = chosen("Where")

    def offer(self) -> None:
        """The people and bodies of the text."""
        self.let_choose("person", ("", "Choose a person"), *self.around.named("person"))
        self.let_choose("organisation", ("", "Not stated"), *self.around.named("organisation"))


class PartForm(LineForm):
    """Somebody took part."""

    value = None
    person = chosen("Took part")
    role = chosen("As", choices=[("", "Not stated"), *ParticipantRole.choices])

    def offer(self) -> None:
        """The people of the text."""
        self.let_choose("person", ("", "Choose a person"), *self.around.named("person"))

    def noticed(self) -> list:
        """None: who took part is told by the other lines."""
        return []


class GroupForm(LineForm):
    """An unnamed group."""

    longest = 200
    size = forms.IntegerField(label="How many", required=False, min_value=1, max_value=LARGEST_NUMBER)


class DateForm(LineForm):
    """A date; how it is understood stands beside it."""

    longest = 200

    def offer(self) -> None:
        """Say how it is understood."""
        when = honest(self.said("value"))
        self.fields["value"].help_text = f"Read as {when.words}." if when.notation else "Kept in its own words."

    def says(self, value: str) -> bool:
        """Another way of writing the same date is the same."""
        notation = honest(value).notation
        return super().says(value) or bool(notation and notation == honest(self.line["value"]).notation)


class PlaceForm(LineForm):
    """A place; of one that is not in the register, what it is."""

    longest = 120
    kind = chosen("What it is, if it is to be recorded", choices=[("", "Not said"), *PlaceKind.choices])

    def offer(self) -> None:
        """A known place is what it is."""
        if self.line["record"]:
            del self.fields["kind"]


class ItemForm(LineForm):
    """An item of the itinerary."""

    longest = 200
    notices = (
        Notice(
            ("value",),
            SHOWS_RESEARCH,
            "Export control: record what was shown to these visitors, and who was asked.",
            bool,
        ),
    )
    of = chosen("What it was", choices=ItemKind.choices)

    def offer(self) -> None:
        """A meeting unless something else is said."""
        self.initial.setdefault("of", ItemKind.MEETING)


class AgreementForm(LineForm):
    """An agreement that the text speaks of: one of the register, or only what is said."""

    agreement = chosen("Which one it is")
    other = forms.ModelChoiceField(
        Agreement.objects.all(), label="Or another of the register", required=False, widget=PickSelect(Agreement.path)
    )
    how = chosen("What the visit has to do with it", choices=[("", "Choose"), *VisitAgreementKind.choices])

    def offer(self) -> None:
        """Agreements of the bodies that the text names may be meant; none is taken unasked."""
        possible = [(pk, f"Possibly {words}") for pk, words in self.around.agreements]
        self.let_choose("agreement", ("", "Not said: keep the words only"), *possible)
        if not possible:
            del self.fields["agreement"]
        pick(self.fields["other"], self.around.user)

    def clean(self) -> dict:
        """One agreement, and what it has to do with the visit."""
        cleaned = super().clean()
        near, other = cleaned.get("agreement"), cleaned.get("other")
        if near and other and str(other.pk) != near:
            self.add_error("other", "Two agreements are chosen. Keep one of them.")
        cleaned["chosen"] = other.pk if other else int(near) if near else None
        if cleaned["chosen"] and not cleaned.get("how"):
            self.add_error("how", "Say what the visit has to do with this agreement.")
        return cleaned


class AreaForm(LineForm):
    """An area of cooperation: the visit's, or that of an agreement of the text."""

    of = chosen("Area of")

    def offer(self) -> None:
        """The visit, and the agreements of the text."""
        named = [(at, f"the agreement of line {int(at) + 1}: {words}") for at, words in self.around.named("agreement")]
        self.let_choose("of", ("", "this visit"), *named)
        if not named:
            del self.fields["of"]


class AskForm(LineForm):
    """What was asked or promised."""

    by = chosen("By")

    def offer(self) -> None:
        """The people of the text."""
        self.let_choose("by", ("", "Not said"), *self.around.named("person"))


class MoneyForm(LineForm):
    """Money: a record of its own, one that is there, or only what is said."""

    longest = 120
    becomes = chosen(
        "Recorded as",
        choices=[
            ("", "what the text says of the visit"),
            (NEW, "a new funding record"),
            (KNOWN, "a funding record that is there"),
        ],
    )
    title = TextField(label="What a new one is called", required=False, max_length=300)
    funder = chosen("Given by")
    funding = forms.ModelChoiceField(
        Funding.objects.all(), label="Which one is there", required=False, widget=PickSelect(Funding.path)
    )

    def offer(self) -> None:
        """The bodies of the text may have given it; none is taken unasked."""
        self.let_choose("funder", ("", "Not stated"), *self.around.named("organisation"))
        pick(self.fields["funding"], self.around.user)

    def clean(self) -> dict:
        """A new record has a name, one that is there is chosen."""
        cleaned = super().clean()
        if cleaned.get("becomes") == NEW and not cleaned.get("title"):
            self.add_error("title", "Say what the funding is called.")
        if cleaned.get("becomes") == KNOWN and not cleaned.get("funding"):
            self.add_error("funding", "Choose the funding record.")
        return cleaned


class ContactForm(LineForm):
    """How somebody is reached: only for a purpose."""

    longest = 200
    person = chosen("Whose")
    purpose = TextField(label="Purpose", required=False, max_length=200)

    def offer(self) -> None:
        """The people of the text."""
        self.let_choose("person", ("", "Choose a person"), *self.around.named("person"))

    def clean(self) -> dict:
        """Personal data where it has a purpose, and nowhere else."""
        cleaned = super().clean()
        if not cleaned.get("purpose"):
            self.add_error("purpose", "Say what this contact detail is for, or leave it out.")
        return cleaned


FORMS: dict[str, type[LineForm]] = {
    "organisation": BodyForm, "person": PersonForm, "post": PostForm, "part": PartForm, "group": GroupForm,
    "date": DateForm, "place": PlaceForm, "item": ItemForm, "agreement": AgreementForm, "area": AreaForm,
    "ask": AskForm, "promise": AskForm, "money": MoneyForm, "contact": ContactForm,
}  # fmt: skip


def pick(one: forms.ModelChoiceField, user) -> None:
    """Let a type-ahead offer what the user sees."""
    one.queryset = scope(user, one.queryset)
    one.widget.by_name = True


def honest(words: str) -> HonestDate:
    """A date as it is written: with its notation where the words give one, else in its own words."""
    try:
        return HonestDate.from_notation(notation_of(words), words)
    except ValueError:
        return HonestDate("", words, None, None)
