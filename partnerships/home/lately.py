"""What happened lately: the newest changes of records that the reader may see, told by who acted, and when.

Bounded however old the register is: the newest changes are read by their id, and a request stands once. A change of a
child row is told only if that row still stands and the reader may see it.
"""

from collections.abc import Iterable

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value

from partnerships.access.models import Entry
from partnerships.access.roles import Role
from partnerships.agreements.models import RefusedStep
from partnerships.home.parts import Line, Part
from partnerships.memory.history import name_of, user_names
from partnerships.memory.models import Action, Change
from partnerships.memory.showing import shown_fields
from partnerships.memory.tracking import declared_by, models_by_kind
from partnerships.records.kinds import kind_of, kinds
from partnerships.records.pages import Look
from partnerships.values.draw import plain
from partnerships.values.figures import Told

READ, SHOWN, AT_ONCE = 300, 10, 3
REFUSED = RefusedStep._meta.model_name
NAMES = ("title", "name", "what", "wording", "text")


def lately(look: Look) -> Part:
    """The last few things that happened; three queries."""
    changes = told_to(look, list(newest(look)[:READ]))
    users = user_names({change.user_id for change in changes if change.user_id is not None})
    return Part(
        "lately",
        "What happened lately",
        lines=[line for group in by_request(changes) for line in lines_of(group, users)][:SHOWN],
        empty="Nothing has happened yet.",
    )


def newest(look: Look):
    """Changes of records that the reader sees, the newest first, with the record's title; for admins deletions too.

    A step that was refused changed nothing.
    """
    entry = Entry.objects.filter(
        kind=OuterRef("record_kind"), record_id=OuterRef("record_id"), visibility__lte=look.role
    )
    told = Q(title__isnull=False)
    if look.role == Role.ADMIN:
        names = [kind.name for kind in kinds()]
        told |= Q(action=Action.DELETED, record_kind__in=names, kind=F("record_kind"), row_id=F("record_id"))
    changes = Change.objects.exclude(kind=REFUSED).annotate(title=Subquery(entry.values("title")[:1]))
    return changes.filter(told).order_by("-pk")


def told_to(look: Look, changes: list[Change]) -> list[Change]:
    """The changes without those of child rows that the reader may not see; one query."""
    if look.role >= Role.MANAGER:
        return changes
    models = models_by_kind()
    children: dict[str, set[int]] = {}
    for change in changes:
        if change.kind != change.record_kind and change.kind in models:
            children.setdefault(change.kind, set()).add(change.row_id)
    parts = [
        look.seen(models[kind]._base_manager.filter(pk__in=ids))
        .order_by()
        .annotate(of=Value(kind, output_field=CharField()))
        .values_list("of", "pk")
        for kind, ids in children.items()
    ]
    seen = set(parts[0].union(*parts[1:], all=True)) if parts else set()
    return [one for one in changes if one.kind == one.record_kind or (one.kind, one.row_id) in seen]


def by_request(changes: Iterable[Change]) -> list[list[Change]]:
    """The changes of each request together, in the order of the newest; those of a command by the minute."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.request_id or f"{change.at:%Y-%m-%d %H:%M}", []).append(change)
    return list(groups.values())


def lines_of(group: list[Change], users: dict[int, str]) -> list[Line]:
    """A line for each record that a request touched, or one for all where they are many."""
    records: dict[tuple[str, int], list[Change]] = {}
    for change in group:
        records.setdefault((change.record_kind, change.record_id), []).append(change)
    who = Told(name_of(group[0].user_id, users) or "the register itself")
    when = Told(str(plain(group[0].at)))
    if len(records) > AT_ONCE:
        names = dict.fromkeys(kind.plural.lower() for kind in kinds() if any(kind.name == name for name, _ in records))
        return [Line(Told(f"Many at once: {', '.join(names)}"), [who, when])]
    return [Line(record_told(changes), [Told(what_of(changes)), who, when]) for changes in records.values()]


def record_told(changes: list[Change]) -> Told:
    """The record; one that is gone by the name it had, with the way to its history."""
    change = changes[0]
    kind = kind_of(change.record_kind)
    address = f"/{kind.path}/{change.record_id}/"
    if change.title is not None:
        return Told(change.title, address)
    before = change.before or {}
    return Told(next((str(before[name]) for name in NAMES if before.get(name)), kind.singular), f"{address}history/")


def what_of(changes: list[Change]) -> str:
    """What was done to a record, in words, with the first few things that changed."""
    noun = kind_of(changes[0].record_kind).singular
    own = {change.action for change in changes if change.kind == change.record_kind}
    if Action.DELETED in own:
        return f"{noun} deleted"
    if Action.CREATED in own:
        return f"{noun} added"
    things = list(dict.fromkeys(thing for change in changes for thing in things_of(change)))
    more = " and more" if len(things) > AT_ONCE else ""
    return f"{noun} changed: {', '.join(things[:AT_ONCE])}{more}" if things else f"{noun} changed"


def things_of(change: Change) -> list[str]:
    """The fields of a record, or the child rows, that a change speaks of."""
    model = models_by_kind().get(change.kind)
    if model is None:
        return []
    if change.kind != change.record_kind:
        field = declared_by(model)
        return [str(field.verbose_name if field else model._meta.verbose_name_plural).lower()]
    columns = (change.before or {}).keys() | (change.after or {}).keys()
    return [shown.label.lower() for shown in shown_fields(model) if shown.column in columns]
