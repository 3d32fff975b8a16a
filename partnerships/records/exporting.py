"""Exports: exactly the rows that the list's address asks for, streamed, safe to open in a spreadsheet."""

import csv
import tempfile
from collections.abc import Iterator
from itertools import islice

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View
from openpyxl import Workbook

from partnerships.access.roles import Role
from partnerships.records.kinds import Column, Kind
from partnerships.records.listing import refusal
from partnerships.records.question import Question, Refused, read
from partnerships.values.draw import plain_gap
from partnerships.values.gaps import gaps_for
from partnerships.values.spreadsheet import safe_cell

BATCH = 500


class Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


class ExportPage(View):
    """`/<path>/export.csv` and `.xlsx`: the filtered rows in the list's columns."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view
    form = "csv"

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse | FileResponse:
        """Stream the rows; a question that the list refuses is refused here too."""
        try:
            question = read(self.kind, request)
        except Refused as refused:
            return render(request, "records/refused.html", refusal(self.kind, refused, request.GET), status=400)
        name = f"{self.kind.path}-{timezone.localdate().isoformat()}.{self.form}"
        return as_xlsx(question, name) if self.form == "xlsx" else as_csv(question, name)


def cells(question: Question) -> Iterator[list]:
    """The head and the rows, each cell plain and safe."""
    columns = question.kind.columns
    yield [safe_cell(column.head) for column in columns]
    for rows in batched(question.rows.iterator(BATCH)):
        gaps = gaps_for(str(question.kind.model._meta.model_name), [row.pk for row in rows])
        for row in rows:
            yield [cell(column, row, gaps, question.role) for column in columns]


def batched(rows: Iterator) -> Iterator[list]:
    """The rows in lists, so that what is known of their empty fields is asked once for each."""
    while batch := list(islice(rows, BATCH)):
        yield batch


def cell(column: Column, row, gaps: dict, role: Role):
    """A value as a cell; an empty one says what is known of its absence."""
    value = column.value(row)
    exported = "" if value is None else column.export(value, role)
    if exported in ("", None):
        state = gaps.get((row.pk, column.field))
        return plain_gap(state) if state else ""
    return safe_cell(exported)


def as_csv(question: Question, name: str) -> StreamingHttpResponse:
    """CSV in UTF-8 with a byte order mark, so that spreadsheets read Chinese rightly."""
    writer = csv.writer(Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff"
        for row in cells(question):
            yield writer.writerow(row)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_xlsx(question: Question, name: str) -> FileResponse:
    """A workbook with one sheet, written row by row to a temporary file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(question.kind.plural[:31])
    for row in cells(question):
        sheet.append(row)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
