"""One timeline for every record: what is dated around it, its notes and its changes, newest first.

What stands there follows from the declarations: the records that a page lists as related, and those `on_timeline`, as
far as their kind is `dated`. All of it is one query of narrow rows, so a page costs the same however much there is.
What no source dates is shown apart, with its words; nothing is put in at a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.safestring import SafeString

from partnerships.access.models import Entry
from partnerships.memory.history import happenings, requests_of
from partnerships.notes.models import Note, NoteKind, NotePerson
from partnerships.records.kinds import Dated, Kind, kind_of, kinds
from partnerships.records.pages import Look
from partnerships.values.dates import HonestDate
from partnerships.values.draw import draw_date
from partnerships.values.fields import honest_dates

NOTES, CHANGES = "notes", "changes"
OF_NOTES = ("note", "noteperson")
WRITTEN = Dated("pen", (("happened_on", ""),))
LONGEST = 240


@dataclass(frozen=True)
class Moment:
    """A narrow row of the timeline: which row of which sort, and its date as it is kept."""

    sort: str
    key: int
    day: str
    notation: str
    wording: str
    word: str

    @property
    def drawn(self) -> SafeString:
        """The date in words, as far as it is known."""
        return draw_date(HonestDate(self.notation, self.wording))


@dataclass(frozen=True)
class Line:
    """An entry as it is drawn: its sort by icon and noun, when, what, where it leads and who."""

    icon: str
    noun: str
    moment: Moment
    title: str
    address: str
    second: str


def sources_of(kind: Kind, record, look: Look) -> dict[str, QuerySet]:
    """The ids of the records on a record's timeline, by their kind; among them its own."""
    found = {one.kind: one.found(record, look) for one in kind.related} | {
        name: ids(record, look) for name, ids in kind.on_timeline.items()
    }
    found = {name: ids for name, ids in found.items() if kind_of(name).dated}
    if kind.dated:
        own = Q(pk=record.pk)
        found[kind.name] = (
            kind.model.objects.filter(own | Q(pk__in=found[kind.name]) if kind.name in found else own)
            .order_by()
            .values("pk")
        )
    return found


def sorts_of(kind: Kind) -> dict[str, str]:
    """The sorts of entries that a kind's timeline may hold: their names in the address, and their nouns."""
    names = [one.kind for one in kind.related] + [*kind.on_timeline] + [kind.name]
    dated = {kind_of(name).path: kind_of(name).plural for name in names if kind_of(name).dated}
    return dated | {NOTES: "Notes", CHANGES: "Changes"}


def moments(kind: Kind, record, look: Look, show: str, is_dated: bool) -> QuerySet:
    """The narrow rows of a record's timeline that the reader may see: one sort or all, with a date or without."""
    sources = sources_of(kind, record, look)
    parts = []
    for name, ids in sources.items():
        of = kind_of(name)
        parts.append((of.path, narrow(of.path, look.seen(of.model.objects.filter(pk__in=ids)), of.dated)))
    parts.append((NOTES, narrow(NOTES, look.seen(notes_of(kind, record, sources)), WRITTEN)))
    parts.append((CHANGES, changes_of(kind, record)))
    wanted = [rows for sort, rows in parts if show in ("", sort)]
    wanted = [rows.exclude(at_day="") if is_dated else rows.filter(at_day="") for rows in wanted]
    return wanted[0].union(*wanted[1:], all=True).order_by("-at_day", "-at_sort", "-at_key")


def notes_of(kind: Kind, record, sources: dict[str, QuerySet]) -> QuerySet:
    """The notes on a record and on what stands on its timeline; of a person also those made with that person."""
    wanted = Q(record_kind=kind.name, record_id=record.pk)
    for name, ids in sources.items():
        wanted |= Q(record_kind=name, record_id__in=ids)
    if kind.model is NotePerson._meta.get_field("person").related_model:
        wanted |= Q(pk__in=NotePerson.objects.filter(person_id=record.pk).values("note"))
    return Note.objects.filter(wanted)


def narrow(sort: str, rows: QuerySet, dated) -> QuerySet:
    """Rows as the timeline reads them, dated by the first of their dates that is filled."""
    model = rows.model
    cases: dict[str, list] = {"day": [], "notation": [], "wording": [], "word": []}
    for name, word in dated.dates:
        filled, told = as_kept(model, name)
        for part, value in (told | {"word": Value(word)}).items():
            cases[part].append(When(filled, then=value))
    first = {
        f"at_{part}": Case(*whens, default=Value(dated.dates[0][1] if part == "word" else ""), output_field=TextField())
        for part, whens in cases.items()
    }
    return columns(rows.order_by(), sort=sort, key=F("pk"), **first)


