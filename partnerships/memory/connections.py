"""Tells each database connection who acts, so that its triggers can note it.

SQLite's triggers ask Python itself, through the function `accord_context`. A shell that lacks it can read but not
write tracked tables: such a write fails closed instead of passing unremembered.

PostgreSQL's triggers read settings that live no longer than their transaction (`set_config(…, true)`). They are set
before the first write of a transaction and whenever they no longer hold, so that nothing of one request can reach the
next on the same connection, whether the connection is kept, pooled by psycopg or shared through PgBouncer. A write
outside any transaction gets one of its own. Reading costs nothing; a transaction that writes costs one SELECT.
Writes that Django's cursor doesn't see as such (`cursor.copy()`, a SELECT of a writing function) need `tell()` first.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db import connections as databases
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from .context import NOBODY, Acting, current

IDLE = 0  # libpq's PQTRANS_IDLE: no transaction is open on the server
SETTINGS = {"user": "accord.user", "reason": "accord.reason", "request": "accord.request", "erasing": "accord.erasing"}
TELL = "SELECT " + ", ".join(f"set_config('{setting}', %s, true)" for setting in SETTINGS.values())
_STARTS_WRITING = re.compile(r"[\s(]*(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CALL|DO|EXECUTE)\b", re.IGNORECASE)
_WRITES_SOMEWHERE = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CALL|DO|EXECUTE)\b", re.IGNORECASE)
_PLAIN_SELECT = re.compile(r"[\s(]*SELECT\b[^;]*\Z", re.IGNORECASE)
_UNDOES = re.compile(r"\s*ROLLBACK\b", re.IGNORECASE)


@receiver(connection_created, dispatch_uid="accord.memory")
def equip(connection: Any, **kwargs: Any) -> None:
    """Give a new connection its way to ask or be told who acts."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("accord_context", 1, lambda name: current().told()[name])
    elif connection.vendor == "postgresql" and tell_before_writing not in connection.execute_wrappers:
        # In front, since a wrapper that is being used for a while is taken off from the end.
        connection.execute_wrappers.insert(0, tell_before_writing)


def tell(using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell the open transaction now who acts; for writes that can't be recognised by their SQL."""
    connection = databases[using]
    if connection.vendor == "postgresql":
        _tell(connection, current())


def tell_before_writing(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
    """Django's execute wrapper for PostgreSQL: say who acts before a write, unless this transaction knows."""
    connection = context["connection"]
    if connection.connection.info.transaction_status == IDLE:
        connection.accord_told = NOBODY
    if not isinstance(sql, str):
        sql = sql.as_string(connection.connection)
    if _UNDOES.match(sql):
        connection.accord_told = None  # a rollback to a savepoint takes back what was set after it
    elif writes(sql) and getattr(connection, "accord_told", None) != current():
        if connection.get_autocommit() and not connection.in_atomic_block:
            with transaction.atomic(using=connection.alias):
                _tell(connection, current())
                return execute(sql, params, many, context)
        _tell(connection, current())
    return execute(sql, params, many, context)


def writes(sql: str) -> bool:
    """Whether a statement may write; where its text alone can't say, the answer is yes."""
    if _STARTS_WRITING.match(sql):
        return True
    return not _PLAIN_SELECT.match(sql) and bool(_WRITES_SOMEWHERE.search(sql))


def _tell(connection: Any, who: Acting) -> None:
    told = who.told()
    with connection.cursor() as cursor:
        cursor.execute(TELL, [told[name] for name in SETTINGS])
    connection.accord_told = who
