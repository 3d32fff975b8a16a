"""`manage.py orphans`: stored files that belong to no attachment, as a crash between file and row may leave them."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from partnerships.attachments.actions import orphans


class Command(BaseCommand):
    """Names them; with --delete it removes them."""

    help = "Names stored files that belong to no attachment; --delete removes them."

    def add_arguments(self, parser):
        """Which ones, and whether they go."""
        parser.add_argument("--delete", action="store_true", help="remove them")
        parser.add_argument("--older-than", type=int, default=24, metavar="HOURS", help="leave younger ones (24)")

    def handle(self, *args, **options):
        """Print each, and how many there were."""
        found = orphans(timezone.now() - timedelta(hours=options["older_than"]))
        for name in found:
            self.stdout.write(name)
            if options["delete"]:
                default_storage.delete(name)
        self.stdout.write(f"{len(found)} {'removed' if options['delete'] else 'found'}.")
