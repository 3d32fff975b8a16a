"""What was typed, moved onto rows as they are now: a row that somebody removed meanwhile can't be saved as before."""

import re
from collections import defaultdict

from django.http import QueryDict

from partnerships.access.scoping import scope
from partnerships.records.kinds import Kind
from partnerships.records.rows import MOST_ROWS

Row = dict[str, list[str]]


def rebased(kind: Kind, record, user, data: QueryDict) -> tuple[QueryDict, dict[tuple[str, int], str]]:
    """The typed data with rows that are gone turned into new ones, ticked for removal, and where each of them stands.

    Nothing that was typed is lost: taking the tick away keeps such a row as a new one.
    """
    moved = data.copy()
    gone: dict[tuple[str, int], str] = {}
    for rows in kind.rows:
        name = rows.fk or kind.model._meta.model_name
        there = scope(user, rows.model._default_manager.filter(**{str(name): record})).values_list("pk", flat=True)
        gone |= rebase(moved, rows.prefix, rows.model._meta.model_name, {str(pk) for pk in there})
    return moved, gone


def rebase(data: QueryDict, prefix: str, kind: str, there: set[str]) -> dict[tuple[str, int], str]:
    """Renumber one group of rows in place: those still there first, then those that are gone, then the new ones."""
    initial = data.get(f"{prefix}-INITIAL_FORMS", "")
    typed = taken_out(data, prefix)
    if not (initial.isascii() and initial.isdecimal() and len(initial) < 4):
        put_back(data, prefix, [typed[number] for number in sorted(typed)])
        return {}
    old = [typed[number] for number in sorted(typed) if number < int(initial)]
    kept = [row for row in old if row.get("id", [""])[0] in there]
    lost = [row for row in old if row not in kept]
    gone = {
        (kind, int(row["id"][0])): f"{prefix}-{number}"
        for number, row in enumerate(lost, len(kept))
        if row.get("id", [""])[0].isdecimal()
    }
    lost = [row | {"id": [""], "DELETE": ["on"]} for row in lost]
    new = [typed[number] for number in sorted(typed) if number >= int(initial)]
    put_back(data, prefix, kept + lost + new)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return gone


def taken_out(data: QueryDict, prefix: str) -> dict[int, Row]:
    """Take the rows of a group out of the typed data, by number."""
    rows: dict[int, Row] = defaultdict(dict)
    for key in list(data):
        if (found := re.fullmatch(rf"{prefix}-(\d{{1,3}})-(.+)", key, re.ASCII)) and int(found[1]) < MOST_ROWS:
            rows[int(found[1])][found[2]] = data.pop(key)
    return rows


def put_back(data: QueryDict, prefix: str, rows: list[Row]) -> None:
    """Put rows back, numbered from 0."""
    for number, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
