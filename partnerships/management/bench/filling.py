"""A lifelike register of any size, the same for every run: so many agreements and visits, and others in proportion."""

from collections.abc import Callable, Iterable
from itertools import islice

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from partnerships.agreements import constraints
from partnerships.management.bench.making import Generator
from partnerships.memory import triggers
from partnerships.memory.tracking import tracked_tables
from partnerships.records import catalogue

BATCH = 2000


def fill(rows: int, say: Callable[[str], object]) -> None:
    """Fill an empty, migrated database with `rows` agreements, as many visits, and others in proportion.

    The triggers rest meanwhile: what they would have remembered of each record is written in one statement a table.
    """
    made = Generator(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    with transaction.atomic():
        rest(True)
        for rows_of in (made.places, made.organisations, made.names, made.people, made.posts, made.partnerships,
                        made.sources, made.agreements, made.parties, made.visits, made.participants, made.items,
                        made.visit_agreements, made.follow_ups, made.undertakings, made.programmes, made.institutions,
                        made.cohorts, made.projects, made.funding, made.statements, made.gaps):  # fmt: skip
            store(rows_of())
            say(rows_of.__name__)
        reset_sequences()
        remember()
        rest(False)
    with transaction.atomic():
        catalogue.rebuild()
    say("catalogue")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def account(role: str):
    """An account with a role."""
    user = get_user_model().objects.create(username=f"bench-{role}")
    user.groups.add(Group.objects.get(name=role))
    return user


def store(rows: Iterable[Model]) -> None:
    """Insert rows of one model, a batch at a time."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        type(batch[0])._default_manager.bulk_create(batch)


def rest(is_resting: bool) -> None:
    """Let the triggers rest, or set them again."""
    if connection.vendor == "sqlite" and is_resting:
        triggers.lift_triggers(connection)
        constraints.lift(connection)
        return
    if connection.vendor == "sqlite":
        triggers.install_triggers(connection)
        constraints.install(connection)
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tracked_tables():
            cursor.execute(f'ALTER TABLE "{table.name}" {"DISABLE" if is_resting else "ENABLE"} TRIGGER USER')


def reset_sequences() -> None:
    """Let the database count on from the ids that were given here."""
    made = list(connection.introspection.installed_models(connection.introspection.table_names()))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)


def remember() -> None:
    """The creation of every record, as the triggers would have noted it."""
    with connection.cursor() as cursor:
        for table in tracked_tables():
            if table.versioned:
                cursor.execute(
                    "INSERT INTO partnerships_change"
                    " (kind, row_id, version, record_kind, record_id, record_version, action, after)"
                    f" SELECT '{table.kind}', id, 1, '{table.kind}', id, 1, 'created', '{{}}' FROM {table.name}"
                )
