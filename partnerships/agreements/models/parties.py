"""The sides of an agreement, and how each signed."""

from django.db import models

from partnerships.agreements.models.agreement import Agreement
from partnerships.organisations.models import Organisation, Place
from partnerships.people.models import Person
from partnerships.values.fields import HonestDateField


class Party(models.Model):
    """One side of an agreement, and how it signed; a party need not be named as a signatory."""

    belongs_to = "agreement"
    scoped_by = ("agreement", "organisation")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties")
    signatory = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="signatures")
    signed_on = HonestDateField("signed")
    signed_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name="signed at"
    )
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                name="a_party_stands_once",
                violation_error_message="This organisation is a party already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
