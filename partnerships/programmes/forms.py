"""How programmes and their cohorts are entered."""

from django import forms

from partnerships.organisations.models import Organisation
from partnerships.programmes.models import NUMBERS, Cohort, Programme, ProgrammeInstitution
from partnerships.records.forms import MainForm, RecordForm
from partnerships.records.rows import Rows


class ProgrammeForm(MainForm):
    """A programme; it needs no agreement."""

    home = forms.ModelChoiceField(Organisation.objects.homes(), label="Home", empty_label="Choose one of our own")

    class Meta:
        model = Programme
        fields = [
            "title",
            "home",
            "type",
            "agreement",
            "award_form",
            "diploma_by",
            "audience",
            "aims",
            "subjects",
            "places",
            "starts_on",
            "ends_on",
            "stands_for",
            "how_many",
            "visibility",
            "notes",
        ]
        folded = ("In the office", "Special cases")
        sections = [
            ("What it is", ["title", "home", "type", "agreement"]),
            ("The degree", ["award_form", "diploma_by"]),
            ("For whom and what for", ["audience", "aims", "subjects", "places"]),
            ("When", ["starts_on", "ends_on"]),
            ("In the office", ["visibility", "notes"]),
            ("Special cases", ["stands_for", "how_many"]),
        ]


class InstitutionForm(RecordForm):
    """One institution, and what it is to the programme."""

    class Meta:
        model = ProgrammeInstitution
        fields = ["organisation", "role", "awards"]


PROGRAMME_ROWS = (
    Rows(
        ProgrammeInstitution,
        InstitutionForm,
        "Institutions",
        "institution",
        hint="Who awards the degree, who takes part, who pays, who employs the candidates: a line for each.",
        joins=("organisation",),
    ),
)


class CohortForm(MainForm):
    """A cohort; a number that nobody knows stays empty, and zero is a number."""

    class Meta:
        model = Cohort
        fields = ["programme", "name", "enters_on", "status", *(name for name, _ in NUMBERS), "visibility", "notes"]
        folded = ("In the office",)
        sections = [
            ("The cohort", ["programme", "name", "enters_on", "status"]),
            ("Numbers, as far as known", [name for name, _ in NUMBERS]),
            ("In the office", ["visibility", "notes"]),
        ]
