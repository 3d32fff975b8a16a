"""Rows to change, and how to look at what was remembered of it."""

from types import SimpleNamespace

import pytest

from partnerships.memory.models import Change
from partnerships.models import Organisation, Place, Project
from tests.memory.flushing import permit_flush

permit_flush()


@pytest.fixture
def user(db, django_user_model):
    return django_user_model.objects.create(username="ada", first_name="Ada", last_name="Lovelace")


@pytest.fixture
def register(db):
    """Two organisations, two projects and a place."""
    surrey = Organisation.objects.create(handle="surrey", name="University of Surrey", is_home=True)
    wuhan = Organisation.objects.create(handle="wuhan", name="Wuhan University")
    return SimpleNamespace(
        surrey=surrey,
        wuhan=wuhan,
        first=Project.objects.create(handle="first", title="First"),
        second=Project.objects.create(handle="second", title="Second"),
        place=Place.objects.create(handle="place", name="Guildford", kind="city"),
    )


@pytest.fixture
def changes(db):
    """What was remembered since the last look, as (kind, row, action, before, after)."""
    last = 0

    def look():
        nonlocal last
        rows = list(Change.objects.filter(pk__gt=last).order_by("pk"))
        last = rows[-1].pk if rows else last
        return [(row.kind, row.row_id, row.action, row.before, row.after) for row in rows]

    return look
