"""Installs the triggers that remember every change, on SQLite (3.40 or newer) and PostgreSQL (14 or newer).

A trigger's name ends in a hash of its own SQL, so one query tells which are current. SQLite refuses to rename tables
and to drop columns that a trigger names, so before migrations its triggers are lifted and afterwards set again: what
a data migration changes there is not remembered. On PostgreSQL they stay.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from . import postgresql, sqlite
from .tracking import APP, Owner, Table, append_only_tables, tracked_tables

Found = dict[str, set[str]]
APPEND_ONLY = "the memory of changes is append-only"


def before_migrating(*, using: str, plan: list, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    if plan:
        lift_triggers(connections[using])


def after_migrating(*, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`."""
    install_triggers(connections[using])


def install_triggers(connection: Any) -> list[str]:
    """Bring the database's triggers up to date; the names of those that were missing. Quick if nothing was."""
    existing, wanted = _existing(connection), _wanted(connection)
    stale = [name for name in existing if name not in wanted]
    missing = [name for name in wanted if name not in existing]
    statements = [_engine(connection).drop(name, table) for name, table in stale]
    if missing and connection.vendor == "postgresql":
        statements.append(postgresql.functions(_change_table()))
    statements += [wanted[name] for name in missing]
    _run(connection, statements)
    return sorted(name for name, _ in missing)


def lift_triggers(connection: Any) -> None:
    """Take all triggers away where they would hinder a migration: on SQLite."""
    if connection.vendor == "sqlite":
        _run(connection, [sqlite.drop(name, table) for name, table in _existing(connection)])


def missing_triggers(connection: Any) -> list[str]:
    """The triggers that the database should have and hasn't: if there are any, changes go unremembered."""
    existing = _existing(connection)
    return sorted(f"{table}: {name}" for name, table in _wanted(connection) if (name, table) not in existing)


def _run(connection: Any, statements: list[str]) -> None:
    if statements:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _wanted(connection: Any) -> dict[tuple[str, str], str]:
    """Each trigger's name and table with the SQL that creates it."""
    with connection.cursor() as cursor:
        cursor.execute(_engine(connection).COLUMNS)
        found: Found = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    change_table = _change_table()
    if change_table not in found:
        return {}
    wanted = {}
    for table, purpose, body in _bodies(connection, change_table, found):
        shared = postgresql.FUNCTIONS if connection.vendor == "postgresql" else ""
        name = f"accord_{purpose}_{hashlib.sha256((table + body + shared).encode()).hexdigest()[:12]}"
        wanted[name, table] = f"CREATE TRIGGER {name} {body}"
    return wanted


def _bodies(connection: Any, change_table: str, found: Found) -> Iterator[tuple[str, str, str]]:
    """The table, purpose and SQL of every trigger."""
    engine = _engine(connection)
    for name, say in {change_table: APPEND_ONLY, **append_only_tables()}.items():
        if name in found:
            for purpose, body in engine.guards(name, say):
                yield name, purpose, body
    for table in tracked_tables():
        if table.name in found:
            for purpose, body in engine.triggers(_as_it_stands(table, found), change_table):
                yield table.name, purpose, body


def _as_it_stands(table: Table, found: Found) -> Table:
    """The table without what a database in the middle of its migrations doesn't have."""
    columns = found[table.name]
    return replace(
        table,
        columns=tuple(column for column in table.columns if column.name in columns),
        versioned=table.versioned and "version" in columns,
        owners=_that_stand(table.owners, columns, found),
    )


def _that_stand(owners: tuple[Owner, ...], columns: set[str], found: Found) -> tuple[Owner, ...]:
    return tuple(
        replace(
            owner,
            versioned=owner.versioned and "version" in found[owner.table],
            owners=_that_stand(owner.owners, found[owner.table], found),
        )
        for owner in owners
        if owner.column in columns and owner.table in found and (owner.when is None or owner.when[0] in columns)
    )


def _existing(connection: Any) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_engine(connection).EXISTING)
        return set(cursor.fetchall())


def _engine(connection: Any) -> Any:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def _change_table() -> str:
    return apps.get_model(APP, "Change")._meta.db_table
