"""How bodies and places stand to each other, apart from their trees."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.organisations.models.organisation import Organisation
from partnerships.organisations.models.places import Place
from partnerships.values.columns import LineField
from partnerships.values.fields import HonestDateField


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
