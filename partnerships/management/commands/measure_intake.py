"""`manage.py measure_intake FOLDER`: how right the proposals from texts are."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from partnerships.access.roles import Role
from partnerships.intake.knowing import gazetteer_for
from partnerships.intake.measuring import measure
from partnerships.intake.recognition import Gazetteer


class Command(BaseCommand):
    """Prints precision and recall by kind, with the register's names and with none."""

    help = "Measure what is proposed from the texts of a folder against the facts that a reader found in them."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="texts (.txt)")
        parser.add_argument("--facts", type=Path, default=settings.BASE_DIR / "tests" / "intake" / "gold")
        parser.add_argument("--lines", action="store_true", help="also list what is wrong and what is missed")

    def handle(self, *args, folder, facts, lines, **options):
        for title, names in (("register filled", gazetteer_for(Role.ADMIN)), ("register empty", Gazetteer())):
            measured = measure(folder, facts, names)
            self.stdout.write("\n".join([title, *measured.lines(), ""]))
            if lines:
                self.stdout.write("\n".join(["wrong:", *measured.wrong, "missed:", *measured.missed, ""]))
