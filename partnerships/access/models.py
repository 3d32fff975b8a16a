"""What every record of the register has, and the catalogue that lists them all."""

import secrets

from django.conf import settings
from django.db import models

from partnerships.access.roles import Role
from partnerships.values.columns import ProseField
from partnerships.values.names import Order, in_order
from partnerships.values.record_ids import RecordId


def new_handle() -> str:
    """A short random handle, for records that nobody named one."""
    return secrets.token_hex(6)


class Visibility(models.IntegerChoices):
    """Who sees a record: a role's level and everything above it."""

    EVERYONE = Role.VIEWER.value, "everybody with a role"
    STAFF = Role.STAFF.value, "staff, managers and admins"
    MANAGERS = Role.MANAGER.value, "managers and admins"


class ByHandle(models.Manager):
    """Finds a record by its handle, as fixtures and imports name it."""

    def get_by_natural_key(self, handle: str):
        """Return the record with this handle, or raise DoesNotExist."""
        return self.get(handle=handle)


class Record(models.Model):
    """A record with a page of its own: it has a handle that never changes, a visibility and a version."""

    checked_with: tuple[str, ...] = ()  # further tables whose constraints its rows may break
    path = ""  # the folder of its pages, such as "agreements"

    handle = models.SlugField(max_length=80, unique=True, default=new_handle, editable=False)
    visibility = models.PositiveSmallIntegerField(
        "seen by", choices=Visibility, default=Visibility.EVERYONE, db_default=Visibility.EVERYONE.value
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    notes = ProseField("remarks", blank=True, default="", db_default="")

    objects = ByHandle()

    class Meta:
        abstract = True

    def leads_back(self, name: str) -> bool:
        """Whether the chain of records along the foreign key `name` comes back to one that stood in it before."""
        seen, one = {self.pk}, getattr(self, name)
        while one is not None and one.pk not in seen:
            seen.add(one.pk)
            one = getattr(one, name)
        return one is not None

    def get_absolute_url(self) -> str:
        """The address of the record's own page."""
        return f"/{self.path}/{self.pk}/"

    def natural_key(self) -> tuple[str]:
        """The handle, which fixtures use in place of an id."""
        return (self.handle,)


class Theme(models.TextChoices):
    """On which ground pages are drawn."""

    AUTO = "auto", "As the device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Density(models.TextChoices):
    """How much room a row of a table has."""

    NORMAL = "normal", "Roomy rows"
    COMPACT = "compact", "Compact rows"


class Preferences(models.Model):
    """How somebody wants pages to look. Made with the first choice; no part of what the register remembers."""

    remembered = False

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.AUTO)
    density = models.CharField("rows of tables", max_length=10, choices=Density, default=Density.NORMAL)
    names = models.CharField(
        "names in two scripts",
        max_length=10,
        choices=Order,
        default=Order.PRINTED,
        help_text="On lists and pages. Sentences, forms and exports keep each name as printed.",
    )
    keys_act = models.BooleanField(
        "single letters act as keys",
        default=True,
        db_default=True,
        help_text="Outside fields only: J and K walk through a list, / leads to the search, ? shows all.",
    )
    gets_letters = models.BooleanField(
        "letters of what is due",
        default=True,
        db_default=True,
        help_text="One a day by e-mail, and only on days on which something of yours is due.",
    )

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"{self.user}: {self.get_theme_display()}, {self.get_density_display()}, {self.get_names_display()}"


def preferences_of(user) -> Preferences | None:
    """What somebody chose, read together with the user (see `backend`); None as long as nothing was chosen."""
    return getattr(user, "preferences", None)


class OfAnyRecord(models.Model):
    """A row that any record may have, of whatever kind: it is seen with it, stands in its history and goes with it.

    Adding one doesn't change the record itself, so nobody who edits the record meanwhile is refused.
    """

    scoped_by_link = True
    belongs_to_link = True
    bumps_record = False

    record_kind = models.CharField(max_length=40, editable=False)
    record_id = RecordId(editable=False)

    class Meta:
        abstract = True


class Entry(models.Model):
    """One line of the catalogue for every record: what it is called, by which words it is found, who sees it."""

    remembered = False

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    title = models.CharField(max_length=400)
    native = models.CharField(max_length=200, blank=True)
    second = models.CharField(max_length=400, blank=True)
    visibility = models.PositiveSmallIntegerField(default=Visibility.EVERYONE)
    names_key = models.TextField(blank=True)
    words = models.TextField(blank=True)
    words_key = models.TextField(blank=True)
    pinyin_key = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="one_entry_per_record")]

    def __str__(self) -> str:
        return self.title

    @property
    def shown(self) -> str:
        """The title in the order of scripts that the reader wishes."""
        return in_order(self.title, self.native)