def as_kept(model, name: str) -> tuple[Q, dict]:
    """When a date is filled, and its day, notation and wording; a plain day is its own notation."""
    if name not in honest_dates(model):
        day = Cast(name, TextField())
        return Q(**{f"{name}__isnull": False}), {"day": day, "notation": day, "wording": Value("")}
    filled = ~Q(**{f"{name}_edtf": ""}) | ~Q(**{f"{name}_wording": ""})
    first, last = (Cast(f"{name}_{bound}", TextField()) for bound in ("earliest", "latest"))
    return filled, {
        "day": Coalesce(first, last, Value("")),
        "notation": F(f"{name}_edtf"),
        "wording": F(f"{name}_wording"),
    }


def changes_of(kind: Kind, record) -> QuerySet:
    """The requests that changed a record, by the day of each; those that wrote notes stand there as notes."""
    day = Cast(TruncDate("moment"), TextField())
    rows = requests_of(kind.name, record.pk, OF_NOTES)
    return columns(rows, sort=CHANGES, key=F("last"), at_day=day, at_notation=day, at_wording="", at_word="")


def columns(rows: QuerySet, *, sort: str, key, **told) -> QuerySet:
    """The same columns from every table."""
    values = {"at_sort": sort} | told
    texts = {
        name: Value(value, output_field=TextField()) if isinstance(value, str) else value
        for name, value in values.items()
    }
    rows = rows.annotate(at_key=key, **texts)
    return rows.values_list("at_sort", "at_key", "at_day", "at_notation", "at_wording", "at_word")


def read(rows: Iterable[tuple]) -> list[Moment]:
    """The narrow rows, each as what it is."""
    return [Moment(*row) for row in rows]


def lines(kind: Kind, record, look: Look, found: list[Moment]) -> list[Line]:
    """The entries of a page of moments, in a fixed number of queries; changes that may not be told are left out."""
    keys: dict[str, list[int]] = {}
    for one in found:
        keys.setdefault(one.sort, []).append(one.key)
    notes = notes_with_people(keys.get(NOTES, []), look)
    entries = titles(keys, notes.values())
    changes = happenings(kind.name, record.pk, keys.get(CHANGES, []), look.seen, look.role, OF_NOTES)
    history = f"{record.get_absolute_url()}history/"
    drawn = []
    for one in found:
        if one.sort == CHANGES and one.key in changes:
            told = changes[one.key]
            drawn.append(Line("loop", "change", one, told.words, history, told.user or "the register itself"))
        elif one.sort == NOTES and one.key in notes:
            drawn.append(of_note(one, notes[one.key], entries, (kind.name, record.pk)))
        elif one.sort in entries and one.key in entries[one.sort]:
            entry = entries[one.sort][one.key]
            of = kind_of(entry.kind)
            address = f"/{of.path}/{one.key}/"
            drawn.append(Line(of.dated.icon, of.singular, one, entry.title, address, entry.second))
    return drawn


def notes_with_people(ids: list[int], look: Look) -> dict[int, Note]:
    """Notes with their writers, and as `shown` the names of the people whom the reader may see."""
    if not ids:
        return {}
    notes = Note.objects.select_related("written_by").in_bulk(ids)
    for note in notes.values():
        note.shown = []
    for one in look.seen(NotePerson.objects.filter(note__in=ids).select_related("person")).order_by("pk"):
        notes[one.note_id].shown.append(str(one.person))
    return notes


def titles(keys: dict[str, list[int]], notes: Iterable[Note]) -> dict[str, dict[int, Entry]]:
    """The catalogue's lines of the records that stand there or have a note there, by path and id; one query."""
    wanted = Q(pk__in=[])
    for note in notes:
        wanted |= Q(kind=note.record_kind, record_id=note.record_id)
    for kind in kinds():
        if kind.path in keys:
            wanted |= Q(kind=kind.name, record_id__in=keys[kind.path])
    found: dict[str, dict[int, Entry]] = {}
    for entry in Entry.objects.filter(wanted):
        found.setdefault(kind_of(entry.kind).path, {})[entry.record_id] = entry
    return found


def of_note(moment: Moment, note: Note, entries: dict, here: tuple[str, int]) -> Line:
    """A note: its first words, who wrote it, with whom, and on which record where that is another."""
    path = kind_of(note.record_kind).path
    about = entries.get(path, {}).get(note.record_id)
    people = f"with {', '.join(note.shown)}" if note.shown else ""
    where = f"on {about.title}" if about and (note.record_kind, note.record_id) != here else ""
    text = note.text if len(note.text) <= LONGEST else f"{note.text[:LONGEST].rstrip()}…"
    who = str(note.written_by or "somebody who has left")
    second = ", ".join(filter(None, [who, people, where]))
    address = f"/{path}/{note.record_id}/notes/#note-{note.pk}"
    return Line("pen", NoteKind(note.kind).label, moment, text, address, second)
