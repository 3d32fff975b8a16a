"""What happened to one record, told as a person reads it: who, when, why, and each field before and after.

A fixed number of queries: two for the changes, one for the users, one for each kind of record that fields point at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Max, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Action, Change
from .narrowing import Ids, Narrow, narrowed, references
from .showing import Shown, shown_fields
from .tracking import declared_by, models_by_kind

Titles = dict[type[Model], dict[Any, str]]
MOST_SINCE = 200  # entries that a stale save is told of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, with its value before and after in words; empty where there was none."""

    label: str
    before: str
    after: str
    column: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What was done to one row of the record: the record itself, or a child row of the kind `label`."""

    kind: str
    row_id: int
    label: str
    action: str
    action_label: str
    is_record: bool
    left: bool
    fields: list[FieldChange]


@dataclass(frozen=True, slots=True)
class Entry:
    """All that one request did to the record. `before_id` is where the next page of history starts."""

    at: datetime
    user: str
    user_id: int | None
    reason: str
    request_id: str
    rows: list[RowChange]
    before_id: int


def history(
    record_kind: str,
    record_id: int,
    limit: int = 20,
    before_id: int | None = None,
    seen: Narrow | None = None,
    level: int = 0,
) -> list[Entry]:
    """The newest `limit` entries of a record's history, before a change's id where one is given.

    `seen` narrows any queryset to what the reader may see, such as `partial(scope, user)`: child rows and titles
    outside it are not told, nor are rows that are gone and were seen above the reader's `level`, or pointed at what the
    reader may not see. That asks up to two questions more for each kind of row and of title.
    """
    span = Q() if before_id is None else Q(pk__lt=before_id)
    return _entries(record_kind, record_id, limit, span, seen, level)


def since(record_kind: str, record_id: int, version: int, seen: Narrow | None = None, level: int = 0) -> list[Entry]:
    """What happened to a record after the version that somebody opened, newest first, as `history` tells it."""
    known = Change.objects.filter(record_kind=record_kind, record_id=record_id, record_version__lte=version)
    last = known.aggregate(last=Max("pk"))["last"] or 0
    return _entries(record_kind, record_id, MOST_SINCE, Q(pk__gt=last), seen, level)


def _entries(record_kind: str, record_id: int, limit: int, span: Q, seen: Narrow | None, level: int) -> list[Entry]:
    models, groups = models_by_kind(), _groups(record_kind, record_id, limit, span)
    if seen is not None:
        groups = narrowed(groups, (record_kind, record_id), models, seen, level)
    changes = [change for group in groups for change in group]
    titles = _titles(references(changes, models), seen)
    users = user_names({change.user_id for change in changes if change.user_id is not None})
    return [_entry(group, record_kind, record_id, models, titles, users) for group in groups]


@dataclass(frozen=True, slots=True)
class Happening:
    """What one request did to a record, in short: who, and what in a few words."""

    user: str
    words: str


def requests_of(record_kind: str, record_id: int, without: tuple[str, ...] = ()) -> QuerySet:
    """One row for each request that changed a record: `last`, the id of its last change, and `moment`.

    What came without a request, such as a load of fixtures, counts as one a day. Rows of kinds `without` don't count.
    """
    mine = _by_day(record_kind, record_id).exclude(kind__in=without)
    return mine.order_by().values("key").annotate(last=Max("pk"), moment=Max("at"))


def happenings(
    record_kind: str, record_id: int, lasts: list[int], seen: Narrow, level: int, without: tuple[str, ...] = ()
) -> dict[int, Happening]:
    """What the requests with these last changes did, by the last change, as far as the reader may be told."""
    if not lasts:
        return {}
    models, mine = models_by_kind(), _by_day(record_kind, record_id).exclude(kind__in=without)
    groups: dict[str, list[Change]] = {}
    for change in mine.filter(key__in=mine.filter(pk__in=lasts).values("key")).order_by("pk"):
        groups.setdefault(change.key, []).append(change)
    found = {change.pk: group[-1].pk for group in groups.values() for change in group}
    told = narrowed(list(groups.values()), (record_kind, record_id), models, seen, level)
    users = user_names({group[-1].user_id for group in told if group[-1].user_id is not None})
    return {
        found[group[0].pk]: Happening(
            name_of(group[-1].user_id, users), _in_short(group, (record_kind, record_id), models)
        )
        for group in told
    }


def _in_short(group: list[Change], record: tuple[str, int], models: dict) -> str:
    """“Changed: Purpose, Where. Participant created (3).”"""
    phrases: dict[str, int] = {}
    for change in group:
        model = models.get(change.kind)
        if (change.kind, change.row_id) != record:
            phrase = f"{_label(model, change.kind)} {change.get_action_display()}"
        elif change.action == Action.CHANGED and model:
            phrase = _("Changed: %(fields)s") % {"fields": ", ".join(_differing(change, model))}
        else:
            phrase = _("The record was %(action)s") % {"action": change.get_action_display()}
        phrases[phrase] = phrases.get(phrase, 0) + 1
    return " ".join(f"{phrase} ({count})." if count > 1 else f"{phrase}." for phrase, count in phrases.items())


def _differing(change: Change, model: type[Model]) -> list[str]:
    """The labels of the fields that a change changed, each once."""
    before, after = change.before or {}, change.after or {}
    labels = (
        shown.label.partition(" (")[0]
        for shown in shown_fields(model)
        if before.get(shown.column) != after.get(shown.column)
    )
    return list(dict.fromkeys(labels)) or [_("what is derived")]


def _changes(kind: str, pk: int) -> QuerySet:
    """The changes of a record."""
    return Change.objects.filter(Q(record_kind=kind, record_id=pk) | Q(left_kind=kind, left_id=pk))


def _by_day(kind: str, pk: int) -> QuerySet:
    """The changes of a record, with the `key` of their request or else of their day."""
    return _changes(kind, pk).annotate(
        key=Coalesce(NullIf("request_id", Value("")), Cast(TruncDate("at"), CharField()))
    )


def _groups(kind: str, pk: int, limit: int, span: Q) -> list[list[Change]]:
    """The record's changes within a span by request, newest first; a change without a request stands alone."""
    key = Coalesce(NullIf("request_id", Value("")), Cast("pk", CharField()))
    within = _changes(kind, pk).annotate(key=key).filter(span)
    newest = within.order_by().values("key").annotate(last=Max("pk")).order_by("-last")[:limit]
    keys = [group["key"] for group in newest]
    groups: dict[str, list[Change]] = {key: [] for key in keys}
    for change in within.filter(key__in=keys).order_by("pk") if keys else ():
        groups[change.key].append(change)
    return list(groups.values())


