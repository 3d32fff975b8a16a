"""A list's address, read strictly: what it asks for, or why it is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db.models import Case, F, OrderBy, Prefetch, QuerySet, When
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope, scope_to, visible
from partnerships.records import options
from partnerships.records.kinds import Kind

PER_PAGE = (25, 50, 100, 200)
USUAL_PER_PAGE = 50
LARGEST_PAGE = 100_000


class Refused(Exception):
    """A question that can't be answered; `problems` says for each name what is wrong with it."""

    def __init__(self, problems: list[tuple[str, str]], filters=None):
        super().__init__(problems)
        self.problems = problems
        self.filters = filters


@dataclass
class Question:
    """What a list is asked for: the same rows for list, count and export."""

    kind: Kind
    role: Role
    params: QueryDict
    filters: object
    rows: QuerySet
    sort: str
    page: int
    per_page: int
    notes: list[str] = field(default_factory=list)

    def address(self, **changes) -> str:
        """The query string of this question with some names changed; None takes a name out."""
        params = self.params.copy()
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        return f"?{params.urlencode()}" if params else "?"


def read(kind: Kind, request: HttpRequest) -> Question:
    """Read a list's query string, or raise Refused naming each name that is wrong.

    A name that the list does not know, one given twice where one is meant, a bad value, an unknown sort or page:
    each is refused, and none is ever taken to mean everything.
    """
    options.look_again(role_of(request.user))
    params, today = request.GET, timezone.localdate()
    rows = kind.records(scope(request.user, kind.model.objects.all()), today)
    conditions = without(params, "sort", "page", "per_page")
    filters = kind.filters(conditions, queryset=rows, request=request, only=conditions)
    problems = unknown_names(kind, params) + repeated(params, filters)
    problems += [(name, " ".join(messages)) for name, messages in filters.form.errors.items()]
    sort = params.get("sort", "")
    if sort and sort.removeprefix("-") not in sorts(kind):
        problems.append(("sort", f"“{sort[:60]}” is no column to sort by. Choose one of: {', '.join(sorts(kind))}."))
    page, wrong = whole(params, "page", 1, LARGEST_PAGE)
    problems += wrong
    per_page, wrong = whole(params, "per_page", USUAL_PER_PAGE, 10**9)
    problems += wrong
    if problems:
        raise Refused(problems, filters)
    question = Question(
        kind, role_of(request.user), params, filters, filters.qs, sort, page, min(per_page, PER_PAGE[-1])
    )
    if per_page > PER_PAGE[-1]:
        question.notes.append(f"A page holds at most {PER_PAGE[-1]} rows.")
    question.rows = drawn(kind, request.user, ordered(kind, question.rows, sort or kind.sort, question.role))
    return question


def without(params: QueryDict, *names: str) -> QueryDict:
    """The conditions alone."""
    rest = params.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def unknown_names(kind: Kind, params: QueryDict) -> list[tuple[str, str]]:
    """Each name that the list doesn't know, with the nearest one that it does."""
    known = {*kind.filters.base_filters, "sort", "page", "per_page"}
    problems = []
    for name in params:
        if name not in known:
            problems.append((name[:60], f"This list has no filter called “{name[:60]}”.{nearest(name, known)}"))
    return problems


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the known name that is spelt most like this one; '' where none is."""
    near = get_close_matches(name, known, 1, 0.6)
    return f" Did you mean “{near[0]}”?" if near else ""


def repeated(params: QueryDict, filters) -> list[tuple[str, str]]:
    """Each name that was given twice where one value is meant."""
    many = {
        name
        for name, one in filters.form.fields.items()
        if hasattr(one.widget, "allow_multiple_selected") and one.widget.allow_multiple_selected
    }
    return [
        (name, f"“{name}” was given more than once.")
        for name, values in params.lists()
        if len(values) > 1 and name not in many
    ]


def whole(params: QueryDict, name: str, usual: int, largest: int) -> tuple[int, list[tuple[str, str]]]:
    """A whole number from 1 upwards, or the usual one with a problem."""
    given = params.get(name, "")
    if not given:
        return usual, []
    if given.isascii() and given.isdigit() and len(given) < 12 and 1 <= int(given) <= largest:
        return int(given), []
    return usual, [(name, f"“{given[:20]}” is no number that “{name}” can take.")]


def sorts(kind: Kind) -> list[str]:
    """The names of the columns that a list can be sorted by."""
    return [column.name for column in kind.columns if column.sort]


def ordered(kind: Kind, rows: QuerySet, sort: str, role: Role) -> QuerySet:
    """Sorted by a column's name, `-` for descending, rows without a value last, and the id to break ties."""
    column = next((one for one in kind.columns if one.name == sort.removeprefix("-")), None)
    if column is None or not column.sort:
        return rows if rows.query.order_by or kind.model._meta.ordering else rows.order_by("pk")
    down = sort.startswith("-")
    terms = [as_seen(kind.model, term, role) if isinstance(term, str) else term for term in column.sort]
    return rows.order_by(*(sorted_by(kind, term, down) for term in terms), "-pk" if down else "pk")


def as_seen(model, term: str, role: Role) -> F | Case:
    """What a column sorts by: of a related record that this role may not see, nothing, as if it weren't there."""
    path, _, _ = term.rpartition("__")
    related = model
    for name in path.split("__") if path else ():
        related = related._meta.get_field(name).related_model
    condition = visible(related, role, f"{path}__") if path and role < Role.MANAGER else None
    return Case(When(condition, then=F(term))) if condition else F(term)


def sorted_by(kind: Kind, term: F | Case, down: bool) -> OrderBy:
    """One term of an order; where every row has a value it is said plainly, so that an index serves both ways."""
    columns = {column.name: column for column in kind.model._meta.concrete_fields}
    column = columns.get(term.name) if isinstance(term, F) else None
    last = True if column is None or column.null else None
    return term.desc(nulls_last=last) if down else term.asc(nulls_last=last)


def drawn(kind: Kind, user, rows: QuerySet) -> QuerySet:
    """With everything that drawing a row needs, related rows narrowed to what the user may see."""
    rows = rows.select_related(*(kind.joins if kind.list_joins is None else kind.list_joins))
    return rows.prefetch_related(*(scoped_prefetch(kind.model, path, role_of(user)) for path in kind.prefetch))


def scoped_prefetch(model, path: str, role: Role) -> Prefetch:
    """Prefetch the rows of `path` ('parties', or 'parties>organisation' with what they join) for this role."""
    name, _, joins = path.partition(">")
    related = model._meta.get_field(name).related_model
    return Prefetch(
        name, scope_to(role, related._default_manager.all()).select_related(*filter(None, joins.split(",")))
    )
