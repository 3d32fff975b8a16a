"""How long before which day of an agreement people are reminded of it."""

from django.db import models

from partnerships.agreements.models.agreement import AgreementType

TWICE = "There is a reminder so many days before already."


class Deadline(models.TextChoices):
    """The days of an agreement that somebody must not miss."""

    END = "end", "its end"
    NOTICE = "notice", "the last day for notice"
    REVIEW = "review", "its review"


class ReminderInterval(models.Model):
    """So many days before a day: a reminder; those of a type take the place of those for all types."""

    deadline = models.CharField("before", max_length=10, choices=Deadline)
    days_before = models.PositiveSmallIntegerField("days before", help_text="0 for the day itself.")
    type = models.ForeignKey(
        AgreementType,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminder_intervals",
        help_text="For agreements of this type alone, in place of those for all types.",
    )

    class Meta:
        ordering = ["deadline", "-days_before", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "days_before", "type"],
                name="a_reminder_of_a_type_comes_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["deadline", "days_before"],
                condition=models.Q(type__isnull=True),
                name="a_reminder_for_all_types_comes_once",
                violation_error_message=TWICE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days_before} days before {self.get_deadline_display()}"
