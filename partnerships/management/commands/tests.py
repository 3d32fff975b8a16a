"""All checks and tests: lint, types, the suite on SQLite and on PostgreSQL, and in a browser."""

import ctypes.util
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from config.environment import install_packages, typed
from partnerships.management.postgresql import find_server, throwaway_cluster
from partnerships.management.stages import Run, find_browser, service_env

NOWHERE = "postgres://accord@127.0.0.1:1/accord"
COLLECT = ["manage.py", "collectstatic", "--no-input", "-v", "0", "-i", "*.rtl.*", "-i", "*esm*", "-i", "bootstrap-*"]


class Command(BaseCommand):
    """Run every stage, whatever the others say; exit 1 unless all ran and passed."""

    help = "Check the code and run the tests on SQLite, on PostgreSQL and in a browser."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to run."""
        parser.add_argument("scope", nargs="?", choices=["fast"], help="only the checks and SQLite's quick tests")
        parser.add_argument("--allow-missing", action="store_true", help="exit 0 though a tool was missing")
        parser.add_argument("-k", dest="expression", default="", help="only tests that match, as pytest's -k")

    def handle(self, *args: str, scope: str | None, allow_missing: bool, expression: str, **options: object) -> None:
        """Install what is missing where we may, run the stages, and close with the summary."""
        hint = "" if scope == "fast" else install_missing()
        with tempfile.TemporaryDirectory(prefix="accord-tests-") as folder:
            run = Run(Path(settings.BASE_DIR), Path(folder))
            run_checks(run, demo=scope != "fast" and find_browser() is not None)
            if scope == "fast":
                quick = ["-n", "2", "-m", "not browser and not slow"]
                run.tests("Tests on SQLite, the quick ones", quick, {"DATABASE_URL": ""}, expression)
            else:
                run.tests("Tests on SQLite", ["-n", "2", "-m", "not browser"], {"DATABASE_URL": ""}, expression)
                run_on_postgresql(run, expression, hint)
                run_in_browser(run, expression, hint)
            for line in run.summary():
                print(line, flush=True)
            if run.failed() or not run.counts().passed or (run.missing() and not allow_missing):
                sys.exit(1)


def run_checks(run: Run, demo: bool) -> None:
    """The checks that need no test: settings, migrations, style, templates, types and static files.

    Beside them the demo is set up that the browser will look at.
    """
    local, service = {"DATABASE_URL": "", "ACCORD_VAR": str(run.folder / "var")}, service_env(run.folder, NOWHERE)
    looked_at = {"DATABASE_URL": "", "ACCORD_SERVICE": "", "ACCORD_VAR": str(run.folder / "demo")}
    run.steps(
        [
            *([("Demo", ["manage.py", "demo", "--prepare"], looked_at)] if demo else []),
            ("Types", ["-m", "mypy"], local),
            ("Settings for service", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], service),
            ("Migrations", ["manage.py", "makemigrations", "--check", "--dry-run"], local),
            ("Format", ["-m", "ruff", "format", "--check", "."], {}),
            ("Style", ["-m", "ruff", "check", "."], {}),
            ("Templates", ["-m", "djlint", "templates", "--lint", "--quiet"], {}),
            ("Static files", COLLECT, service),
        ]
    )


def run_on_postgresql(run: Run, expression: str, hint: str) -> None:
    """The suite on the server that DATABASE_URL names, else on a cluster of our own."""
    name, arguments = "Tests on PostgreSQL", ["-n", "2", "-m", "not browser"]
    # Nothing redirects the tests, which speak plain HTTP.
    plain = {"SECURE_SSL_REDIRECT": "0"}
    given, programs = os.environ.get("DATABASE_URL"), find_server()
    if given:
        run.tests(name, arguments, {**service_env(run.folder, given), **plain}, expression)
    elif programs is None:
        run.skip(name, f"there is no PostgreSQL server. {hint}".strip())
    else:
        try:
            with throwaway_cluster(programs) as url:
                run.tests(name, arguments, {**service_env(run.folder, url), **plain}, expression)
        except RuntimeError as reason:
            run.fail(name, f"PostgreSQL did not start: {reason}")


def run_in_browser(run: Run, expression: str, hint: str) -> None:
    """The tests that look through a browser's eyes."""
    browser = find_browser()
    if browser is None:
        run.skip("Tests in a browser", f"there is no Chromium. {hint}".strip())
        return
    env = {"DATABASE_URL": "", "BROWSER_PATH": browser, "DEMO_DATA": str(run.folder / "demo")}
    run.tests("Tests in a browser", ["-m", "browser", "tests/browser", "-n", "2"], env, expression)


def missing_packages() -> list[str]:
    """The system's packages that the full run wants and does not find."""
    wanted = {
        "postgresql": os.environ.get("DATABASE_URL") or find_server(),
        "chromium-headless-shell": find_browser(),
        "libatomic1": ctypes.util.find_library("atomic") or sys.platform == "darwin",
        "fonts-noto-cjk": has_chinese_font(),
    }
    return [package for package, found in wanted.items() if not found]


def has_chinese_font() -> bool:
    """Whether the browser has a font for Chinese; where nobody can say, it is not asked for."""
    try:
        listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, timeout=30)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired):
        return sys.platform == "darwin" or Path("/usr/share/fonts/opentype/noto").exists()
    return bool(listed.stdout.strip())


def install_missing() -> str:
    """Install the missing packages where that is ours to do; else the line to type, which is also shown."""
    packages = missing_packages()
    if not packages or install_packages(packages):
        return ""
    hint = typed(packages)
    print(f"Missing: {', '.join(packages)}. {hint}", flush=True)
    return hint
