"""PhD programmes and their cohorts."""

from django.db import models
from django.db.models import Q

from partnerships.access.models import Record
from partnerships.agreements.models import Agreement
from partnerships.organisations.models import Organisation, Place
from partnerships.values.columns import LineField
from partnerships.values.counts import StandsFor
from partnerships.values.fields import HonestDateField, in_order
from partnerships.values.terms import Term


class ProgrammeType(Term):
    """Joint, dual, split-site … with its definition, since the words are used loosely."""


class AwardForm(models.TextChoices):
    """In which form the degree is awarded (vocabularies.md, 2.4)."""

    UNIQUE = "unique", "one diploma, of one institution"
    SEPARATE = "separate", "a diploma from each institution"
    SHARED = "shared", "one diploma in the names of all"


class Programme(Record):
    """A doctoral programme or arrangement; it needs no agreement, and a dual PhD agreement implies one."""

    path = "programmes"
    scoped_by = ("home",)

    title = LineField(max_length=300)
    type = models.ForeignKey(ProgrammeType, models.PROTECT, null=True, blank=True)
    home = models.ForeignKey(
        Organisation, models.PROTECT, related_name="programmes_as_home", limit_choices_to={"is_home": True}
    )
    stands_for = models.CharField("this record stands for", max_length=20, choices=StandsFor, default=StandsFor.ONE)
    how_many = models.PositiveIntegerField("how many", null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="programmes", help_text="A programme needs none."
    )
    starts_on = HonestDateField("starts")
    ends_on = HonestDateField("ends")
    places = models.ManyToManyField(Place, blank=True, related_name="programmes")
    subjects = models.ManyToManyField("partnerships.Subject", blank=True, related_name="programmes")
    award_form = models.CharField("form of the award", max_length=20, choices=AwardForm, blank=True, default="")
    diploma_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="diplomas_printed",
        verbose_name="prints the diploma",
    )
    audience = LineField("for whom", max_length=300, blank=True, default="")
    aims = LineField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            in_order("starts_on", "ends_on", "The end lies before the start. Correct one of the two dates."),
            models.CheckConstraint(
                condition=Q(stands_for="number", how_many__isnull=False, how_many__gte=1)
                | (~Q(stands_for="number") & Q(how_many__isnull=True)),
                name="a_programme_counts_what_it_stands_for",
                violation_error_message="Give a number exactly where the record stands for a number of programmes.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InstitutionRole(models.TextChoices):
    """What an institution is to a programme."""

    AWARDING = "awarding", "awards the degree"
    PARTNER = "partner", "partner"
    SPONSOR = "sponsor", "sponsor"
    EMPLOYER = "employer", "employs the candidates"


class ProgrammeInstitution(models.Model):
    """One institution of a programme, and what it is to it."""

    belongs_to = "programme"
    scoped_by = ("programme", "organisation")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="institutions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programme_roles")
    role = models.CharField(max_length=20, choices=InstitutionRole, default=InstitutionRole.PARTNER)
    awards = LineField("what it awards", max_length=120, blank=True, default="", help_text="Such as “PhD”, as stated.")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role"],
                name="an_institution_has_a_role_once",
                violation_error_message="This institution has this role already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"


class CohortStatus(models.TextChoices):
    """How far a cohort has come."""

    EXPECTED = "expected", "expected"
    RECRUITING = "recruiting", "recruiting"
    ENROLLED = "enrolled", "enrolled"
    COMPLETED = "completed", "completed"
    CANCELLED = "cancelled", "cancelled"


NUMBERS = (
    ("places_agreed", "places agreed"),
    ("nominated", "nominated"),
    ("admitted", "admitted"),
    ("started", "started"),
    ("on_leave", "on leave"),
    ("at_partner", "at the partner now"),
    ("at_home", "at home now"),
    ("submitted", "submitted"),
    ("awarded", "awarded"),
    ("withdrawn", "withdrawn"),
)


def number(label: str) -> models.PositiveIntegerField:
    """A number of candidates, which may be unknown."""
    return models.PositiveIntegerField(label, null=True, blank=True)


class Cohort(Record):
    """One entry of a programme; it may be expected with no number and no date."""

    path = "cohorts"
    scoped_by = ("programme",)

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    name = LineField(max_length=120)
    enters_on = HonestDateField("entry")
    status = models.CharField(max_length=20, choices=CohortStatus, blank=True, default="")
    places_agreed = number("places agreed")
    nominated = number("nominated")
    admitted = number("admitted")
    started = number("started")
    on_leave = number("on leave")
    at_partner = number("at the partner now")
    at_home = number("at home now")
    submitted = number("submitted")
    awarded = number("awarded")
    withdrawn = number("withdrawn")

    class Meta:
        ordering = ["programme__title", "enters_on_earliest", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="one_cohort_per_name",
                violation_error_message="This name can’t be given: look at the programme’s cohorts, or ask a manager.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.programme}"
