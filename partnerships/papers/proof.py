"""Where the lines of a brief were read, and why a value is missing."""

from collections.abc import Iterable

from django.db.models import Q

from partnerships.access.models import Record
from partnerships.papers.words import Line, Words, line, link
from partnerships.records.pages import Look
from partnerships.sources.models import Basis, Rank, Source, Statement
from partnerships.templatetags.evidence import place_in_text
from partnerships.values.draw import plain_gap
from partnerships.values.gaps import gaps_of
from partnerships.values.text import normalise

MOST_CITED, WORTH_QUOTING = 2, 4


class Proof:
    """The statements and gaps of the records of one brief; it remembers which of them were cited."""

    def __init__(self, records: Iterable[Record], look: Look):
        wanted = {(record._meta.model_name, record.pk): record for record in records}
        self.gaps = gaps_of(wanted.values())
        self.statements: dict[tuple[str, int], list[Statement]] = {}
        self.cited: dict[Source, set[int]] = {}
        for one in statements_of(wanted, look):
            self.statements.setdefault((one.record_kind, one.record_id), []).append(one)

    def of(self, record: Record, *fields: str) -> list[Statement]:
        """What is quoted of a record, or of these fields of it; none for a record that the brief did not read."""
        found = self.statements.get((record._meta.model_name, record.pk), [])
        return [one for one in found if one.field in fields] if fields else found

    def cite(self, record: Record, *fields: str, most: int = MOST_CITED) -> list[Words]:
        """The first few places that speak for a record, such as “003 ¶5”, each leading to its words."""
        places: dict[tuple[int, int], Statement] = {}
        for one in self.of(record, *fields):
            places.setdefault((one.source_id, one.paragraph), one)
        shown = list(places.values())[:most]
        return [self.place(one) for one in shown]

    def place(self, one: Statement) -> Words:
        """The place of one statement, which then counts as cited."""
        self.cited.setdefault(one.source, set()).add(one.paragraph)
        return Words(f" {one.source.short} ¶{one.paragraph}", place_in_text(one), "cited")

    def quote(self, record: Record, but: str) -> Words | None:
        """The fullest words of a source that say more than the register's own words do."""
        told = [one.quotation for one in self.of(record, "", "wording", "detail")]
        more = [one for one in told if len(one.split()) >= WORTH_QUOTING and normalise(one) not in normalise(but)]
        return Words(f" “{max(more, key=len)}”", tone="quoted") if more else None

    def gap(self, record: Record, field: str) -> str:
        """Why a value is missing, in words."""
        return plain_gap(self.gaps.get((record._meta.model_name, record.pk, field)))

    def sources(self) -> list[Line]:
        """The sources that were cited, with the paragraphs."""
        return [of_source(one, sorted(self.cited[one])) for one in sorted(self.cited, key=lambda one: one.short)]


def statements_of(wanted: Iterable[tuple[str, int]], look: Look) -> list[Statement]:
    """What sources say of these records, in the words of the sources, the firmest first; one query."""
    ids: dict[str, list[int]] = {}
    for kind, pk in wanted:
        ids.setdefault(kind, []).append(pk)
    about = Q(pk__in=[])
    for kind, pks in ids.items():
        about |= Q(record_kind=kind, record_id__in=pks)
    rows = Statement.objects.filter(about, basis__in=Basis.quoted()).exclude(rank=Rank.DEPRECATED)
    rows = look.seen(rows).select_related("source").defer("source__text")
    return list(rows.order_by("source__file_name", "source__title", "paragraph", "pk"))


def of_source(source: Source, paragraphs: list[int]) -> Line:
    """A source, with the day it bears and the paragraphs that were read in it."""
    dated = f", {source.dated_on.words}" if source.dated_on else ", undated"
    noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    return line(link(source), f"{dated}, {noun} {ranges(paragraphs)}.", mark=source.short)


def ranges(numbers: list[int]) -> str:
    """“4 to 7, 13, 14”."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
