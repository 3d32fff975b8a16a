"""Lists what every document says and leaves open, for other programs to read."""

import json

from django.core.management.base import BaseCommand

from partnerships.sources.actions import listed_statements


class Command(BaseCommand):
    """Print one JSON list and nothing else."""

    help = "Print all statements as a JSON list, by document and paragraph."

    def handle(self, *args: str, **options: object) -> None:
        """Write the list to standard output."""
        self.stdout.write(json.dumps(listed_statements(), ensure_ascii=False, indent=1))
