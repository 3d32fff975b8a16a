"""The stages of a test run: what each runs, how long it took and how it ended."""

import os
import secrets
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from config.environment import say

NO_TESTS = 5
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@dataclass
class Counts:
    """What pytest counted; an error is counted as a failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


@dataclass
class Stage:
    """One stage: its outcome is "passed", "failed" or "not run", and why."""

    name: str
    outcome: str = "not run"
    reason: str = ""
    seconds: float = 0
    counts: Counts = field(default_factory=Counts)


class Run:
    """Runs stages one after the other, from the project's root, and keeps how each ended."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder
        self.stages: list[Stage] = []

    def steps(self, commands: Sequence[tuple[str, Sequence[str], Mapping[str, str]]]) -> None:
        """Run modules of the environment ("ruff", "check", "."), two at a time; one passes where it exits 0.

        Each is a name, its words and what it adds to the environment. They are told of in their order, each with
        everything that it printed.
        """
        with ThreadPoolExecutor(2) as pool:
            running = [(name, pool.submit(self.hear, [sys.executable, *words], env)) for name, words, env in commands]
            for name, heard in running:
                stage = self.begin(name)
                code, said, seconds = heard.result()
                print(said, end="", flush=True)
                outcome, reason = ("passed", "") if code == 0 else ("failed", f"exit {code}")
                self.end(stage, time.monotonic() - seconds, outcome, reason)

    def tests(self, name: str, arguments: Sequence[str], env: Mapping[str, str], expression: str) -> None:
        """Run pytest. No test collected counts as not passed, unless -k left none here."""
        stage = self.begin(name)
        started = time.monotonic()
        report = self.folder / f"report-{len(self.stages)}.xml"
        chosen = ["-k", expression] if expression else []
        command = [sys.executable, "-m", "pytest", "-ra", f"--junit-xml={report}", *arguments, *chosen]
        code = self.call(command, {"ACCORD_VAR": str(self.folder / "var"), **env})
        stage.counts = read_report(report)
        if code == NO_TESTS or (code == 0 and not stage.counts.passed):
            outcome, reason = ("passed", "none chosen by -k") if expression else ("failed", "no test was run")
        elif code:
            outcome, reason = "failed", str(stage.counts)
            stage.counts.failed = stage.counts.failed or 1
        else:
            outcome, reason = "passed", str(stage.counts)
        self.end(stage, started, outcome, reason)

    def skip(self, name: str, reason: str) -> None:
        """Record that a stage lacks a tool, which --allow-missing forgives."""
        self.end(self.begin(name), time.monotonic(), "not run", reason)

    def fail(self, name: str, reason: str) -> None:
        """Record that a stage could not begin though its tools are there."""
        self.end(self.begin(name), time.monotonic(), "failed", reason)

    def begin(self, name: str) -> Stage:
        """A heading, and the stage it announces."""
        say(f"\n== {name} ==")
        stage = Stage(name)
        self.stages.append(stage)
        return stage

    def end(self, stage: Stage, started: float, outcome: str, reason: str) -> None:
        """Record how a stage ended."""
        stage.outcome, stage.reason, stage.seconds = outcome, reason, time.monotonic() - started
        say(f"-- {stage.name}: {outcome} in {stage.seconds:.1f} s")

    def call(self, command: Sequence[str], env: Mapping[str, str]) -> int:
        """The exit status of a command that takes no input."""
        return subprocess.call(list(command), cwd=self.root, env=self.surroundings(env), stdin=subprocess.DEVNULL)

    def hear(self, command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str, float]:
        """The exit status of a command that takes no input, what it printed, and its seconds."""
        started = time.monotonic()
        done = subprocess.run(
            list(command),
            cwd=self.root,
            env=self.surroundings(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.returncode, done.stdout.decode(errors="replace"), time.monotonic() - started

    def surroundings(self, env: Mapping[str, str]) -> dict[str, str]:
        """The environment of every command, with what this one adds."""
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **env}

    def missing(self) -> list[Stage]:
        """The stages that could not run."""
        return [stage for stage in self.stages if stage.outcome == "not run"]

    def failed(self) -> list[Stage]:
        """The stages that ran and did not pass."""
        return [stage for stage in self.stages if stage.outcome == "failed"]

    def summary(self) -> list[str]:
        """A line per stage, then what could not run, then the counts of all tests alone on the last line."""
        lines = ["", "== Summary =="]
        lines += [
            f"{each.outcome:8} {each.seconds:6.1f} s  {each.name}  {each.reason}".rstrip() for each in self.stages
        ]
        lines += [f"NOT RUN: {each.name}: {each.reason}" for each in self.missing()]
        return [*lines, str(self.counts())]

    def counts(self) -> Counts:
        """The tests of all stages together."""
        return sum((stage.counts for stage in self.stages), Counts())


def read_report(report: Path) -> Counts:
    """The counts in pytest's JUnit report; none where pytest did not come to write it."""
    if not report.exists():
        return Counts()
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314, written by our own pytest
    counts = Counts()
    for suite in suites:
        total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        counts += Counts(max(total - skipped - failed, 0), failed, skipped)
    return counts


def service_env(folder: Path, database: str) -> dict[str, str]:
    """Settings that service accepts; the tests speak plain HTTP, so nothing redirects them."""
    return {
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": "",
        "DEBUG": "0",
        "ACCORD_VAR": str(folder / "service"),
        "STATIC_ROOT": str(folder / "static"),
    }


def find_browser() -> str | None:
    """The browser to test with: BROWSER_PATH, else the machine's Chromium."""
    named = os.environ.get("BROWSER_PATH")
    return named if named and os.access(named, os.X_OK) else next(filter(None, map(shutil.which, BROWSERS)), None)
