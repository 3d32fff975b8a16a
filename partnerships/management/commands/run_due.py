"""`manage.py run_due`: writes the letters of what is due today, and sends what waits in the outbox."""

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from partnerships.letters.actions import deliver
from partnerships.reminders.digest import compose


class Command(BaseCommand):
    """Write today's letters and send them; called from cron as often as one likes."""

    help = "Write to each person what is due, once a day, and send what waits in the outbox."

    def handle(self, *args, **options) -> None:
        """Say what was done; where mail failed, end with an error, so that cron reports it."""
        composed = compose(timezone.localdate())
        sent = deliver()
        self.stdout.write(f"{composed.written} written, {sent.sent} sent.")
        if composed.without_address:
            self.stdout.write(f"Without an e-mail address: {', '.join(composed.without_address)}.")
        if sent.failed or sent.refused:
            raise CommandError(f"Not sent: {sent.failed} to be tried again, {sent.refused} refused for good.")
