"""What was agreed: agreements, their parties and signatures, and how they stand to each other."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.agreements.states import AgreementQuerySet
from partnerships.organisations.models import Organisation, Place
from partnerships.people.models import Person
from partnerships.values.columns import DayField, LineField
from partnerships.values.counts import StandsFor
from partnerships.values.fields import HonestDateField, in_order
from partnerships.values.terms import Term


class AgreementType(Term):
    """What an agreement is called; only what is called a memorandum is one."""


class WorkflowStep(models.TextChoices):
    """The last step that somebody took."""

    PROPOSED = "proposed", "proposed"
    DUE_DILIGENCE = "due_diligence", "initial due diligence"
    ACADEMIC_APPROVAL = "academic_approval", "academic approval"
    LEGAL_REVIEW = "legal_review", "legal review"
    OUT_FOR_SIGNATURE = "out_for_signature", "out for signature"
    REGISTERED = "registered", "registered"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "withdrawn"


class LegalEvent(models.TextChoices):
    """What overrides the dates."""

    SUSPENDED = "suspended", "suspended"
    TERMINATED = "terminated", "terminated"
    SUPERSEDED = "superseded", "superseded"
    LAPSED = "lapsed", "lapsed"


class Ending(models.TextChoices):
    """How an agreement ends."""

    FIXED = "fixed", "on its end date"
    EVERGREEN = "evergreen", "evergreen: until somebody ends it"
    RENEWING = "renewing", "renews itself"


class AgreementManager(models.Manager.from_queryset(AgreementQuerySet)):
    """Agreements, found by handle in fixtures."""

    def get_by_natural_key(self, handle: str):
        """Return the agreement with this handle."""
        return self.get(handle=handle)


class Agreement(Record):
    """One agreement, a number of them, or an unknown number; its parties are rows, two or more."""

    path = "agreements"
    checked_with = ("partnerships_agreement_owes_parties",)

    title = LineField(max_length=300)
    reference = LineField(max_length=60, blank=True, default="")
    type = models.ForeignKey(AgreementType, models.PROTECT, null=True, blank=True)
    stands_for = models.CharField("this record stands for", max_length=20, choices=StandsFor, default=StandsFor.ONE)
    how_many = models.PositiveIntegerField("how many", null=True, blank=True)
    purpose = LineField(max_length=400, blank=True, default="")
    signed_on = HonestDateField("signed")
    signed_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="agreements_signed", verbose_name="signed at"
    )
    starts_on = HonestDateField("starts")
    ends_on = HonestDateField("ends")
    ending = models.CharField("how it ends", max_length=20, choices=Ending, blank=True, default="")
    notice_period = LineField(max_length=120, blank=True, default="")
    review_on = DayField("review", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    step = models.CharField("workflow step", max_length=24, choices=WorkflowStep, blank=True, default="")
    event = models.CharField("legal event", max_length=20, choices=LegalEvent, blank=True, default="")
    event_on = HonestDateField("of the legal event")

    objects = AgreementManager()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["title", "id"], include=["visibility"], name="agreement_by_title"),
            models.Index(fields=["ends_on_latest"], name="agreement_by_end"),
            models.Index(fields=["signed_on_earliest", "signed_on_latest"], name="agreement_by_signing"),
        ]
        constraints = [
            in_order("starts_on", "ends_on", "The end lies before the start. Correct one of the two dates."),
            models.CheckConstraint(
                condition=~Q(event="") | Q(event_on_edtf="", event_on_wording=""),
                name="a_date_of_an_event_has_its_event",
                violation_error_message="Choose the legal event that the date belongs to, or clear the date.",
            ),
            models.CheckConstraint(
                condition=Q(stands_for="number", how_many__isnull=False, how_many__gte=1)
                | (~Q(stands_for="number") & Q(how_many__isnull=True)),
                name="an_agreement_counts_what_it_stands_for",
                violation_error_message="Give a number exactly where the record stands for a number of agreements.",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference=""),
                name="one_agreement_per_reference",
                violation_error_message="This reference can’t be given: look for it in the register, or ask a manager.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


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
    note = LineField(max_length=300, blank=True, default="")
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
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.to_agreement}"

    def clean(self) -> None:
        """Of two agreements only one amends, renews, follows or stands under the other, by however many steps."""
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
