"""The rows of a spreadsheet file as text with tabs: run in a process of its own, since the file is anybody's."""

import io

from openpyxl import load_workbook

MOST_ROWS, MOST_COLUMNS = 1000, 40


def rows_as_text(content: bytes) -> str:
    """The values of the first sheet; formulas are not run, and what is no workbook ends the process."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    lines = ("\t".join(" ".join(str("" if cell is None else cell).split()) for cell in row).rstrip() for row in rows)
    return "\n".join(lines).rstrip()
