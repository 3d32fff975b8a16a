"""How organisations, places and partnerships are entered, with their names, relations and areas."""

import re

from django import forms

from partnerships.organisations.models import Organisation, OrganisationName, Partnership, Place, Relation
from partnerships.people.models import ContactPoint
from partnerships.records.forms import MainForm, RecordForm
from partnerships.records.rows import Rows
from partnerships.undertakings.models import Undertaking

# The form of an id: https://ror.readme.io/docs/identifier
ROR_ID = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})", re.IGNORECASE)


class OrganisationForm(MainForm):
    """An organisation."""

    class Meta:
        model = Organisation
        fields = [
            "name",
            "kind",
            "is_home",
            "place",
            "parent",
            "founded_on",
            "website",
            "ror_id",
            "description",
            "visibility",
            "notes",
        ]
        never_unknown = ("ror_id", "description")
        brief = ("name", "kind")
        folded = ("In the office",)
        sections = [
            ("What it is", ["name", "kind", "place", "parent", "is_home"]),
            ("More about it", ["founded_on", "description", "website", "ror_id"]),
            ("In the office", ["visibility", "notes"]),
        ]

    def clean_ror_id(self) -> str:
        """The bare id, whether it was typed alone or as an address."""
        typed = self.cleaned_data["ror_id"]
        found = ROR_ID.fullmatch(typed.rstrip("/"))
        if typed and not found:
            raise forms.ValidationError("A ROR id has nine signs and begins with 0: look it up at ror.org.")
        return found[1].lower() if found else ""


class NameForm(RecordForm):
    """One more name."""

    class Meta:
        model = OrganisationName
        fields = ["value", "kind", "language"]
        help_texts = {"language": "Its tag: en for English, zh-Hans for Chinese."}


class OrganisationRelationForm(RecordForm):
    """How this organisation stands to another, to a person or to a place."""

    class Meta:
        model = Relation
        fields = ["kind", "to_organisation", "to_person", "to_place", "since", "note"]


class ContactPointForm(RecordForm):
    """How an organisation is reached, and for what."""

    class Meta:
        model = ContactPoint
        fields = ["kind", "value", "purpose"]


ORGANISATION_ROWS = (
    Rows(
        OrganisationName,
        NameForm,
        "Other names",
        "name",
        extra=0,
        hint="Acronyms, former names, variants and the native script: by each of them the organisation is found.",
    ),
    Rows(
        Relation,
        OrganisationRelationForm,
        "Relations",
        "relation",
        extra=0,
        hint="Read each from this organisation: it is chair of, backed by, a joint venture of …",
        joins=("to_organisation", "to_person", "to_place"),
        fk="organisation",
    ),
    Rows(
        ContactPoint,
        ContactPointForm,
        "Contact points",
        "contact point",
        extra=0,
        hint="As written, with the purpose it was given for.",
    ),
)


class PlaceForm(MainForm):
    """A place."""

    class Meta:
        model = Place
        fields = ["name", "kind", "parent", "native_name", "visibility", "notes"]
        folded = ("In the office",)
        sections = [
            ("What it is", ["name", "kind", "parent", "native_name"]),
            ("In the office", ["visibility", "notes"]),
        ]


class PlaceRelationForm(RecordForm):
    """How this place stands to another."""

    class Meta:
        model = Relation
        fields = ["kind", "to_place", "to_organisation", "since", "note"]


PLACE_ROWS = (
    Rows(
        Relation,
        PlaceRelationForm,
        "Relations",
        "relation",
        extra=0,
        hint="Such as a sister city. It says nothing about the two governments.",
        joins=("to_place", "to_organisation"),
        fk="place",
    ),
)


class PartnershipForm(MainForm):
    """A partnership; our own institutions are few, so they stand in a list."""

    home = forms.ModelChoiceField(Organisation.objects.homes(), label="Home", empty_label="Choose one of our own")

    class Meta:
        model = Partnership
        fields = [
            "home",
            "partner",
            "status",
            "since",
            "presentation",
            "looked_after_by",
            "description",
            "visibility",
            "notes",
        ]
        never_unknown = ("description",)
        folded = ("In the office",)
        sections = [
            ("Who with whom", ["home", "partner"]),
            ("How it stands", ["status", "since", "presentation", "description"]),
            ("In the office", ["looked_after_by", "visibility", "notes"]),
        ]


class AreaForm(RecordForm):
    """One area of cooperation."""

    class Meta:
        model = Undertaking
        fields = ["wording", "detail", "standing", "activities", "subjects", "evidence"]


PARTNERSHIP_ROWS = (
    Rows(
        Undertaking,
        AreaForm,
        "Areas of cooperation",
        "area",
        extra=0,
        hint="One line each, in the source's own words.",
    ),
)
