"""What stands between one of our institutions and one partner."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.organisations.models.organisation import Organisation
from partnerships.values.columns import LineField
from partnerships.values.fields import HonestDateField


class PartnershipStatus(models.TextChoices):
    """How alive a partnership is."""

    PROSPECT = "prospect", "prospect"
    ACTIVE = "active", "active"
    DORMANT = "dormant", "dormant"
    ENDED = "ended", "ended"


class Presentation(models.TextChoices):
    """How a source presents a partner."""

    HEADING = "heading", "listed under a heading of its own"
    TEXT = "text", "named in the text"


class Partnership(Record):
    """One of our institutions and one partner: what stands between them hangs here."""

    path = "partnerships"
    scoped_by = ("home", "partner")

    home = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships_as_home", limit_choices_to={"is_home": True}
    )
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_partner")
    status = models.CharField(max_length=20, choices=PartnershipStatus, blank=True, default="")
    since = HonestDateField("since")
    presentation = models.CharField("in the source", max_length=20, choices=Presentation, blank=True, default="")
    looked_after_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="partnerships"
    )
    description = LineField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ["home__name", "partner__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "partner"],
                name="one_partnership_per_pair",
                violation_error_message="These two can’t be recorded: look for them in the register, or ask a manager.",
            ),
            models.CheckConstraint(
                condition=~Q(home=F("partner")),
                name="a_partnership_has_two_sides",
                violation_error_message="A partnership needs two different organisations.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} and {self.partner}"
