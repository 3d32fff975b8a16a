"""The commands keep their promises: locks, set-up, demo, health, and the test run's own honesty."""

import ast
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config import environment
from partnerships.home import health
from partnerships.management.commands import demo
from partnerships.management.postgresql import free_port
from partnerships.management.stages import Counts, Run, read_report

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [environment.RUNTIME, environment.DEV]
PASSED = """<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/></testsuites>"""


def pins(lock: Path) -> dict[str, str]:
    """The versions in a lock, by the package's plain name."""
    found = environment.PIN.findall(lock.read_text(encoding="utf-8"))
    return {canonicalize_name(name): version for name, version, _ in found}


# The locks


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_hashes_every_package(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_has_a_pin_that_satisfies_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, dev = (pins(lock) for lock in LOCKS)
    wanted = [(Requirement(each), runtime) for each in project["dependencies"]]
    wanted += [(Requirement(each), dev) for each in project["optional-dependencies"]["dev"]]
    found = {one.name: one.specifier.contains(held.get(canonicalize_name(one.name), "0")) for one, held in wanted}
    assert [name for name, holds in found.items() if not holds] == []


def test_the_lock_for_tests_holds_every_pin_of_the_runtime():
    runtime, dev = (pins(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in runtime} == runtime


def test_a_set_up_for_tests_also_serves_the_other_commands():
    assert environment.mark_for(environment.RUNTIME) < environment.mark_for(environment.DEV)


def test_the_active_packages_are_the_locked_ones(tmp_path):
    other = tmp_path / "other.lock"
    other.write_text("django==1.0 \\\n    --hash=sha256:0\n")
    assert environment.missing(environment.DEV) == []
    assert environment.missing(other) == ["django"]


@pytest.mark.parametrize(("value", "trusts"), [("true", False), ("1", False), ("", True)])
def test_a_clean_run_trusts_no_environment_but_its_own(value, trusts, monkeypatch):
    monkeypatch.setenv("CI", value)
    assert environment.trusts_active() is trusts


def test_a_second_set_up_waits_for_the_first(tmp_path):
    script = "import sys; from pathlib import Path; from config.environment import alone\n"
    script += "with alone(Path(sys.argv[1])): print('mine', flush=True)"
    with environment.alone(tmp_path / "lock"):
        other = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "lock")], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout.readline() == "Waiting for another set-up to finish\n"
    assert other.communicate(timeout=20)[0] == "mine\n"


def test_an_old_python_can_read_the_command_that_tells_it_so():
    ast.parse((ROOT / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 6))


# Health


def answer(view) -> tuple[int, str]:
    """The status and the sentence of a view."""
    response = view(RequestFactory().get("/"))
    return response.status_code, response.content.decode()


def test_alive_is_told_without_a_database():
    assert answer(health.healthz) == (200, "Accord is alive.\n")


@pytest.mark.django_db(transaction=True)
def test_ready_is_told_once_all_migrations_are_there():
    assert answer(health.readyz) == (200, "Accord is ready.\n")
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("sessions", "0001_initial")
    try:
        assert answer(health.readyz) == (503, "Accord is not ready: the database lacks migrations.\n")
    finally:
        recorder.record_applied("sessions", "0001_initial")


def test_a_database_that_does_not_answer_is_told(monkeypatch):
    class Away:
        vendor = "none"

        def __getattr__(self, name):
            raise DatabaseError("gone")

        def close(self):
            pass

    monkeypatch.setattr(health, "fresh_connection", Away)
    assert answer(health.readyz) == (503, "Accord is not ready: the database does not answer.\n")


# The demo


def test_a_busy_port_is_told_in_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"^Port {number} is in use: choose another with --port"):
            demo.refuse_busy(number)


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", ""])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(CommandError, match="^A port is a number from 1 to 65535"):
        demo.port_number(text)


def test_the_demo_refuses_a_database_of_the_service(settings):
    settings.SERVICE = True
    with pytest.raises(CommandError, match="^The demo runs on SQLite only"):
        call_command("demo")


