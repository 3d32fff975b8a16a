"""Cells that a spreadsheet shows and never runs.

Source: OWASP, “CSV injection”: a cell that begins with = + - @ tab or carriage return may be taken for a formula.
"""

import re

from django.utils.functional import Promise

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠﹢﹣﹦﹫−]|[\t\r]")
_NOT_IN_XLSX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value):
    """`value` for a cell of CSV or XLSX: text that could be a formula gets an apostrophe, anything else is unchanged.

    Characters that XML 1.0 cannot hold become U+FFFD, so that one exact quotation never breaks a whole export.
    """
    if not isinstance(value, str | Promise):
        return value
    text = _NOT_IN_XLSX.sub("\ufffd", str(value))
    return f"'{text}" if _FORMULA.match(text) else text
