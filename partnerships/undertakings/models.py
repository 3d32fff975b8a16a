"""Lines of cooperation: what was established, agreed, planned, asked for or merely explored, and by whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnerships.access.models import Record
from partnerships.people.models import Person
from partnerships.values.columns import DayField, LineField
from partnerships.values.terms import Term

OWNERS = ("partnership", "agreement", "visit", "organisation", "project")


class Activity(Term):
    """What is done: joint research, student exchange, technology transfer …"""

    class Meta(Term.Meta):
        verbose_name_plural = "activities"


class Subject(Term):
    """In which subject, with its ISCED-F code where one fits."""

    isced_code = LineField("ISCED-F code", max_length=6, blank=True)


class Standing(models.TextChoices):
    """How firm a line is; none of these stands for another."""

    ESTABLISHED = "established", "established"
    AGREED = "agreed", "agreed"
    PLANNED = "planned", "planned"
    PROMISED = "promised", "promised"
    ASKED = "asked", "asked for"
    EXPLORED = "explored", "under exploration"
    AIM = "aim", "aim"
    STATED = "stated", "stated"


def exactly_one(names: tuple[str, ...]) -> Q:
    """The condition that one of the foreign keys is filled and no other."""
    either = Q()
    for name in names:
        either |= Q(**{f"{other}__isnull": other != name for other in names})
    return either


class UndertakingQuerySet(models.QuerySet):
    """Questions the office asks of its undertakings."""

    def of_homes(self, ours: models.QuerySet):
        """Those on whose side one of our institutions stands: as home, as a party, or above a unit of ours."""
        return self.meeting(
            Q(partnership__home__in=ours)
            | Q(visit__home__in=ours)
            | Q(project__home__in=ours)
            | Q(organisation__in=ours)
            | Q(organisation__parent__in=ours)
            | Q(agreement__parties__organisation__in=ours)
        )

    def with_partner(self, partner):
        """Those with an organisation on the other side: as partner, as a party, or as a partner of a project."""
        return self.meeting(
            Q(partnership__partner=partner)
            | Q(visit__partner=partner)
            | Q(agreement__parties__organisation=partner)
            | Q(project__partners__organisation=partner)
        )

    def through(self, organisation):
        """Those that go through an organisation, under any of its names."""
        return self.filter(channel__in=[organisation.name, *(name.value for name in organisation.names.all())])

    def meeting(self, condition: Q):
        """Those that meet a condition over several rows, each once."""
        return self.filter(pk__in=self.model._default_manager.filter(condition).order_by().values("pk"))


class UndertakingManager(models.Manager.from_queryset(UndertakingQuerySet)):
    """Undertakings, found by handle in fixtures."""

    def get_by_natural_key(self, handle: str):
        """Return the undertaking with this handle."""
        return self.get(handle=handle)


class Undertaking(Record):
    """One line of cooperation; it belongs to exactly one partnership, agreement, visit, organisation or project."""

    path = "undertakings"
    scoped_by = OWNERS

    partnership = models.ForeignKey(
        "partnerships.Partnership", models.CASCADE, null=True, blank=True, related_name="undertakings"
    )
    agreement = models.ForeignKey(
        "partnerships.Agreement", models.CASCADE, null=True, blank=True, related_name="undertakings"
    )
    visit = models.ForeignKey("partnerships.Visit", models.CASCADE, null=True, blank=True, related_name="undertakings")
    organisation = models.ForeignKey(
        "partnerships.Organisation", models.CASCADE, null=True, blank=True, related_name="undertakings"
    )
    project = models.ForeignKey(
        "partnerships.Project", models.CASCADE, null=True, blank=True, related_name="undertakings"
    )
    wording = LineField(max_length=300, help_text="The line's heading, in few words.")
    detail = LineField(max_length=600, blank=True, default="")
    standing = models.CharField(max_length=20, choices=Standing)
    activities = models.ManyToManyField(Activity, blank=True, related_name="undertakings")
    subjects = models.ManyToManyField(Subject, blank=True, related_name="undertakings")
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="undertakings", verbose_name="asked or promised by"
    )
    channel = LineField("through", max_length=200, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="undertakings"
    )
    due_on = DayField("due", null=True, blank=True)
    evidence = LineField("evidence that it happened", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = UndertakingManager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(OWNERS),
                name="an_undertaking_has_one_owner",
                violation_error_message=(
                    "An undertaking belongs to exactly one partnership, agreement, visit, organisation or project."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def belonging(self):
        """The record that this line belongs to."""
        return next((getattr(self, name) for name in OWNERS if getattr(self, f"{name}_id")), None)


# What can show that something happened, each with the name of its date; another line has none of its own.
DATE_OF = {
    "agreement": "signed_on",
    "visit": "happens_on",
    "programme": "starts_on",
    "cohort": "enters_on",
    "funding": "given_on",
    "project": "starts_on",
    "line": "",
    "note": "happened_on",
}
EVIDENCE_OF = tuple(DATE_OF)


def kind_behind(of: str) -> str:
    """The kind of record that a kind of evidence is: another line is an undertaking, every other bears its name."""
    return "undertaking" if of == "line" else of


def one_of(model: str, related_name: str) -> models.ForeignKey:
    """The record that is judged, where it is one of this model."""
    return models.ForeignKey(f"partnerships.{model}", models.CASCADE, null=True, blank=True, related_name=related_name)


class Judgement(models.Model):
    """What somebody said of one record and one undertaking: that the record shows something of it, or nothing."""

    belongs_to = "undertaking"
    scoped_by = ("undertaking", *EVIDENCE_OF)

    agreement = one_of("Agreement", "%(class)s_for")
    visit = one_of("Visit", "%(class)s_for")
    programme = one_of("Programme", "%(class)s_for")
    cohort = one_of("Cohort", "%(class)s_for")
    funding = one_of("Funding", "%(class)s_for")
    project = one_of("Project", "%(class)s_for")
    line = one_of("Undertaking", "%(class)s_for")
    note = one_of("Note", "%(class)s_for")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(EVIDENCE_OF),
                name="%(class)s_is_one_record",
                violation_error_message="Choose exactly one record as evidence.",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True) | ~Q(line=F("undertaking")),
                name="%(class)s_is_another_line",
                violation_error_message="An undertaking can’t show by itself that it happened: choose another record.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def of(self) -> str:
        """Which of the foreign keys is filled."""
        return next((name for name in EVIDENCE_OF if getattr(self, f"{name}_id")), "")

    @property
    def record(self):
        """The record, or the note, that is spoken of."""
        return getattr(self, self.of, None)


class Evidence(Judgement):
    """What shows that an undertaking came to something: exactly one record, linked to it."""

    undertaking = models.ForeignKey(Undertaking, models.CASCADE, related_name="shown_by")
    words = LineField("what it shows", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta(Judgement.Meta):
        verbose_name_plural = "evidence"
        ordering = ["order", "pk"]


class Dismissal(Judgement):
    """That a record shows nothing of an undertaking, so that it isn't suggested again."""

    undertaking = models.ForeignKey(Undertaking, models.CASCADE, related_name="not_shown_by")

    class Meta(Judgement.Meta):
        ordering = ["pk"]
