"""Why a field of a record is empty (product rule 3): unknown is a value, kept beside the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .columns import LineField
from .record_ids import RecordId


class GapState(models.TextChoices):
    """What is known of a value that is not there; an empty field without a gap is “not yet asked”."""

    NOT_STATED = "not_stated", _("not stated")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    WITHHELD = "withheld", _("withheld")


class Gap(models.Model):
    """One empty field of one record, and what is known of it. Goes when the value comes (`gaps.close_filled_gaps`).

    Source and user are kept as numbers: this floor may not know the floors above.
    """

    scoped_by_link = True
    belongs_to_link = True  # its changes stand in the record's own history

    record_kind = models.CharField(_("kind of record"), max_length=60)
    record_id = RecordId(_("record"))
    field = models.CharField(_("field"), max_length=60)
    state = models.CharField(_("state"), max_length=20, choices=GapState)
    note = LineField(_("note"), max_length=300, blank=True, default="")
    source_id = RecordId(_("source"), null=True, blank=True)
    set_by_id = models.BigIntegerField(_("set by"), null=True, blank=True)
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)

    class Meta:
        app_label = "partnerships"
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = (
            models.UniqueConstraint(fields=["record_kind", "record_id", "field"], name="gap_once_per_field"),
            models.CheckConstraint(condition=models.Q(state__in=GapState.values), name="gap_state_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}, {self.field}: {self.get_state_display()}"
