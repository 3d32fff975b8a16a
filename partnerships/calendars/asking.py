"""What a calendar's address asks for: a period, what stands in it, and the conditions of the visits list."""

from copy import copy
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from partnerships.calendars.periods import Period, read_period
from partnerships.records.kinds import kind_of
from partnerships.records.question import Question, Refused, read, without

OF_THE_LIST = ("sort", "page", "per_page")
OF_THE_CALENDAR = ("month", "week", "due")


@dataclass(frozen=True)
class Wanted:
    """A period of the visits that meet the conditions, with what is due where it is asked for."""

    period: Period
    question: Question
    shows_due: bool

    @property
    def conditions(self) -> QueryDict:
        """The conditions of the visits list alone."""
        return without(self.question.params, *OF_THE_CALENDAR)

    def address(self, period: Period | None = None, **changes) -> str:
        """The address of another period, or of this one with some names changed."""
        period = period or self.period
        path = "/calendar/" if period.name == "month" else "/calendar/week/"
        due = "yes" if self.shows_due else None
        params = dict(self.conditions.lists()) | {period.name: period.value, "due": due} | changes
        return f"{path}?{encoded(params)}"


def encoded(params: dict) -> str:
    """A query string of names with one value or several; None leaves a name out."""
    query = QueryDict(mutable=True)
    for name, value in params.items():
        query.setlist(name, value if isinstance(value, list) else [] if value is None else [value])
    return query.urlencode()


def wanted(request: HttpRequest, name: str, today: date) -> Wanted:
    """Read a calendar's address, or raise Refused naming each name that is wrong."""
    problems, period = [], None
    try:
        period = read_period(name, request.GET.get(name, ""), today)
    except ValueError as error:
        problems.append((name, str(error)))
    problems += own_problems(request.GET, name)
    try:
        question = visits_of(request, without(request.GET, name, "due"))
    except Refused as refused:
        raise Refused(problems + refused.problems, refused.filters) from refused
    if problems or period is None:
        raise Refused(problems, question.filters)
    question.params = request.GET
    return Wanted(period, question, request.GET.get("due") == "yes")


def own_problems(params: QueryDict, name: str) -> list[tuple[str, str]]:
    """What is wrong with the names that the calendar has besides the list's conditions."""
    problems = [(one, f"“{one}” was given more than once.") for one in (name, "due") if len(params.getlist(one)) > 1]
    if params.get("due", "yes") != "yes":
        problems.append(("due", f"“{params['due'][:20]}” is no choice. Write “yes”, or leave it out."))
    return problems + [(one, f"A calendar has no “{one}”. Leave it out.") for one in OF_THE_LIST if one in params]


def visits_of(request: HttpRequest, conditions: QueryDict, user=None) -> Question:
    """The visits that meet conditions, for the reader or another user; raises Refused as the list does."""
    asked = copy(request)
    asked.GET = conditions
    asked.user = user or request.user
    kind = kind_of("visit")
    assert kind is not None
    return read(kind, asked)
