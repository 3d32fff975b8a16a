"""Cells of a spreadsheet: text that could be a formula is only ever text."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from partnerships.values.spreadsheet import safe_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 151", "-2", "@SUM(A1)", "\t=1", "\rx", "  =1", "\n=1", "\u00a0=1", "＝1", "＋1", "－1", "＠x", "−1"],
)
def test_text_like_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "Nanjing", "a=b", "张伟", "2015-09", -5, Decimal("-2.50"), 0, None, True])
def test_other_cells_stay_as_they_are(value):
    assert safe_cell(value) is value or safe_cell(value) == value


def test_translated_words_are_cells_too():
    assert safe_cell(gettext_lazy("=x")) == "'=x"


@given(st.text(st.characters()))
def test_any_text_fits_a_workbook_and_csv(text):
    cell = safe_cell(text)
    book = Workbook(write_only=True)
    book.create_sheet().append([cell])
    book.save(BytesIO())
    cell.encode("utf-8-sig")
