"""Who is named as a person: names as printed, posts over time, and how to reach them for a purpose."""

import re

from django.db import models
from django.db.models import Q

from partnerships.access.models import Record
from partnerships.organisations.models import Organisation
from partnerships.values.columns import LineField
from partnerships.values.fields import HonestDateField, in_order
from partnerships.values.text import squeezed

# Words of parties and political offices; also read by the page, and so without anything that only Python knows.
POLITICAL = r"\b(party|communist|politburo|congress|mayor|minister|councillor|senator|cpc|ccp)\b|党|书记|市长"


class Person(Record):
    """A person with the name as printed; sorting goes by the family name."""

    path = "people"

    name = LineField("name as printed", max_length=160)
    family_name = LineField(max_length=80, blank=True, default="")
    given_name = LineField(max_length=80, blank=True, default="")
    family_first = models.BooleanField("family name is printed first", default=False)
    native_name = LineField("native script", max_length=80, blank=True, default="")
    title = LineField("form of address", max_length=60, blank=True, default="")
    is_sensitive = models.BooleanField(
        "a role may be sensitive personal data", default=False, help_text="Political opinions, for instance (UK GDPR)."
    )

    class Meta:
        verbose_name_plural = "people"
        ordering = ["family_name", "given_name", "name", "pk"]
        indexes = [models.Index(fields=["family_name", "given_name", "name", "id"], name="person_by_family_name")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """What a person is, where, and from when to when as far as known."""

    belongs_to = "person"
    scoped_by = ("person", "organisation")

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    role = LineField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="posts")
    since = HonestDateField("from")
    until = HonestDateField("to")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [in_order("since", "until", "The end lies before the start. Correct one of the two dates.")]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}" if self.organisation else self.role

    @property
    def tells_politics(self) -> bool:
        """Whether the words of the role, or of the body, are those of a party or a political office."""
        return bool(re.search(POLITICAL, str(self), re.IGNORECASE))


class ContactKind(models.TextChoices):
    """By which way somebody is reached."""

    TELEPHONE = "telephone", "telephone"
    EMAIL = "email", "e-mail"
    WEB = "web", "web"
    POST = "post", "post"
    ACCOUNT = "account", "account"


class ContactPoint(models.Model):
    """How a person or an organisation is reached, as written, with the purpose it was given for."""

    belongs_to = ("person", "organisation")
    scoped_by = ("person", "organisation")

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="contact_points")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="contact_points")
    kind = models.CharField(max_length=20, choices=ContactKind)
    value = LineField("as written", max_length=200)
    purpose = LineField(max_length=200, help_text="What it was given for, such as press enquiries.")
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="a_contact_point_is_of_one",
                violation_error_message="A contact point is a person's or an organisation's, not both.",
            )
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def found_by(self) -> str:
        """The words that it is found by: as written, in one run as figures are typed, by which way and for what."""
        return f"{self.value} {squeezed(self.value)} {self.get_kind_display()} {self.purpose}"
