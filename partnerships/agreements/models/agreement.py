"""An agreement: what it is, when it runs, who in the office sees to it, and the last step that was taken."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from partnerships.access.models import Record
from partnerships.agreements.notice import NoticeDayField, longer_than_term
from partnerships.agreements.states import AgreementQuerySet
from partnerships.organisations.models import Place
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
    unremembered = ("notice_on",)

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
    notice_period = LineField(
        max_length=120, blank=True, default="", help_text="As it is written, such as “6 months” or “90 days”."
    )
    notice_on = NoticeDayField("last day for notice", null=True, blank=True, editable=False)
    review_on = DayField("review", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="agreements_to_review"
    )
    watchers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="agreements_watched",
        help_text="Who is reminded besides its owner and its reviewer.",
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
            models.Index(fields=["notice_on"], name="agreement_by_notice"),
            models.Index(fields=["review_on"], name="agreement_by_review"),
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

    def clean(self) -> None:
        """Notice can be given within the term, never before it."""
        if longer_than_term(self.notice_period, self.starts_on or self.signed_on, self.ends_on):
            raise ValidationError({"notice_period": "This is longer than the term: correct one of the two."})
