"""What every test stands on: files in a folder of the run, cheap hashing, plain static files on both engines."""

import gc
import os
import shutil
import tempfile

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as how_to_try

from tests.memory.flushing import permit_flush

# What takes longest and changes least often: left out of `tests fast`, so that it answers within a minute.
SLOW = {
    "tests.access.test_account",
    "tests.access.test_language_of_names",
    "tests.access.test_second_factor",
    "tests.access.test_single_sign_on",
    "tests.agreements.test_approvals",
    "tests.agreements.test_filters",
    "tests.agreements.test_step_pages",
    "tests.agreements.test_steps",
    "tests.agreements.test_two_parties",
    "tests.agreements.test_walks",
    "tests.attachments.test_files",
    "tests.briefs.test_visits",
    "tests.calendars.test_feeds",
    "tests.calendars.test_pages",
    "tests.calendars.test_taking",
    "tests.funding.test_filters",
    "tests.funding.test_pages",
    "tests.home.test_home",
    "tests.intake.test_reading",
    "tests.intake.test_saving",
    "tests.letters.test_outbox",
    "tests.memory.test_middleware",
    "tests.memory.test_triggers",
    "tests.memory.test_who_acts",
    "tests.notes.test_notes",
    "tests.organisations.test_filters",
    "tests.organisations.test_pages",
    "tests.programmes.test_pages",
    "tests.questions.test_dealings",
    "tests.questions.test_of_the_office",
    "tests.questions.test_who_and_where",
    "tests.records.test_adding",
    "tests.records.test_conflicts",
    "tests.records.test_proving",
    "tests.records.test_timeline",
    "tests.reviews.test_queue",
    "tests.reviews.test_review",
    "tests.sources.test_forms",
    "tests.test_commands",
    "tests.test_every_record",
    "tests.test_fixtures",
    "tests.test_hostile_values",
    "tests.test_order",
    "tests.test_refusals",
    "tests.test_settings",
    "tests.test_what_is_hidden",
    "tests.undertakings.test_evidence",
    "tests.undertakings.test_signs",
    "tests.undertakings.test_undertakings",
    "tests.values.test_dates",
    "tests.visits.test_afterwards",
    "tests.visits.test_delegates",
    "tests.visits.test_filters",
    "tests.visits.test_forms",
    "tests.visits.test_steps",
    "tests.visits.test_taking_part",
    "tests.workshop.test_keeping",
    "tests.workshop.test_tables",
    "tests.workshop.test_values",
}


# What a test says that one database alone can run; the same run gives it to the other.
LEFT = "Left to the other database: "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of slow modules, and leave out those that only the other database runs, saying why."""
    for item in items:
        engine = item.get_closest_marker("engine")
        if engine and engine.args[0] != connection.vendor:
            item.add_marker(pytest.mark.skip(reason=LEFT + engine.args[1]))
        if item.module.__name__ in SLOW:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later collection of garbage: a tenth of a run goes there otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def passed_over(reports: list[pytest.TestReport]) -> list[str]:
    """The tests that were skipped for any other reason."""
    return [report.nodeid for report in reports if LEFT not in str(report.longrepr)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A clean run passes no test over but what the other database runs: a check that could not run has not passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    over = passed_over(reporter.stats.get("skipped", [])) if reporter and os.environ.get("CI") else []
    if over:
        reporter.write_line(f"Not run, so not passed: {', '.join(over)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    """Set what differs from the settings, before anything is built from them."""
    config.files_of_the_run = tempfile.mkdtemp(prefix="accord-files-")
    settings.MEDIA_ROOT = config.files_of_the_run
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.PLAIN_STATIC}}
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True  # otherwise each test's browser reads all static files anew
    settings.MFA_REQUIRED_ROLES = frozenset()
    permit_flush()
    # How long an example takes tells of the machine, not of the rule.
    how_to_try.register_profile("accord", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
    how_to_try.load_profile("accord")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no file behind."""
    shutil.rmtree(getattr(config, "files_of_the_run", ""), ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_kept_of_another_test():
    """Options are kept by the number of the last change, and a test that is taken back gives its numbers again."""
    caches["template_fragments"].clear()


@pytest.fixture
def workshop(db):
    """A browser of an admin who may enter the workshop."""
    from tests.asking import signed_in

    return signed_in("admin")
