"""How visits and agreements belong together."""

from django.db import models

from partnerships.agreements.models import Agreement
from partnerships.visits.models.visit import Visit


class VisitAgreementKind(models.TextChoices):
    """How a visit and an agreement belong together; never because both are 'this year'."""

    SIGNED = "signed", "signed at the visit"
    CONFIRMED = "confirmed", "confirmed at the visit"
    PREPARED = "prepared", "prepared by the visit"
    DISCUSSED = "discussed", "discussed at the visit"
    FOLLOWED = "followed", "the visit followed the signing"


class VisitAgreement(models.Model):
    """An agreement that a visit has to do with."""

    belongs_to = "visit"
    scoped_by = ("visit", "agreement")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=20, choices=VisitAgreementKind)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="visits")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "agreement"],
                name="a_visit_names_an_agreement_once",
                violation_error_message="This agreement stands there already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_kind_display()}"
