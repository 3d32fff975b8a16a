"""Which money followed, and the projects it paid for; a fund is counted once, never split by guess."""

from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.agreements.models import Agreement
from partnerships.organisations.models import Organisation, Place
from partnerships.programmes.models import Programme
from partnerships.undertakings.models import Subject
from partnerships.values.columns import CurrencyField, DayField, LineField
from partnerships.values.counts import StandsFor
from partnerships.values.draw import plain
from partnerships.values.fields import HonestDateField, in_order
from partnerships.values.money import MAX_DIGITS, MOST, PLACES, Money
from partnerships.values.terms import Term
from partnerships.visits.models import Visit


class FundingKind(Term):
    """Grant, gift, sponsorship, joint fund …"""


class ProjectStatus(models.TextChoices):
    """How far a project has come."""

    PLANNED = "planned", "planned"
    RUNNING = "running", "running"
    COMPLETED = "completed", "completed"
    STOPPED = "stopped", "stopped"


class Project(Record):
    """A project, or a number of unnamed ones."""

    path = "projects"
    scoped_by = ("home",)

    title = LineField(max_length=300)
    stands_for = models.CharField("this record stands for", max_length=20, choices=StandsFor, default=StandsFor.ONE)
    how_many = models.PositiveIntegerField("how many", null=True, blank=True)
    kind = LineField(max_length=80, blank=True, default="")
    status = models.CharField(max_length=20, choices=ProjectStatus, blank=True, default="")
    home = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects_as_home",
        limit_choices_to={"is_home": True},
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="established by"
    )
    starts_on = HonestDateField("starts")
    ends_on = HonestDateField("ends")
    places = models.ManyToManyField(Place, blank=True, related_name="projects")
    subjects = models.ManyToManyField(Subject, blank=True, related_name="projects")
    aims = LineField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            in_order("starts_on", "ends_on", "The end lies before the start. Correct one of the two dates."),
            models.CheckConstraint(
                condition=Q(stands_for="number", how_many__isnull=False, how_many__gte=1)
                | (~Q(stands_for="number") & Q(how_many__isnull=True)),
                name="a_project_counts_what_it_stands_for",
                violation_error_message="Give a number exactly where the record stands for a number of projects.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectPartner(models.Model):
    """An organisation that takes part in a project."""

    belongs_to = "project"
    scoped_by = ("project", "organisation")

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="project_roles")
    role = LineField(max_length=120, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="a_project_partner_stands_once",
                violation_error_message="This organisation stands there already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Stage(models.TextChoices):
    """How far money has come (after IATI)."""

    PLEDGE = "pledge", "pledged"
    COMMITMENT = "commitment", "committed"
    DISBURSEMENT = "disbursement", "disbursed"
    EXPENDITURE = "expenditure", "spent"


class FundingQuerySet(models.QuerySet):
    """Questions the office asks of its funding."""

    def of(self, organisations):
        """Money that one of these gives or gets, or that goes to what they take part in or have signed.

        Who was met at the visit at which money was confirmed has no part in it by that alone.
        """
        found = self.model._default_manager.filter(
            Q(funder__in=organisations)
            | Q(recipient__in=organisations)
            | Q(project__home__in=organisations)
            | Q(project__partners__organisation__in=organisations)
            | Q(programme__home__in=organisations)
            | Q(programme__institutions__organisation__in=organisations)
            | Q(agreement__parties__organisation__in=organisations)
        )
        return self.filter(pk__in=found.order_by().values("pk"))


class FundingManager(models.Manager.from_queryset(FundingQuerySet)):
    """Funding, found by handle in fixtures."""

    def get_by_natural_key(self, handle: str):
        """Return the funding with this handle."""
        return self.get(handle=handle)


class Funding(Record):
    """Money to or for a body or programme of the register; amount and currency may be unknown."""

    path = "funding"
    scoped_by = ("funder", "recipient", "agreement", "programme", "visit", "project")

    title = LineField(max_length=300)
    kind = models.ForeignKey(FundingKind, models.PROTECT, null=True, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, blank=True, default="")
    funder = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="funding_given")
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="funding_received")
    amount = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=PLACES, null=True, blank=True)
    currency = CurrencyField(blank=True, default="", help_text="ISO 4217, such as GBP or CNY.")
    amount_stated = LineField("amount as stated", max_length=120, blank=True, default="")
    is_approximate = models.BooleanField("approximate", default=False)
    purpose = LineField(max_length=400, blank=True, default="")
    given_on = HonestDateField("date")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="funding")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="funding")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="funding")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="funding")

    objects = FundingManager()

    class Meta:
        verbose_name_plural = "funding"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | (Q(amount__gte=0) & ~Q(currency="")),
                name="an_amount_has_a_currency",
                violation_error_message="An amount is zero or more and needs its currency.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__lte=MOST),
                name="an_amount_is_kept_exactly",
                violation_error_message="The amount is too large to be kept exactly.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def money(self) -> Money:
        """The amount as one value."""
        return Money(self.amount, self.currency, self.amount_stated, self.is_approximate)


class ExchangeRate(models.Model):
    """What one unit of a currency was worth in another on a day, and who says so; an admin keeps these."""

    currency = CurrencyField()
    to_currency = CurrencyField("in the currency", default="GBP")
    rate = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=8, help_text="What one unit is worth, as 0.11.")
    holds_on = DayField("of the day")
    source = LineField(max_length=200, help_text="Who says so, such as a bank and its page.")

    class Meta:
        ordering = ["currency", "to_currency", "-holds_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "to_currency", "holds_on"],
                name="one_rate_for_a_day",
                violation_error_message="There is a rate of these two currencies for this day already.",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="a_rate_is_more_than_zero",
                violation_error_message="A rate is more than zero.",
            ),
            models.CheckConstraint(
                condition=~Q(currency=F("to_currency")),
                name="a_rate_joins_two_currencies",
                violation_error_message="Choose two different currencies.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} in {self.to_currency} at {self.rate.normalize():f} of {plain(self.holds_on)}"