class Demo:
    """A demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        env = {**os.environ, "ACCORD_VAR": str(folder), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "manage.py", "demo", "--port", str(self.port)]
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: list[str] = []
        for line in self.process.stdout:
            self.lines.append(line)
            if "Stop with Ctrl-C" in line:
                break
        self.seconds = time.monotonic() - self.started

    def __enter__(self) -> "Demo":
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.lines.append(self.process.communicate(timeout=20)[0])

    def get(self, path: str) -> tuple[int, str]:
        """What the demo answers to a visitor who follows redirects."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
            return response.status, response.read().decode()


@pytest.mark.slow
@pytest.mark.engine("sqlite", "the demo has a database of its own, whatever the suite runs on")
def test_the_demo_starts_keeps_its_data_and_stops_cleanly(tmp_path):
    with Demo(tmp_path) as first:
        assert first.get("/healthz") == (200, "Accord is alive.\n"), first.lines
        assert first.get("/readyz") == (200, "Accord is ready.\n")
    assert first.process.returncode == 0
    assert first.lines[-1] == ""
    database = (tmp_path / "accord.sqlite3").stat().st_ino
    with Demo(tmp_path) as second:
        assert second.get("/readyz") == (200, "Accord is ready.\n")
    assert [line.split(" (")[0] for line in second.lines if "Preparing" in line] == []
    assert (tmp_path / "accord.sqlite3").stat().st_ino == database


# The test run


def test_an_error_counts_as_a_failure(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(PASSED)
    assert read_report(report) == Counts(passed=2, failed=2, skipped=1)
    assert str(Counts(2, 2, 1)) == "2 passed, 2 failed, 1 skipped"
    assert str(Counts(2, 0, 0)) == "2 passed, 0 failed"


def test_a_clean_run_passes_over_nothing_but_what_the_other_database_runs(tmp_path):
    shutil.copy(ROOT / "tests/conftest.py", tmp_path / "conftest.py")
    engines = (
        'import pytest\n\n@pytest.mark.engine("oracle", "so it is")\ndef test_left(): pass\ndef test_run(): pass\n'
    )
    codes = []
    for more in ("", "\n@pytest.mark.skip(reason='no time')\ndef test_over(): pass\n"):
        (tmp_path / "test_some.py").write_text(engines + more)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            ROOT / "pyproject.toml",
            tmp_path,
        ]
        env = {**os.environ, "CI": "true"}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        codes.append((done.returncode, "Not run, so not passed" in done.stdout))
    assert codes == [(0, False), (1, True)]


def test_steps_side_by_side_are_told_of_in_their_order_each_with_what_it_printed(tmp_path, capfd):
    run = Run(tmp_path, tmp_path)
    slow = "import os, time; time.sleep(0.3); print(os.environ['WORD'])"
    fails = "import sys; print('second', file=sys.stderr); sys.exit(3)"
    run.steps([("Slow", ["-c", slow], {"WORD": "first"}), ("Fails", ["-c", fails], {})])
    assert [(stage.name, stage.outcome, stage.reason) for stage in run.stages] == [
        ("Slow", "passed", ""),
        ("Fails", "failed", "exit 3"),
    ]
    told = capfd.readouterr().out.splitlines()
    assert [line for line in told if line and not line.startswith("--")] == [
        "== Slow ==",
        "first",
        "== Fails ==",
        "second",
    ]


def test_a_stage_without_a_test_is_not_passed(tmp_path, capfd):
    run = Run(tmp_path, tmp_path)
    (tmp_path / "config").symlink_to(ROOT / "config")
    (tmp_path / "partnerships").symlink_to(ROOT / "partnerships")
    run.tests("Nothing", ["-p", "no:cacheprovider"], {"DATABASE_URL": ""}, "")
    run.skip("Browser", "there is no Chromium")
    assert [(stage.outcome, stage.reason) for stage in run.stages] == [
        ("failed", "no test was run"),
        ("not run", "there is no Chromium"),
    ]
    assert run.summary()[-2:] == ["NOT RUN: Browser: there is no Chromium", "0 passed, 0 failed"]
