"""Lets Django empty the database between tests, which the memory refuses to everybody else."""

from functools import wraps

from django.test import TransactionTestCase

from partnerships.memory.context import erasing
from partnerships.memory.models import Change


def permit_flush() -> None:
    """Let the flush at the end of tests with real transactions empty the memory too; calling it twice does no harm."""
    plain = TransactionTestCase._fixture_teardown
    if getattr(plain, "may_erase", False):
        return

    @wraps(plain)
    def teardown(self) -> None:
        with erasing():
            plain(self)
            Change.objects.all().delete()  # SQLite empties table by table, and remembers what followed its memory

    teardown.may_erase = True
    TransactionTestCase._fixture_teardown = teardown
