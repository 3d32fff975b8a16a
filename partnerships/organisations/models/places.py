"""Places, and the tree they stand in."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.values.columns import LineField

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
