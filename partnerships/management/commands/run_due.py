"""`manage.py run_due`: writes the letters of what is due today, sends what waits, forgets old drafts and letters."""

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from partnerships.intake.models import forget_old
from partnerships.letters.actions import deliver, forget
from partnerships.reminders.digest import compose


class Command(BaseCommand):
    """Write today's letters and send them; called from cron as often as one likes."""

    help = (
        "Write to each person what is due, once a day, send what waits in the outbox, and delete old drafts of texts "
        "and old letters."
    )

    def handle(self, *args, **options) -> None:
        """Say what was done; where mail failed, end with an error, so that cron reports it."""
        forgotten = forget_old(timezone.now())
        composed = compose(timezone.localdate())
        sent, letters = deliver(), forget(timezone.now())
        self.stdout.write(f"{composed.written} written, {sent.sent} sent.")
        if forgotten:
            self.stdout.write(f"{forgotten} old drafts of texts were deleted.")
        if letters:
            self.stdout.write(f"{letters} old letters were deleted.")
        if composed.without_address:
            self.stdout.write(f"Without an e-mail address: {', '.join(composed.without_address)}.")
        if sent.failed or sent.refused:
            raise CommandError(f"Not sent: {sent.failed} to be tried again, {sent.refused} refused for good.")
