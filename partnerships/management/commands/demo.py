"""The demo: a first look at Accord with its fixtures and four accounts, on SQLite, at this machine only."""

import fcntl
import hashlib
import os
import shutil
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.db.migrations.exceptions import InconsistentMigrationHistory

from config.environment import alone, say
from config.safety import DEMO_ACCOUNTS, DEMO_PASSWORD

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Set up once, then serve; a second start keeps what was entered."""

    help = "Try Accord at this machine, with example data and accounts."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port, and whether to start again from the fixtures."""
        parser.add_argument("--port", default="", help="the port to serve on (8000, or PORT)")
        parser.add_argument("--fresh", action="store_true", help="throw the demo's data away and start again")
        parser.add_argument("--prepare", action="store_true", help="set up what is missing, and serve nothing")

    def handle(self, *args: str, port: str, fresh: bool, prepare: bool, **options: object) -> None:
        """Set up what is missing and serve until Ctrl-C."""
        if settings.SERVICE:
            raise CommandError("The demo runs on SQLite only. Unset DATABASE_URL and ACCORD_SERVICE, then try again.")
        settings.DEBUG = False
        number = port_number(port or os.environ.get("PORT") or "8000")
        if not prepare:
            refuse_busy(number)
        with alone(settings.VAR / "demo.lock"):
            if fresh or mark("unfinished").exists():
                remove_everything()
            set_up()
            serving = share(settings.VAR / "serving.lock")
        connections.close_all()
        if not prepare:
            serve(number)
        serving.close()


def port_number(text: str) -> int:
    """A port number, from 1 to 65535."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"A port is a number from 1 to 65535, not “{text}”.")
    return int(text)


def refuse_busy(port: int) -> None:
    """Say so before any work, if somebody else listens at the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CommandError(f"Port {port} is not yours to use: choose another with --port.") from None
        except OSError:
            raise CommandError(
                f"Port {port} is in use: choose another with --port, such as --port {port % 60000 + 1}."
            ) from None


def mark(name: str) -> Path:
    """The file that records how far the set-up came."""
    return Path(settings.VAR) / f"demo-{name}"


def share(path: Path) -> IO[str]:
    """Hold the lock of those who serve; --fresh looks whether anybody does."""
    handle = path.open("a")
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def remove_everything() -> None:
    """Remove the demo's database and files, unless another demo is serving them."""
    with (settings.VAR / "serving.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Another demo is serving this data: stop it first.") from None
        database = Path(settings.DATABASES["default"]["NAME"])
        mark("ready").unlink(missing_ok=True)
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def set_up() -> None:
    """Bring the database to the newest migration; the first time, load the fixtures and make the accounts.

    Fixtures whose loading breaks off leave the mark "unfinished", and the next start begins anew.
    """
    head = digest_of_migrations()
    was_ready = Path(settings.DATABASES["default"]["NAME"]).exists() and mark("ready").exists()
    if was_ready and mark("ready").read_text(encoding="ascii") == head:
        return
    say("Preparing the demo (1/3): the database")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except InconsistentMigrationHistory:
        raise CommandError("This data is of another version of Accord: start again with --fresh.") from None
    if not was_ready and not apps.get_model("partnerships", "Organisation").objects.exists():
        say("Preparing the demo (2/3): the example data")
        mark("unfinished").touch()
        call_command("load_fixtures", verbosity=0)
    say("Preparing the demo (3/3): the accounts")
    make_accounts()
    mark("ready").write_text(head, encoding="ascii")
    mark("unfinished").unlink(missing_ok=True)


def digest_of_migrations() -> str:
    """One text that changes with any migration, ours or a library's (whose versions the lock names)."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    for path in sorted(root.glob("partnerships/migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@transaction.atomic
def make_accounts() -> None:
    """One account for each role. Their published password passes no rule: service refuses to start with it."""
    for name in DEMO_ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(username=name)
        if created:
            user.set_password(DEMO_PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=name))


def serve(port: int) -> None:
    """Serve with one worker, since limits on logins are counted in its memory."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            """The few settings that differ from gunicorn's own."""
            self.cfg.set("bind", f"{HOST}:{port}")
            self.cfg.set("workers", 1)
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("threads", 8)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("graceful_timeout", 3)
            self.cfg.set("control_socket_disable", True)
            self.cfg.set("post_worker_init", lambda worker: welcome(port))

        def load(self) -> object:
            """The application, imported in the worker."""
            from config.wsgi import application

            return application

    Server().run()


def welcome(port: int) -> None:
    """Say where Accord is and who can log in."""
    names = ", ".join(DEMO_ACCOUNTS)
    say(f"Accord is at http://{HOST}:{port}/")
    say(f"Log in as {names}; the password of each is {DEMO_PASSWORD}. Stop with Ctrl-C.")
