"""What a kind of record declares, and the list of all kinds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from partnerships.access.roles import Role
from partnerships.values.draw import draw_text, plain
from partnerships.values.names import name_of


@dataclass(frozen=True)
class Column:
    """One value of a record, in a list, among the facts of its page and in an export.

    `value` takes the record to a plain value, `draw` that value (and the reader's role) to escaped HTML,
    `export` to a cell. `field` names the column that a gap or a statement speaks of; `sort` the order it gives.
    """

    name: str
    head: str
    value: Callable[[Any], Any]
    draw: Callable[[Any, Role], SafeString] = lambda value, role: draw_text(value)
    export: Callable[[Any, Role], Any] = lambda value, role: plain(value)
    sort: tuple = ()
    field: str = ""
    css: str = ""
    # Some values are simply absent, and nobody need look for them: no gap is drawn for these.
    may_be_empty: bool = False


@dataclass(frozen=True)
class Panel:
    """A table of rows on a record's page: its own child rows, or what hangs on it; `is_first` is above the facts."""

    title: str
    rows: Callable[[Any, Any], Iterable]
    columns: tuple[Column, ...]
    field: str = ""
    empty: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Related:
    """Records of another kind that belong to this one's page, shown as a short list with its count.

    `ids` takes the record to a queryset of the others' ids; `query` to the query string of exactly their list.
    With `by_reader`, `ids` takes the reader's look besides, where rows in between may be hidden from some.
    `order` names a number of the others by which they stand before they stand by their titles.
    """

    kind: str
    ids: Callable[..., QuerySet]
    query: Callable[[Any], str]
    title: str = ""
    by_reader: bool = False
    order: str = ""

    def found(self, record, look) -> QuerySet:
        """The ids of the others, as far as this reader may see what leads to them."""
        return self.ids(record, look) if self.by_reader else self.ids(record)


@dataclass(frozen=True)
class Dated:
    """How records of a kind stand on a timeline: by the first of its dates that is filled, each with its word.

    A date is the name of an honest date or of a plain day; its word says what happened then, such as “signed”.
    """

    icon: str
    dates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToDo:
    """What is to be done about a record: why, in a sentence, and the words and the address of what does it."""

    why: str
    verb: str
    address: str


@dataclass(frozen=True)
class Kind:
    """One declaration, from which come list, filters, export, create, page, edit, delete and history."""

    model: type[Model]
    columns: tuple[Column, ...]
    filters: type
    form: type
    rows: tuple = ()
    facts: tuple[Column, ...] = ()
    panels: tuple[Panel, ...] = ()
    related: tuple[Related, ...] = ()
    # How its records stand on timelines; and what stands on theirs besides what is related, as ids by kind.
    dated: Dated | None = None
    on_timeline: dict[str, Callable[[Any, Any], QuerySet]] = field(default_factory=dict)
    joins: tuple[str, ...] = ()
    # Where a list draws less than a page: those of the joins that it needs.
    list_joins: tuple[str, ...] | None = None
    prefetch: tuple[str, ...] = ()
    sort: str = ""
    records: Callable[[QuerySet, date], QuerySet] = lambda rows, today: rows
    # What only a record's own page reads with it.
    on_page: Callable[[QuerySet, date], QuerySet] = lambda rows, today: rows
    # How the catalogue knows a record: names it is listed by, a second line, other words it is found by.
    names: Callable[[Any], Iterable[str]] = lambda record: [str(record)]
    second: Callable[[Any], str] = lambda record: ""
    words: Callable[[Any], Iterable[str]] = lambda record: [record.notes]
    catalogue_joins: tuple[str, ...] = ()
    catalogue_prefetch: tuple[str | Prefetch, ...] = ()
    # Kinds whose change alters these lines, by the path from here to them, or several paths.
    depends: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    heading: Callable[[Any], str] = name_of
    native: Callable[[Any], str] = lambda record: ""
    lead: Callable[[Any, Any], Any] = lambda record, look: ""
    # What is to be done next about a record, from what its page has read already.
    to_do: Callable[[Any, Any], list[ToDo]] = lambda record, look: []
    # What to look at again once a record was saved, in sentences; nothing is refused for it.
    warnings: Callable[[Any, Any], list[str]] = lambda record, user: []
    # What a page with a template of its own draws besides.
    besides: Callable[[Any, Any], dict] = lambda record, look: {}
    intro: str = ""
    # How its records are counted where its noun has no plural, such as (“record of funding”, “records of funding”).
    countable: tuple[str, str] | None = None
    # What a list says of all the rows that its conditions leave, such as a sum, and of what else these ask: sentences.
    summary: Callable[[QuerySet, dict], list[str]] | None = None
    may_create: Role = Role.STAFF
    may_edit: Role = Role.STAFF
    may_delete: Role = Role.MANAGER
    is_main: bool = True

    @property
    def name(self) -> str:
        """The kind's name in links, statements and history, such as `agreement`."""
        return str(self.model._meta.model_name)

    @property
    def path(self) -> str:
        """The folder of its pages, such as `agreements`."""
        return self.model.path

    @property
    def singular(self) -> str:
        """Its noun, such as `follow-up`."""
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        """Its plural as a title, such as `Follow-ups`."""
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def labels(self) -> dict[str, str]:
        """What statements can speak of, the facts and tables of a record's page, and what each is called there."""
        labels = {column.field: column.head for column in self.facts if column.field}
        return labels | {panel.field: panel.title for panel in self.panels if panel.field}

    def label_of(self, field: str) -> str:
        """What a field is called on a record's page; its own name in words where it stands nowhere."""
        return self.labels.get(field) or field.replace("_", " ").capitalize()

    @property
    def one(self) -> str:
        """What one of its records is counted as, such as `record of funding`."""
        return self.countable[0] if self.countable else self.singular

    @property
    def many(self) -> str:
        """What several of its records, or none, are counted as."""
        return self.countable[1] if self.countable else self.plural.lower()


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Add a kind to the register."""
    _kinds[kind.name] = kind
    return kind


def arrange(*names: str) -> None:
    """Put all kinds into the order of the menu; raises KeyError for one that nobody declared."""
    ordered = {name: _kinds[name] for name in names}
    _kinds.clear()
    _kinds.update(ordered)


def kinds() -> list[Kind]:
    """All kinds of record, in the order of the menu."""
    return list(_kinds.values())


def kind_of(name: str) -> Kind | None:
    """The kind of this name, or None."""
    return _kinds.get(name)


def declared(name: str) -> Kind:
    """The kind of this name; raises KeyError for one that nobody declared."""
    return _kinds[name]
