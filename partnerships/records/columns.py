"""Columns for the usual kinds of value; a declaration names the field, and these say how it is drawn."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db.models import F, Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnerships.access.roles import Role
from partnerships.records.kinds import Column
from partnerships.values import names
from partnerships.values.draw import NOTHING, draw_date, draw_money, draw_number, draw_path, draw_text, joined, plain

WITHHELD = "withheld"
DOT = SafeString(" · ")


def hidden(record, role: Role) -> bool:
    """Whether a related record is not to be shown to this role."""
    return getattr(record, "visibility", 0) > role


def draw_record(record, role: Role) -> SafeString:
    """A link to a record, or the word that one is withheld."""
    if hidden(record, role):
        return format_html('<span class="st mut">{}</span>', WITHHELD)
    return draw_path(record.get_absolute_url(), draw_text(names.name_of(record)))


def draw_records(records, role: Role) -> SafeString:
    """Links to several records, with a middle dot between them; those not to be seen are left out."""
    return joined([draw_record(record, role) for record in records if not hidden(record, role)], DOT)


def draw_words(lines, role: Role) -> SafeString:
    """Several short texts, one per line."""
    return format_html_join("", '<span class="line">{}</span>', ((draw_text(str(line)),) for line in lines))


def heading(attribute: str, head: str, *, second: Callable[[Any], str] | None = None, sort: tuple = ()) -> Column:
    """The first column: the name as a link, and a second line that tells near twins apart."""

    *path, last = attribute.split(".")
    owner = attrgetter(".".join(path)) if path else lambda record: record

    def draw(record, role: Role) -> SafeString:
        line = second(record) if second else ""
        below = format_html('<span class="l2">{}</span>', draw_text(line)) if line else NOTHING
        named = owner(record)
        name = draw_text(names.in_order(str(getattr(named, last)), getattr(named, "native_name", "")))
        return joined([draw_path(record.get_absolute_url(), name, "ttl"), below])

    return Column(
        name=attribute.replace(".", "_"),
        head=head,
        value=lambda record: record,
        draw=draw,
        export=lambda record, role: attrgetter(attribute)(record),
        sort=sort or (attribute.replace(".", "__"),),
        field=attribute,
    )


def text(attribute: str, head: str, **more) -> Column:
    """A text as it stands."""
    more.setdefault("sort", (attribute.replace(".", "__"),))
    return Column(attribute.replace(".", "_"), head, attrgetter(attribute), field=more.pop("field", attribute), **more)


def choice(attribute: str, head: str, choices, **more) -> Column:
    """The label of a fixed choice."""
    labels = dict(choices.choices)
    more.setdefault("sort", (attribute,))
    return Column(
        attribute,
        head,
        lambda record: labels.get(getattr(record, attribute), ""),
        field=more.pop("field", attribute),
        **more,
    )


def honest(attribute: str, head: str, **more) -> Column:
    """An honest date; sorted by its earliest day, those without one last."""
    return Column(
        attribute,
        head,
        attrgetter(attribute),
        draw=lambda value, role: draw_date(value),
        sort=(F(f"{attribute}_earliest"), F(f"{attribute}_edtf")),
        field=attribute,
        **more,
    )


def day(attribute: str, head: str, **more) -> Column:
    """A plain day that the office itself sets."""
    return Column(
        attribute,
        head,
        attrgetter(attribute),
        draw=lambda value, role: draw_date(value),
        sort=(F(attribute),),
        field=attribute,
        **more,
    )


def number(attribute: str, head: str, **more) -> Column:
    """A number, set right."""
    return Column(
        attribute,
        head,
        attrgetter(attribute),
        draw=lambda value, role: draw_number(value),
        export=lambda value, role: value,
        sort=(F(attribute),),
        field=attribute,
        css="num",
        **more,
    )


def money(attribute: str, head: str, **more) -> Column:
    """An amount with its currency."""
    return Column(
        "amount",
        head,
        lambda row: attrgetter(attribute)(row) or None,
        draw=lambda value, role: draw_money(value),
        sort=(F("amount"),),
        field="amount",
        css="num",
        **more,
    )


def record(attribute: str, head: str, **more) -> Column:
    """A related record as a link; declare it among the joins."""
    more.setdefault("sort", (f"{attribute}__{more.pop('sort_by', 'name')}",))
    return Column(
        attribute,
        head,
        attrgetter(attribute),
        draw=lambda value, role: draw_record(value, role),
        export=lambda value, role: WITHHELD if hidden(value, role) else str(value),
        field=more.pop("field", attribute),
        **more,
    )


def term(attribute: str, head: str, **more) -> Column:
    """A term of a vocabulary, or a user: shown by its words, without a page."""
    more.setdefault("sort", (f"{attribute}__label",))
    return Column(
        attribute,
        head,
        lambda row: str(getattr(row, attribute) or ""),
        field=more.pop("field", attribute),
        **more,
    )


def records(name: str, head: str, value: Callable[[Any], list[Model]], **more) -> Column:
    """Several related records as links; declare them among the prefetched."""
    return Column(
        name,
        head,
        value,
        draw=draw_records,
        export=lambda found, role: "; ".join(str(one) for one in found if not hidden(one, role)),
        field=more.pop("field", name),
        **more,
    )


def words(name: str, head: str, value: Callable[[Any], list[Any]], **more) -> Column:
    """Several short texts, one per line."""
    return Column(
        name,
        head,
        value,
        draw=draw_words,
        export=lambda lines, role: "; ".join(plain(str(line)) for line in lines),
        field=more.pop("field", name),
        **more,
    )
