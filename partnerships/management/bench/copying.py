"""The export beside its floor: the database's own copy-out of the same cells, labels and escaping included."""

import csv
import io
import statistics

from django.db import connection

from partnerships.management.bench.asking import Cost, Visitor, timed
from partnerships.management.bench.floors import PARTIES

CELLS = f"""SELECT a.title, {PARTIES} AS parties, coalesce(t.label, 'not stated') AS type,
  a.signed_on_edtf AS signed, a.ending, coalesce(nullif(a.ends_on_edtf, ''), g.state, '') AS ends
  FROM partnerships_agreement a LEFT JOIN partnerships_agreementtype t ON t.id = a.type_id
  LEFT JOIN partnerships_gap g ON g.record_kind = 'agreement' AND g.record_id = a.id AND g.field = 'ends_on'
  WHERE a.visibility <= 2 ORDER BY a.title, a.id"""
# What a spreadsheet might run gets an apostrophe, as in the export itself.
SAFE = "CASE WHEN {0} ~ '^\\s*[-=+@]' THEN '''' || {0} ELSE {0} END"
COPY = f"""COPY (SELECT {SAFE.format("title")}, {SAFE.format("parties")}, type, signed, ending, ends
  FROM ({CELLS.replace("{agg}", "string_agg")}) cells) TO STDOUT (FORMAT csv)"""


def copied() -> int:
    """Copy the cells out, on SQLite by the csv module's own loop; how many characters they are."""
    if connection.vendor == "sqlite":
        file = io.StringIO()
        csv.writer(file).writerows(connection.connection.execute(CELLS.replace("{agg}", "group_concat")))
        return len(file.getvalue())
    with connection.connection.cursor() as cursor, cursor.copy(COPY) as copy:
        return sum(len(chunk) for chunk in copy)


def export(visitor: Visitor, times: int) -> dict:
    """The medians of the export and of the copy-out, taken in turn."""
    pages: list[Cost] = []
    copies: list[Cost] = []
    for _ in range(times):
        copies.append(timed(copied))
        pages.append(visitor.ask("/agreements/export.csv")[0])
    page, copy = (statistics.median(cost.wall for cost in some) for some in (pages, copies))
    return {
        "page_wall_ms": page,
        "page_cpu_ms": statistics.median(cost.cpu for cost in pages),
        "first_byte_ms": statistics.median(cost.first for cost in pages),
        "copy_wall_ms": copy,
        "bytes": pages[-1].size,
        "share_of_copy": copy / page,
    }
