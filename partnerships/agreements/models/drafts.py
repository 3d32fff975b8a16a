"""Word templates of the office, from which the draft of an agreement is made."""

from django.db import models

from partnerships.agreements.models.agreement import AgreementType
from partnerships.values.columns import LineField

LARGEST_TEMPLATE = 2 * 2**20


class DraftTemplate(models.Model):
    """A Word file with places that an agreement fills; kept with its bytes, so that a copy of the database has all."""

    unremembered = ("content",)

    name = LineField(max_length=120, unique=True, help_text="As staff choose it, such as “Memorandum, two languages”.")
    type = models.ForeignKey(
        AgreementType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="templates",
        help_text="Offered for agreements of this type; for all where it is empty.",
    )
    languages = LineField(max_length=80, blank=True, default="", help_text="Such as “English and Chinese”.")
    is_active = models.BooleanField("offered", default=True, db_default=True)
    content = models.BinaryField(max_length=LARGEST_TEMPLATE, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)

    class Meta:
        verbose_name = "template of a draft"
        verbose_name_plural = "templates of drafts"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
