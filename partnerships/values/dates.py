"""Honest dates: as exact as the source, and no more (product rule 1).

A date keeps a notation (a subset of EDTF, see `notation`), its wording as printed, and the earliest and latest day it
can mean. Bounds are computed when a date is written, never when it is read.
"""

from dataclasses import dataclass
from datetime import date

from .notation import bounds_of, to_words
from .text import clean_text
from .typed import notation_of

# The columns of a date: each is called by the date's own name and one of these.
NOTATION, WORDING, EARLIEST, LATEST = SUFFIXES = ("_edtf", "_wording", "_earliest", "_latest")
__all__ = [
    "EARLIEST",
    "LATEST",
    "NOTATION",
    "SUFFIXES",
    "WORDING",
    "HonestDate",
    "bounds_of",
    "parse_typed",
    "to_words",
]


@dataclass(frozen=True, slots=True)
class HonestDate:
    """A date as stated. `earliest` and `latest` are None for an unknown year, an open end and mere words."""

    notation: str = ""
    wording: str = ""
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def from_notation(cls, notation: str, wording: str = "") -> "HonestDate":
        """The date that `notation` writes; ValueError with a sentence if it is outside the subset."""
        return cls(notation, wording, *bounds_of(notation))

    @property
    def words(self) -> str:
        """The date in words; the quoted wording where there is no notation."""
        if self.notation:
            return to_words(self.notation)
        return f"“{self.wording}”" if self.wording else ""

    @property
    def is_approximate(self) -> bool:
        """Whether the source says “about”; the bounds stay strict."""
        return "~" in self.notation

    @property
    def is_exact(self) -> bool:
        """Whether nothing has to be assumed about its day, if it has one."""
        return self.earliest == self.latest and not self.is_approximate

    @property
    def is_open(self) -> bool:
        """Whether it has a beginning and no end (2022/..)."""
        return self.notation.endswith("/..")

    @property
    def starts_open(self) -> bool:
        """Whether it has an end and no beginning (../2026)."""
        return self.notation.startswith("../")

    @property
    def year_known(self) -> bool:
        """Whether a year is stated; a date of words only has none."""
        return bool(self.notation) and not self.notation.startswith("XXXX")

    @property
    def month_without_year(self) -> int | None:
        """The month, 1 to 12, of a date whose year is unknown; None for every other date."""
        return int(self.notation[5:7]) if self.notation.startswith("XXXX") else None

    def __bool__(self) -> bool:
        return bool(self.notation or self.wording)

    def __str__(self) -> str:
        return self.words


def parse_typed(text: str, wording: str = "") -> HonestDate:
    """The date a person typed (“Sep 2015”, “12/05/2024”, “about 2015”, “since 2022”, “2015年9月”).

    `wording` is kept beside it, cleaned. ValueError with a sentence that names the fault and the accepted forms.
    """
    return HonestDate.from_notation(notation_of(text), clean_text(wording))
