"""The memory itself: changes, which are only ever added, and the results of submitted forms."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .reading import ExactDecoder


class Action(models.TextChoices):
    """What was done to a row."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")


class Change(models.Model):
    """One change of one row, written by a trigger; adding is all that the database permits.

    `before` and `after` hold columns as JSON: all that are filled for a row created or deleted, those that differ for
    a changed one, nothing where personal data was being erased. `record` is the row itself or, for a child row, the
    record it belongs to; `left` is the record that a child row was moved away from. Both versions are those after
    the change. Users are numbers, so that accounts can go.
    """

    remembered = False

    kind = models.CharField(_("kind of row"), max_length=100)
    row_id = models.BigIntegerField(_("row"))
    version = models.BigIntegerField(_("version of the row"), null=True)
    record_kind = models.CharField(_("kind of record"), max_length=100)
    record_id = models.BigIntegerField(_("record"))
    record_version = models.BigIntegerField(_("version of the record"), null=True)
    left_kind = models.CharField(_("kind of record left"), max_length=100, default="", db_default="")
    left_id = models.BigIntegerField(_("record left"), null=True)
    action = models.CharField(_("action"), max_length=7, choices=Action)
    before = models.JSONField(_("before"), null=True, decoder=ExactDecoder)
    after = models.JSONField(_("after"), null=True, decoder=ExactDecoder)
    at = models.DateTimeField(_("at"), db_default=Now())
    user_id = models.BigIntegerField(_("user"), null=True)
    reason = models.TextField(_("reason"), default="", db_default="")
    request_id = models.CharField(_("request"), max_length=64, default="", db_default="")

    class Meta:
        app_label = "partnerships"
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ("view",)
        indexes = (
            models.Index(fields=["record_kind", "record_id", "id"], name="change_of_record"),
            models.Index(
                fields=["left_kind", "left_id", "id"],
                name="change_of_record_left",
                condition=models.Q(left_id__isnull=False),
            ),
            models.Index(fields=["request_id"], name="change_by_request"),
            models.Index(fields=["record_kind", "id"], name="change_by_kind"),
            models.Index(fields=["user_id", "id"], name="change_by_user", condition=models.Q(user_id__isnull=False)),
            models.Index(fields=["at"], name="change_by_day"),
            models.Index(fields=["id"], name="change_that_deleted", condition=models.Q(action="deleted")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id} {self.action}"


class Submission(models.Model):
    """A form that was submitted once, and the address of what came of it. User 0 is nobody signed in.

    `digest` tells what was sent, so that another text under the same token is not taken for a repeat.
    """

    remembered = False

    token = models.CharField(_("token"), max_length=64)
    user_id = models.BigIntegerField(_("user"))
    digest = models.CharField(_("digest of what was sent"), max_length=64, default="", db_default="")
    url = models.TextField(_("result"), default="", db_default="")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        app_label = "partnerships"
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["token", "user_id"], name="a_token_counts_once_per_user"),)
        indexes = (models.Index(fields=["at"], name="submission_by_age"),)

    def __str__(self) -> str:
        return self.token
