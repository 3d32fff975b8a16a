"""Who is named: organisations and their names, tree and relations; places; partnerships."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.values.columns import AddressField, LineField
from partnerships.values.fields import HonestDateField
from partnerships.values.terms import Term


class OrganisationKind(Term):
    """What sort of body an organisation is, with the ROR type it maps to."""

    ror_type = LineField("ROR type", max_length=20, blank=True)


LONGEST_LINEAGE = 500


class PlaceKind(models.TextChoices):
    """How large a place is."""

    SITE = "site", "campus or site"
    DISTRICT = "district", "district"
    CITY = "city", "city"
    REGION = "region", "region"
    PROVINCE = "province", "province"
    COUNTRY = "country", "country"
    CONTINENT = "continent", "continent"


class Place(Record):
    """A place in the tree of places; `lineage` names all places it lies in, largest first."""

    path = "places"

    name = LineField(max_length=120)
    native_name = LineField("native script", max_length=120, blank=True, default="")
    kind = models.CharField(max_length=20, choices=PlaceKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="lies in"
    )
    lineage = models.CharField(max_length=LONGEST_LINEAGE, blank=True, default="", editable=False, db_index=True)

    unremembered = ("lineage",)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="no_place_lies_in_itself",
                violation_error_message="A place can't lie in itself.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def above(self) -> list["Place"]:
        """The places it lies in, the smallest first."""
        return [self.parent, *self.parent.above] if self.parent else []

    def save(self, *args, **kwargs) -> None:
        """Keep the lineage of this place, and of those in it, right."""
        self.lineage = f"{self.parent.lineage if self.parent else '/'}{self.handle}/"
        super().save(*args, **kwargs)
        for part in self.parts.exclude(lineage__startswith=self.lineage):
            part.save()

    def clean(self) -> None:
        """A place can't lie in itself or in a part of itself."""
        if self.parent and self.lineage and self.parent.lineage.startswith(self.lineage):
            raise ValidationError({"parent": f"{self.parent} lies in {self}, so {self} can't lie in it."})
        if self.parent and len(self.parent.lineage) + len(self.handle) + 1 > LONGEST_LINEAGE:
            raise ValidationError({"parent": "The tree of places can't be any deeper here."})


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


class RelationKind(models.TextChoices):
    """How the first body or place stands to the second."""

    JOINT_VENTURE_OF = "joint_venture_of", "joint venture of"
    FOUNDED_BY = "founded_by", "founded by"
    BACKED_BY = "backed_by", "backed by"
    SPONSORED_BY = "sponsored_by", "sponsored by"
    MEMBER_OF = "member_of", "member of"
    FOUNDING_MEMBER_OF = "founding_member_of", "founding member of"
    CHAIRS = "chairs", "chair of"
    HOSTS = "hosts", "hosts"
    RELATED_TO = "related_to", "related to"
    PREDECESSOR_OF = "predecessor_of", "predecessor of"
    SUCCESSOR_OF = "successor_of", "successor of"
    SISTER_CITY = "sister_city", "sister city of"


# The same relation, said from its other end.
SAID_FROM_OTHER_END = {
    RelationKind.JOINT_VENTURE_OF: "has the joint venture",
    RelationKind.FOUNDED_BY: "founded",
    RelationKind.BACKED_BY: "backs",
    RelationKind.SPONSORED_BY: "sponsors",
    RelationKind.MEMBER_OF: "has as a member",
    RelationKind.FOUNDING_MEMBER_OF: "has as a founding member",
    RelationKind.CHAIRS: "is chaired by",
    RelationKind.HOSTS: "is hosted by",
    RelationKind.RELATED_TO: "related to",
    RelationKind.PREDECESSOR_OF: "successor of",
    RelationKind.SUCCESSOR_OF: "predecessor of",
    RelationKind.SISTER_CITY: "sister city of",
}


class Relation(models.Model):
    """A typed relation between two bodies or places; one between places says nothing about their governments."""

    belongs_to = ("organisation", "place")
    scoped_by = ("organisation", "place", "to_organisation", "to_person", "to_place")

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="relations")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="relations")
    kind = models.CharField(max_length=24, choices=RelationKind)
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="relations_from", verbose_name="organisation"
    )
    to_person = models.ForeignKey(
        "partnerships.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name="person",
    )
    to_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="relations_from", verbose_name="place"
    )
    since = HonestDateField("since")
    note = LineField(max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, place__isnull=True)
                | Q(organisation__isnull=True, place__isnull=False),
                name="a_relation_starts_at_one",
                violation_error_message="A relation starts at an organisation or at a place, not at both.",
            ),
            models.CheckConstraint(
                condition=Q(to_organisation__isnull=False, to_place__isnull=True, to_person__isnull=True)
                | Q(to_organisation__isnull=True, to_place__isnull=False, to_person__isnull=True)
                | Q(to_organisation__isnull=True, to_place__isnull=True, to_person__isnull=False),
                name="a_relation_ends_at_one",
                violation_error_message="Choose one organisation, one person or one place that the relation leads to.",
            ),
            models.CheckConstraint(
                condition=(
                    (
                        Q(organisation__isnull=True)
                        | Q(to_organisation__isnull=True)
                        | ~Q(organisation=F("to_organisation"))
                    )
                    & (Q(place__isnull=True) | Q(to_place__isnull=True) | ~Q(place=F("to_place")))
                ),
                name="a_relation_leads_to_another",
                violation_error_message="Choose another than this one: nothing is related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.place} {self.get_kind_display()} {self.target}"

    def clean(self) -> None:
        """Nothing is related to itself."""
        if self.target is not None and self.target in (self.organisation, self.place):
            raise ValidationError("Choose another than this one: nothing is related to itself.")

    @property
    def target(self):
        """What the relation leads to."""
        return self.to_organisation or self.to_person or self.to_place

    def said_of(self, record) -> tuple[str, Record]:
        """The relation as said of one of its ends: the words, and the record at the other end."""
        if record == (self.organisation or self.place):
            return self.get_kind_display(), self.target
        return SAID_FROM_OTHER_END[RelationKind(self.kind)], self.organisation or self.place


class PartnershipStatus(models.TextChoices):
    """How alive a partnership is."""

    PROSPECT = "prospect", "prospect"
    ACTIVE = "active", "active"
    DORMANT = "dormant", "dormant"
    ENDED = "ended", "ended"


class Presentation(models.TextChoices):
    """How a source presents a partner."""

    HEADING = "heading", "listed under a heading of its own"
    TEXT = "text", "named in the text"


class Partnership(Record):
    """One of our institutions and one partner: what stands between them hangs here."""

    path = "partnerships"
    scoped_by = ("home", "partner")

    home = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships_as_home", limit_choices_to={"is_home": True}
    )
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_partner")
    status = models.CharField(max_length=20, choices=PartnershipStatus, blank=True, default="")
    since = HonestDateField("since")
    presentation = models.CharField("in the source", max_length=20, choices=Presentation, blank=True, default="")
    looked_after_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="partnerships"
    )
    description = LineField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ["home__name", "partner__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "partner"],
                name="one_partnership_per_pair",
                violation_error_message="These two can’t be recorded: look for them in the register, or ask a manager.",
            ),
            models.CheckConstraint(
                condition=~Q(home=F("partner")),
                name="a_partnership_has_two_sides",
                violation_error_message="A partnership needs two different organisations.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} and {self.partner}"
