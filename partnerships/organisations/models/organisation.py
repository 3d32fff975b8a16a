"""Organisations, their kinds, their names and the tree they stand in."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.organisations.models.places import Place
from partnerships.values.columns import AddressField, LineField
from partnerships.values.fields import HonestDateField
from partnerships.values.terms import Term


class OrganisationKind(Term):
    """What sort of body an organisation is, with the ROR type it maps to."""

    ror_type = LineField("ROR type", max_length=20, blank=True)


class OrganisationQuerySet(models.QuerySet):
    """Questions the office asks of its organisations."""

    def homes(self):
        """Our own institutions."""
        return self.filter(is_home=True)

    def inside(self, place: Place):
        """Those in a place or in any part of it."""
        return self.filter(place__lineage__startswith=place.lineage)


class OrganisationManager(models.Manager.from_queryset(OrganisationQuerySet)):
    """Organisations, found by handle in fixtures."""

    def get_by_natural_key(self, handle: str):
        """Return the organisation with this handle."""
        return self.get(handle=handle)


class Organisation(Record):
    """Any body that is named, ours or theirs."""

    path = "organisations"

    name = LineField(max_length=200, help_text="As it is best known in English; every other name is a row below.")
    kind = models.ForeignKey(OrganisationKind, models.PROTECT, null=True, blank=True)
    is_home = models.BooleanField("one of our own", default=False)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="organisations")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name="part of"
    )
    founded_on = HonestDateField("founded")
    website = AddressField(blank=True, default="")
    ror_id = LineField("ROR id", max_length=40, blank=True, default="")
    description = LineField(max_length=400, blank=True, default="")
    # The first of its native names, so that a list that names it need not read all its names (see `actions`).
    native_name = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)

    unremembered = ("native_name",)

    objects = OrganisationManager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="organisation_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="no_organisation_is_part_of_itself",
                violation_error_message="An organisation can't be part of itself.",
            ),
            models.UniqueConstraint(
                fields=["ror_id"],
                condition=~Q(ror_id=""),
                name="one_organisation_per_ror_id",
                violation_error_message="This ROR id can’t be given: look for it in the register, or ask a manager.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The tree has no circle."""
        if self.pk and self.leads_back("parent"):
            raise ValidationError({"parent": f"{self.parent} is itself part of {self}."})


class NameKind(models.TextChoices):
    """What sort of name it is."""

    OFFICIAL = "official", "official"
    ACRONYM = "acronym", "acronym"
    SHORT = "short", "short"
    FORMER = "former", "former"
    NATIVE = "native", "native"
    VARIANT = "variant", "variant"


class OrganisationName(models.Model):
    """One more name by which an organisation is known."""

    belongs_to = "organisation"
    scoped_by = ("organisation",)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    value = LineField("name", max_length=200)
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.VARIANT)
    language = LineField(max_length=12, blank=True, default="", help_text="A language tag such as en or zh-Hans.")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "value", "kind"],
                name="a_name_stands_once",
                violation_error_message="This name stands there already.",
            )
        ]

    def __str__(self) -> str:
        return self.value
