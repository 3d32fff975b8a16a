"""SQLite's triggers: written out for each table, column by column, since SQLite can't look into NEW and OLD."""

from collections.abc import Iterator, Sequence

from .postgresql import literal, quote
from .tracking import Column, Owner, Table

EXISTING = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'accord\\_%' ESCAPE '\\'"
COLUMNS = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'"
IS_ERASING = "accord_context('erasing') = '1'"


def triggers(table: Table, change_table: str) -> Iterator[tuple[str, str]]:
    """What each trigger of a table is for, and its SQL after the trigger's name."""
    on = quote(table.name)
    yield "insert", f"AFTER INSERT ON {on} BEGIN {_remember(table, 'NEW', change_table)} END"
    yield "delete", f"AFTER DELETE ON {on} BEGIN {_remember(table, 'OLD', change_table)} END"
    yield "update", _on_update(table, change_table)


def guards(table: str, say: str) -> Iterator[tuple[str, str]]:
    """The triggers that keep a table append-only; REPLACE would delete without firing the second."""
    on, refuse = quote(table), f"SELECT RAISE(ABORT, {literal(say)});"
    yield "update", f"BEFORE UPDATE ON {on} WHEN NOT {IS_ERASING} BEGIN {refuse} END"
    yield "delete", f"BEFORE DELETE ON {on} WHEN NOT {IS_ERASING} BEGIN {refuse} END"
    taken = f"EXISTS (SELECT 1 FROM {on} WHERE id = NEW.id)"
    yield "insert", f"BEFORE INSERT ON {on} WHEN {taken} AND NOT {IS_ERASING} BEGIN {refuse} END"


def drop(name: str, table: str) -> str:
    """The SQL that takes a trigger away."""
    return f"DROP TRIGGER {quote(name)}"


def _remember(table: Table, row: str, change_table: str) -> str:
    """The statements for a row that comes (NEW) or goes (OLD)."""
    filled = " UNION ALL ".join(
        f"SELECT {literal(column.name)} AS k, {_json(column, row)} AS v WHERE {row}.{quote(column.name)} IS NOT NULL"
        for column in table.columns
    )
    json = f"(SELECT json_group_object(k, json(v)) FROM ({filled}))"
    action, before, after = ("created", "NULL", json) if row == "NEW" else ("deleted", json, "NULL")
    plus = "" if row == "NEW" else " + 1"
    version = f"{row}.version{plus}" if table.versioned else "NULL"
    return _bumps(table.owners, row) + _insert(table, row, change_table, action, version, before, after) + ";"


def _on_update(table: Table, change_table: str) -> str:
    """One trigger for the change and the version, which SQLite keeps from firing itself.

    A version goes up with every real change and never down, though a stale object may write back the one it read.
    """
    differs = " OR ".join(_differs(column) for column in table.told) or "0"
    when, set_version = f"({differs})", ""
    if table.versioned:
        when += " OR NEW.version < OLD.version"
        set_version = (
            f"UPDATE {quote(table.name)} SET version = OLD.version + ({differs}) "
            f"WHERE {quote(table.pk)} = NEW.{quote(table.pk)};"
        )
    moved = " OR ".join(_differs(Column(name)) for name in table.links)
    bumps = _bumps(table.owners, "NEW", differs) + (_bumps(table.owners, "OLD", moved) if moved else "")
    pairs = " UNION ALL ".join(
        f"SELECT {literal(column.name)} AS k, {_json(column, 'OLD')} AS o, {_json(column, 'NEW')} AS n "
        f"WHERE {_differs(column)}"
        for column in table.told
    )
    version = "OLD.version + 1" if table.versioned else "NULL"
    before, after = "json_group_object(k, json(o))", "json_group_object(k, json(n))"
    insert = _insert(table, "NEW", change_table, "changed", version, before, after, moved)
    remember = f"{insert} FROM ({pairs}) HAVING count(*) > 0;" if pairs else ""
    return f"AFTER UPDATE ON {quote(table.name)} WHEN {when} BEGIN {set_version}{bumps}{remember or 'SELECT 1;'} END"


