"""The outbox: letters to people who use the register, kept until a mail server has taken them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.values.columns import LineField, ProseField

LONGEST_LETTER = 100_000


class LetterQuerySet(models.QuerySet):
    """Questions that whoever delivers asks."""

    def waiting(self, now):
        """Those to be tried at a moment: not sent, not given up, their pause over, and in nobody's hands."""
        return self.unsent(now).filter(next_try_at__lte=now)

    def unsent(self, now):
        """Those that are still to be sent, and that nobody is sending at this moment."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
        return self.filter(free, sent_at__isnull=True, next_try_at__isnull=False)

    def older_than(self, moment):
        """Those that were sent, or given up, before a moment: nothing more is to come of them."""
        return self.filter(
            Q(sent_at__lt=moment) | Q(sent_at__isnull=True, next_try_at__isnull=True, made_at__lt=moment)
        )

    def given_up(self):
        """Those that nobody tries any more."""
        return self.filter(sent_at__isnull=True, next_try_at__isnull=True)


class Letter(models.Model):
    """A letter by e-mail to somebody with an account; one of the same key is written once. Never remembered."""

    remembered = False

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    subject = LineField(max_length=200)
    text = ProseField(max_length=LONGEST_LETTER)
    key = models.CharField(max_length=120, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    # Empty as soon as it is sent, or no further try makes sense.
    next_try_at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    # Until then it is in the hands of one runner; one that dies lets go of it by itself.
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_error = LineField(max_length=300, blank=True, default="")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["next_try_at"], name="letter_by_next_try")]

    def __str__(self) -> str:
        return self.subject
