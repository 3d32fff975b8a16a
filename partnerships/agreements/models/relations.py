"""How agreements stand to each other."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.agreements.models.agreement import Agreement, LegalEvent
from partnerships.values.columns import LineField


class AgreementRelationKind(models.TextChoices):
    """How one agreement stands to another; these are relations, never types."""

    AMENDS = "amends", "amends"
    RENEWS = "renews", "renews"
    UNDER = "under", "made under"
    SUPERSEDES = "supersedes", "supersedes"
    POSSIBLY_SAME = "possibly_same", "possibly the same as"
    AFTER = "after", "signed after"


class AgreementRelation(models.Model):
    """How the first agreement stands to the second."""

    belongs_to = "agreement"
    scoped_by = ("agreement", "to_agreement")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=AgreementRelationKind)
    to_agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="relations_from", verbose_name="other agreement"
    )
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Which amendment it is, where they are counted."
    )
    note = LineField("what changed, or a note", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "to_agreement"],
                name="an_agreement_relation_stands_once",
                violation_error_message="This relation stands there already.",
            ),
            models.CheckConstraint(
                condition=~Q(agreement=F("to_agreement")),
                name="an_agreement_relates_to_another",
                violation_error_message="Choose another agreement than this one.",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(kind="amends", number__gte=1),
                name="only_amendments_are_numbered",
                violation_error_message="Only an amendment has a number, from 1 on.",
            ),
            models.UniqueConstraint(
                fields=["to_agreement", "number"],
                name="an_amendment_is_numbered_once",
                violation_error_message="This agreement has an amendment of this number already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.to_agreement}"

    def clean(self) -> None:
        """Of two agreements only one renews or follows the other, by however many steps; none terminated is renewed."""
        if self.renews_what_was_terminated():
            raise ValidationError({"to_agreement": "It was terminated, so that nothing renews it. Choose another."})
        ends = self.agreement_id, self.to_agreement_id
        if self.agreement_id and self.agreement_id == self.to_agreement_id:
            raise ValidationError({"to_agreement": "Choose another agreement than this one."})
        if None in ends or self.kind == AgreementRelationKind.POSSIBLY_SAME:
            return
        alike = AgreementRelation.objects.filter(kind=self.kind).exclude(pk=self.pk)
        seen: set[int] = set()
        reached = {self.to_agreement_id}
        while reached and self.agreement_id not in reached:
            seen |= reached
            reached = {*alike.filter(agreement__in=reached).values_list("to_agreement", flat=True)} - seen
        if reached:
            raise ValidationError(f"“{self.to_agreement}” itself {self.get_kind_display()} this agreement.")

    def renews_what_was_terminated(self) -> bool:
        """Whether this is newly said to renew an agreement that was terminated; what was so before stays."""
        if self.kind != AgreementRelationKind.RENEWS or not self.to_agreement_id:
            return False
        if self.to_agreement.event != LegalEvent.TERMINATED:
            return False
        as_before = AgreementRelation.objects.filter(pk=self.pk, kind=self.kind, to_agreement=self.to_agreement_id)
        return not as_before.exists()
