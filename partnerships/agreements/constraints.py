"""An agreement has two parties or more: a rule over two tables, which the database itself enforces at commit.

Parties are rows of their own and come after their agreement, so the rule can be judged only when the transaction ends.
On PostgreSQL deferred constraint triggers count the parties at commit. SQLite has no such triggers, but deferred
foreign keys: an agreement that lacks parties has a row in a table of debts, whose foreign key points at nothing. The
debt goes when the second party comes or the agreement goes; one that is left at commit is refused.

Each trigger's name ends in a hash of its SQL, so one query tells which are current.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction

TABLES = {"partnerships_agreement", "partnerships_party"}

# `paid` points at an agreement_id that no row of this table can have.
DEBTS = """
CREATE TABLE IF NOT EXISTS partnerships_agreement_owes_parties (
  agreement_id INTEGER PRIMARY KEY,
  paid TEXT NOT NULL DEFAULT 'never'
    REFERENCES partnerships_agreement_owes_parties (agreement_id) DEFERRABLE INITIALLY DEFERRED
)
"""
OWE = """
INSERT INTO partnerships_agreement_owes_parties (agreement_id)
SELECT id FROM partnerships_agreement WHERE id = {agreement}
AND (SELECT count(*) FROM partnerships_party WHERE agreement_id = {agreement}) < 2
AND NOT EXISTS (SELECT 1 FROM partnerships_agreement_owes_parties WHERE agreement_id = {agreement});
"""
PAY = """
DELETE FROM partnerships_agreement_owes_parties WHERE agreement_id = {agreement}
AND (SELECT count(*) FROM partnerships_party WHERE agreement_id = {agreement}) >= 2;
"""
FORGIVE = "DELETE FROM partnerships_agreement_owes_parties WHERE agreement_id = OLD.id;"

# The agreement is held while its parties are counted, so that two transactions can't each take away one of three.
COUNT = """
CREATE OR REPLACE FUNCTION two_parties() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned bigint;
BEGIN
  IF TG_TABLE_NAME = 'partnerships_agreement' THEN concerned := NEW.id; ELSE concerned := OLD.agreement_id; END IF;
  PERFORM FROM partnerships_agreement WHERE id = concerned FOR NO KEY UPDATE;
  IF FOUND AND (SELECT count(*) FROM partnerships_party WHERE agreement_id = concerned) < 2 THEN
    RAISE EXCEPTION USING
      MESSAGE = 'An agreement needs at least two parties.', DETAIL = 'It is agreement ' || concerned || '.',
      ERRCODE = 'check_violation', TABLE = 'partnerships_agreement', CONSTRAINT = 'an_agreement_has_two_parties';
  END IF;
  RETURN NULL;
END $$
"""

FOUND_ON_SQLITE = """
SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'two\\_parties\\_%' ESCAPE '\\'
"""
FOUND_ON_POSTGRESQL = """
SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname LIKE 'two\\_parties\\_%' AND c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
"""

Trigger = tuple[str, str]  # its name and its table


def before_migrating(*, using: str, plan: list, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`: SQLite refuses to rename a table while a trigger names one that is being rebuilt."""
    if plan:
        lift(connections[using])


def after_migrating(*, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: Django drops a table's triggers on SQLite when it rebuilds the table."""
    install(connections[using])


def install(connection: Any) -> list[str]:
    """Bring the rule's triggers up to date; the names of those that were missing. Quick if none was."""
    existing, wanted = _existing(connection), _wanted(connection)
    missing = [one for one in wanted if one not in existing]
    if not missing and len(existing) == len(wanted) or not _tables_stand(connection):
        return []
    shared = COUNT if connection.vendor == "postgresql" else DEBTS
    _run(connection, [shared, *(_dropping(connection, *one) for one in existing if one not in wanted)])
    _run(connection, [wanted[one] for one in missing])
    return sorted(name for name, _ in missing)


def lift(connection: Any) -> None:
    """Take the triggers away where they would hinder a migration: on SQLite."""
    if connection.vendor == "sqlite":
        _run(connection, [_dropping(connection, *one) for one in _existing(connection)])


def _tables_stand(connection: Any) -> bool:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor)) >= TABLES


def _existing(connection: Any) -> set[Trigger]:
    with connection.cursor() as cursor:
        cursor.execute(FOUND_ON_POSTGRESQL if connection.vendor == "postgresql" else FOUND_ON_SQLITE)
        return set(cursor.fetchall())


def _wanted(connection: Any) -> dict[Trigger, str]:
    """The triggers that this engine needs, with the SQL that creates each."""
    bodies, shared = (_counting(), COUNT) if connection.vendor == "postgresql" else (_owing(), DEBTS)
    wanted = {}
    for purpose, table, body in bodies:
        name = f"two_parties_{purpose}_{hashlib.sha256((shared + body).encode()).hexdigest()[:12]}"
        kind = "CONSTRAINT TRIGGER" if connection.vendor == "postgresql" else "TRIGGER"
        wanted[name, table] = f"CREATE {kind} {name} {body}"
    return wanted


def _counting() -> Iterator[tuple[str, str, str]]:
    """Purpose, table and body of PostgreSQL's triggers: they count when an agreement has come or a party has left."""
    for purpose, table, event, condition in (
        ("came", "partnerships_agreement", "INSERT OR UPDATE OF id", ""),
        ("left", "partnerships_party", "DELETE", ""),
        ("moved", "partnerships_party", "UPDATE OF agreement_id", "WHEN (OLD.agreement_id <> NEW.agreement_id)"),
    ):
        deferred = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        yield purpose, table, f"AFTER {event} ON {table} {deferred} {condition} EXECUTE FUNCTION two_parties()"


def _owing() -> Iterator[tuple[str, str, str]]:
    """Purpose, table and body of SQLite's triggers: they make debts, pay them, and forgive those of what is gone."""
    owe_new, owe_old = OWE.format(agreement="NEW.id"), OWE.format(agreement="OLD.agreement_id")
    pay = PAY.format(agreement="NEW.agreement_id")
    for purpose, table, event, steps in (
        ("came", "partnerships_agreement", "INSERT", owe_new),
        ("renumbered", "partnerships_agreement", "UPDATE OF id", FORGIVE + owe_new),
        ("gone", "partnerships_agreement", "DELETE", FORGIVE),
        ("joined", "partnerships_party", "INSERT", pay),
        ("left", "partnerships_party", "DELETE", owe_old),
        ("moved", "partnerships_party", "UPDATE OF agreement_id", pay + owe_old),
    ):
        yield purpose, table, f"AFTER {event} ON {table} BEGIN {steps} END"


def _dropping(connection: Any, name: str, table: str) -> str:
    return f"DROP TRIGGER {name} ON {table}" if connection.vendor == "postgresql" else f"DROP TRIGGER {name}"


def _run(connection: Any, statements: list[str]) -> None:
    """Execute all statements or none."""
    if statements:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
