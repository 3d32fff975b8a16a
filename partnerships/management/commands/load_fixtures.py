"""Loads the register's fixtures, room by room, and fills what is derived from them."""

from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from partnerships.memory import acting
from partnerships.sources.models import Source

# Each file names records of those before it only; sources and gaps speak of all.
ROOMS = (
    "organisations",
    "people",
    "agreements",
    "visits",
    "programmes",
    "funding",
    "undertakings",
    "sources",
    "values",
)
COUNTED = ("organisation", "person", "agreement", "visit", "programme", "funding", "undertaking", "statement", "gap")
FIRST = "doc-000"


class Command(BaseCommand):
    """Load all files or none."""

    help = "Load the records that were read in the five documents, each fact with its source."

    def handle(self, *args: str, verbosity: int, **options: object) -> None:
        """Load and rebuild in one transaction; what is loaded already stays as the office has it."""
        if Source.objects.filter(handle=FIRST).exists():
            said = "The fixtures are loaded already; nothing was changed."
        else:
            with transaction.atomic(), acting(reason="Fixtures loaded"):
                call_command("loaddata", *ROOMS, verbosity=0)
                call_command("rebuild", stdout=StringIO())
            said = f"Loaded {', '.join(counted(name) for name in COUNTED)}."
        if verbosity:
            self.stdout.write(said)


def counted(name: str) -> str:
    """How many records of a kind there are, in words: “1 visit”, “4 visits”."""
    model = apps.get_model("partnerships", name)
    number = model._base_manager.count()
    return f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