def _insert(
    table: Table, row: str, change_table: str, action: str, version: str, before: str, after: str, moved: str = ""
) -> str:
    """The statement that adds a change, up to the source of `before` and `after`."""
    itself = f"{row}.{quote(table.pk)}"
    kind, record, record_version = _record(table.owners, row)
    owned = f"{record} IS NOT NULL"
    left_kind, left, _ = _record(table.owners, "OLD") if moved else ("NULL", "NULL", "")
    went = f"({moved}) AND ({left_kind} IS NOT {kind} OR {left} IS NOT {record})" if moved else "0"
    values = {
        "kind": literal(table.kind),
        "row_id": itself,
        "version": version,
        "record_kind": f"CASE WHEN {owned} THEN {kind} ELSE {literal(table.kind)} END",
        "record_id": f"COALESCE({record}, {itself})",
        "record_version": f"CASE WHEN {owned} THEN {record_version} ELSE {version} END",
        "left_kind": f"CASE WHEN {went} THEN COALESCE({left_kind}, '') ELSE '' END",
        "left_id": f"CASE WHEN {went} THEN {left} END",
        "action": literal(action),
        "before": f"CASE WHEN NOT {IS_ERASING} THEN {before} END",
        "after": f"CASE WHEN NOT {IS_ERASING} THEN {after} END",
        "user_id": "CAST(nullif(accord_context('user'), '') AS INTEGER)",
        "reason": "accord_context('reason')",
        "request_id": "accord_context('request')",
    }
    return f"INSERT INTO {quote(change_table)} ({', '.join(values)}) SELECT {', '.join(values.values())}"


def _record(owners: Sequence[Owner], row: str) -> tuple[str, str, str]:
    """SQL for the kind, id and version of the record a row leads to; NULL where it leads to none."""
    kinds: list[str] = []
    ids: list[str] = []
    versions: list[str] = []
    if not owners:
        return "NULL", "NULL", "NULL"
    for owner in owners:
        direct = f"{row}.{quote(owner.column)}"
        kind, record = literal(owner.kind), direct
        table, pk = quote(owner.table), quote(owner.pk)
        version = f"(SELECT version FROM {table} WHERE {pk} = {direct})" if owner.versioned else "NULL"
        if owner.owners:
            up = quote(f"up_{owner.kind}")
            look = f"(SELECT {{}} FROM {table} {up} WHERE {up}.{pk} = {direct})"
            above_kind, above, above_version = map(look.format, _record(owner.owners, up))
            kind = f"CASE WHEN {above} IS NULL THEN {kind} ELSE {above_kind} END"
            version = f"CASE WHEN {above} IS NULL THEN {version} ELSE {above_version} END"
            record = f"COALESCE({above}, {direct})"
        for cases, value in ((kinds, kind), (ids, record), (versions, version)):
            cases.append(f"WHEN {_owns(owner, row)} THEN {value}")
    return f"CASE {' '.join(kinds)} END", f"CASE {' '.join(ids)} END", f"CASE {' '.join(versions)} END"


def _owns(owner: Owner, row: str) -> str:
    """Whether a row names this owner."""
    named = f"{row}.{quote(owner.column)} IS NOT NULL"
    if owner.when is None:
        return named
    column, value = owner.when
    return f"({row}.{quote(column)} = {literal(value)} AND {named})"


def _bumps(owners: Sequence[Owner], row: str, when: str = "1") -> str:
    """The statements that bump the version of everybody who owns a row."""
    return "".join(
        statement
        for owner, free in _in_order(owners, row)
        for statement in _bump(owner, f"{row}.{quote(owner.column)}", f"({when}){free}")
    )


def _bump(owner: Owner, key: str, when: str) -> Iterator[str]:
    table = quote(owner.table)
    itself = f"{table}.{quote(owner.pk)} = {key}"
    if owner.versioned:
        yield f"UPDATE {table} SET version = version + 1 WHERE {itself} AND {when};"
    for above, free in _in_order(owner.owners, table):
        found = f"(SELECT {table}.{quote(above.column)} FROM {table} WHERE {itself}{free})"
        yield from _bump(above, found, when)


def _in_order(owners: Sequence[Owner], row: str) -> Iterator[tuple[Owner, str]]:
    """Each owner, with the condition that the row names it and none before it."""
    earlier = ""
    for owner in owners:
        yield owner, f" AND {_owns(owner, row)}{earlier}"
        earlier += f" AND NOT {_owns(owner, row)}" if owner.when is None else ""


def _differs(column: Column) -> str:
    """Compare bytes, whatever collation the column has."""
    return f"OLD.{quote(column.name)} IS NOT NEW.{quote(column.name)} COLLATE BINARY"


def _json(column: Column, row: str) -> str:
    """A column's value as JSON text, in the form that PostgreSQL gives it."""
    cell = f"{row}.{quote(column.name)}"
    match column.form:
        case "json":
            return f"COALESCE(json({cell}), 'null')"
        case "boolean":
            return f"CASE WHEN {cell} IS NULL THEN 'null' WHEN {cell} THEN 'true' ELSE 'false' END"
        case "moment":
            return f"json_quote(replace({cell}, ' ', 'T') || '+00:00')"
        case "bytes":
            return f"CASE WHEN {cell} IS NULL THEN 'null' ELSE json_quote('\\x' || lower(hex({cell}))) END"
    return f"json_quote({cell})"