def _entry(group: list[Change], kind: str, pk: int, models: dict, titles: Titles, users: dict[int, str]) -> Entry:
    newest = group[-1]
    return Entry(
        at=newest.at,
        user=name_of(newest.user_id, users),
        user_id=newest.user_id,
        reason=newest.reason,
        request_id=newest.request_id,
        rows=[_row(change, kind, pk, models.get(change.kind), titles) for change in group],
        before_id=group[0].pk,
    )


def _row(change: Change, kind: str, pk: int, model: type[Model] | None, titles: Titles) -> RowChange:
    return RowChange(
        kind=change.kind,
        row_id=change.row_id,
        label=_label(model, change.kind),
        action=change.action,
        action_label=change.get_action_display(),
        is_record=(change.kind, change.row_id) == (kind, pk),
        left=(change.left_kind, change.left_id) == (kind, pk),
        fields=list(_fields(change, model, titles)),
    )


def _fields(change: Change, model: type[Model] | None, titles: Titles) -> Iterator[FieldChange]:
    before, after = change.before or {}, change.after or {}
    if model is None:
        for column in before | after:
            yield FieldChange(column, _plain(before.get(column)), _plain(after.get(column)), column)
        return
    for shown in shown_fields(model):
        was, now = before.get(shown.column), after.get(shown.column)
        if shown.column in before or shown.column in after:
            first, last = _words(shown, was, titles), _words(shown, now, titles)
            if first != last:
                yield FieldChange(shown.label, first, last, shown.column)


def _words(shown: Shown, value: Any, titles: Titles) -> str:
    if value is None:
        return ""
    if shown.related is None:
        return shown.words(value)
    return titles[shown.related].get(value) or _("(no longer there, or not shown to you)")


def _titles(wanted: Ids, seen: Narrow | None) -> Titles:
    titles: Titles = {}
    for model, ids in wanted.items():
        rows = model._base_manager.all()
        rows = rows if seen is None else seen(rows)
        titles[model] = {row.pk: str(row) for row in rows.filter(pk__in=ids)} if ids else {}
    return titles


def user_names(ids: set[int]) -> dict[int, str]:
    """The full name of each user, or the name they sign in by."""
    if not ids:
        return {}
    users = get_user_model()._base_manager.filter(pk__in=ids)
    return {user.pk: user.get_full_name() or user.get_username() for user in users}


def name_of(user_id: int | None, users: dict[int, str]) -> str:
    """Who it was; empty where nobody was signed in."""
    if user_id is None:
        return ""
    return users.get(user_id) or _("former user %(id)s") % {"id": user_id}


def _label(model: type[Model] | None, kind: str) -> str:
    """What a row is called on screen; a row of an automatic many-to-many table goes by the field's name."""
    if model is None:
        return kind
    if field := declared_by(model):
        return str(capfirst(field.verbose_name))
    return str(capfirst(model._meta.verbose_name))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
