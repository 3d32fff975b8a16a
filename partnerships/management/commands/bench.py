"""`manage.py bench`: fills a scratch register and measures its pages beside what the same rows cost at least."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partnerships.management.bench.scratch import scratch


class Command(BaseCommand):
    """Make the scratch register, measure it in a process of its own, and leave nothing behind."""

    help = "Measure lists, pages, search and export in a scratch register of any size."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large a register, on which engine, and where the figures are kept."""
        parser.add_argument("--rows", type=int, default=10_000, help="agreements, and as many visits (10000)")
        parser.add_argument(
            "--engine", choices=["sqlite", "postgresql"], help="DATABASE_URL's server, or SQLite, if not said"
        )
        parser.add_argument("--rounds", type=int, default=30, help="how often each operation is measured (30)")
        parser.add_argument("--json", default="", help="keep the figures in this file")
        parser.add_argument("--profile", default="", help="also profile this operation, such as list")

    def handle(self, *args: str, rows: int, engine: str | None, rounds: int, **options) -> None:
        """Measure, and end as the measuring process ended."""
        if rows < 100 or rounds < 1:
            raise CommandError("Give at least 100 rows and one round.")
        engine = engine or ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")
        asked = [f"--rows={rows}", f"--rounds={rounds}", f"--profile={options['profile']}"]
        asked += [f"--json={Path(options['json']).resolve()}"] if options["json"] else []
        with tempfile.TemporaryDirectory(prefix="accord-bench-") as folder:
            try:
                with scratch(engine, Path(folder)) as env:
                    command = [sys.executable, "-m", "partnerships.management.bench.running", *asked]
                    code = subprocess.call(
                        command,
                        cwd=settings.BASE_DIR,
                        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "0", **env},
                    )
            except RuntimeError as reason:
                raise CommandError(str(reason)) from None
        if code:
            sys.exit(code)
