"""The demo that is looked at, the browser that looks, and a person who sits before it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, Browser, expect, sync_playwright

from config.safety import DEMO_ACCOUNTS, DEMO_PASSWORD
from partnerships.management.stages import find_browser
from tests.browser.person import Person

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
SET_UP_SECONDS = 300
PATIENCE = 20_000  # milliseconds
TROUBLE = (" ERROR ", " CRITICAL ", "[ERROR]", "[CRITICAL]")
OUR_OWN = ("DATABASE_URL", "ACCORD_SERVICE", "PORT", "STATIC_ROOT", "FILES_ROOT", "EMAIL_HOST", "PYTEST_CURRENT_TEST")


class Server:
    """The demo under test, with its own data, at its own port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.told = folder / "demo.log"
        if os.environ.get("DEMO_DATA"):  # the run of all tests sets it up once, for every process a copy
            shutil.copytree(os.environ["DEMO_DATA"], folder / "var")
        env = {name: value for name, value in os.environ.items() if name not in OUR_OWN}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env={**env, "ACCORD_VAR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "config.settings"},
            stdin=subprocess.DEVNULL,
            stdout=self.told.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def wait(self) -> None:
        """Return when it is ready, or raise an error with what it said."""
        until = time.monotonic() + SET_UP_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"The demo did not become ready:\n{self.said()}")

    def said(self) -> str:
        """Everything that it printed so far."""
        return self.told.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End it, and wait until it has gone."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def served(folder: Path) -> Iterator[Server]:
    """A demo with data of its own, as long as it is looked at."""
    made = Server(folder)
    try:
        made.wait()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One demo for each process of the run."""
    yield from served(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; without one the tests are skipped, and fail where nothing may be missing (CI)."""
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("There is no Chromium: install it or set BROWSER_PATH.")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS + root)
        yield made
        made.close()


def enter(asks: APIRequestContext, address: str, account: str) -> None:
    """Send the sign-in form without drawing it, which `test_signing_in` does."""
    page = f"{address}/accounts/login/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', asks.get(page).text())
    form = {"csrfmiddlewaretoken": token[1], "login": account, "password": DEMO_PASSWORD}
    answer = asks.post(page, form=form, headers={"Referer": page})
    assert (answer.status, answer.url) == (200, f"{address}/")


@pytest.fixture(scope="session")
def passes(browser: Browser, server: Server) -> dict[str, dict]:
    """What each account's browser holds once it has signed in."""
    return passes_of(browser, server)


def passes_of(browser: Browser, server: Server) -> dict[str, dict]:
    """The same for a demo of one's own."""
    found = {}
    for name in DEMO_ACCOUNTS:
        context = browser.new_context(base_url=server.address)
        enter(context.request, server.address, name)
        found[name] = context.storage_state()
        context.close()
    return found


@pytest.fixture
def person(browser: Browser, server: Server, passes: dict[str, dict]) -> Iterator[Person]:
    """Somebody at a browser. The test fails on a foreign request, an error in the console or on the server."""
    somebody = Person(browser, server.address, passes, PATIENCE)
    before = len(server.said())
    yield somebody
    somebody.leave()
    trouble = [line for line in server.said()[before:].splitlines() if any(word in line for word in TROUBLE)]
    assert somebody.faults + trouble == []
