"""Who enters the workshop."""

import pytest
from django.test import Client

from tests.asking import signed_in


@pytest.fixture
def client(db) -> Client:
    """An admin's browser."""
    return signed_in("admin")
