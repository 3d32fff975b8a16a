"""Where facts were read: sources, and what each of them says about a record."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from partnerships.access.models import Record
from partnerships.values.columns import AddressField, CurrencyField, LineField, QuotationField
from partnerships.values.fields import HonestDateField
from partnerships.values.money import MAX_DIGITS, MOST, PLACES
from partnerships.values.record_ids import RecordId
from partnerships.values.text import upright

LONGEST_QUOTATION = 15


class Source(Record):
    """A document that facts were read in; 'we' in it means the organisation that it speaks for."""

    path = "sources"

    title = LineField(max_length=300)
    file_name = LineField("file", max_length=200, blank=True, default="")
    publisher = models.ForeignKey(
        "partnerships.Organisation", models.PROTECT, null=True, blank=True, related_name="published_sources"
    )
    speaks_for = models.ForeignKey(
        "partnerships.Organisation", models.PROTECT, null=True, blank=True, related_name="sources_speaking"
    )
    dated_on = HonestDateField("dated")
    url = AddressField("web address", blank=True, default="")
    text = models.TextField("full text", blank=True, default="", editable=False)
    text_sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_name"],
                condition=~Q(file_name=""),
                name="one_source_per_file",
                violation_error_message="This file name can’t be given: look for it in the register, or ask a manager.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short(self) -> str:
        """The number a citation shows: the start of the file's name, or the title."""
        return self.file_name.split("_")[0].removesuffix(".txt") or self.title


class Basis(models.TextChoices):
    """How firmly a source supports a statement."""

    STATED = "stated", "stated"
    IMPLIED = "implied", "implied"
    CONTEXT = "context", "by context"
    NOT_STATED = "not_stated", "not stated"
    GENERAL = "general_knowledge", "general knowledge"

    @classmethod
    def quoted(cls) -> list[str]:
        """The bases that rest on words of a source, and so carry a quotation."""
        return [cls.STATED, cls.IMPLIED, cls.CONTEXT]


class StatementKind(models.TextChoices):
    """What sort of thing is said."""

    VALUE = "value", "value"
    EVENT = "event", "event"
    STATISTIC = "statistic", "statistic"
    HISTORY = "history", "history"
    STRATEGY = "strategy", "strategy"
    REPUTATION = "reputation", "reputation"


class Rank(models.TextChoices):
    """Which of several statements about one field the register shows first."""

    PREFERRED = "preferred", "preferred"
    NORMAL = "normal", "normal"
    DEPRECATED = "deprecated", "deprecated"


class Bound(models.TextChoices):
    """How a number is meant."""

    EXACTLY = "exactly", "exactly"
    ABOUT = "about", "about"
    MORE_THAN = "more_than", "more than"
    AT_MOST = "at_most", "at most"


class Statement(Record):
    """What a source says about one record or one field of it; several may disagree, and none is overwritten."""

    path = "statements"
    scoped_by = ("source",)
    scoped_by_link = True

    record_kind = LineField(max_length=40)
    record_id = RecordId()
    field = LineField(max_length=60, blank=True, default="", help_text="Empty where it speaks of the whole record.")
    text = LineField("what it says", max_length=400, blank=True, default="")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="statements")
    paragraph = models.PositiveIntegerField(null=True, blank=True)
    quotation = QuotationField(max_length=300, blank=True, default="")
    kind = models.CharField(max_length=20, choices=StatementKind, default=StatementKind.VALUE)
    said_by = models.ForeignKey(
        "partnerships.Person", models.PROTECT, null=True, blank=True, related_name="statements_made"
    )
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.STATED)
    rank = models.CharField(max_length=20, choices=Rank, default=Rank.NORMAL)
    note = LineField(max_length=400, blank=True, default="")
    number = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=PLACES, null=True, blank=True)
    bound = models.CharField(max_length=20, choices=Bound, blank=True, default="")
    unit = LineField(max_length=60, blank=True, default="")
    currency = CurrencyField(blank=True, default="")
    happened_on = HonestDateField("date")

    class Meta:
        ordering = ["source", "paragraph", "pk"]
        indexes = [models.Index(fields=["record_kind", "record_id"], name="statement_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        basis__in=["stated", "implied", "context"],
                        source__isnull=False,
                        paragraph__isnull=False,
                        paragraph__gte=1,
                    )
                    & ~Q(quotation="")
                )
                | Q(basis__in=["not_stated", "general_knowledge"], quotation="", paragraph__isnull=True),
                name="a_quotation_where_the_basis_is_a_source",
                violation_error_message=(
                    "A statement that is stated, implied or by context needs its source, paragraph and quotation; "
                    "one that is not stated or general knowledge carries none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=-MOST, number__lte=MOST),
                name="a_number_is_kept_exactly",
                violation_error_message="The number is too large to be kept exactly.",
            ),
        ]

    def __str__(self) -> str:
        return self.text or upright(self.quotation) or f"{self.field}: {self.get_basis_display()}"

    @property
    def about(self) -> Record | None:
        """The record that it speaks of, never another statement; None where there is none."""
        try:
            model = apps.get_model("partnerships", self.record_kind)
        except LookupError:
            return None
        if not issubclass(model, Record) or model is Statement:
            return None
        return model._default_manager.filter(pk=self.record_id).first()

    @property
    def said(self) -> str:
        """What it says, in the register's words or else in those of the source."""
        return str(self)

    def clean(self) -> None:
        """It speaks of a record that is there; a quotation is evidence, not a copy: at most 15 words (product.md)."""
        if self.record_kind and self.record_id is not None and self.about is None:
            raise ValidationError(
                "A statement speaks of a record that is there: give its kind, such as agreement, and its number."
            )
        if len(self.quotation.split()) > LONGEST_QUOTATION:
            raise ValidationError(
                {"quotation": f"Quote at most {LONGEST_QUOTATION} words; this has {len(self.quotation.split())}."}
            )
