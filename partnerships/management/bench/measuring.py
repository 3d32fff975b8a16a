"""Each operation in turn with its floors, in shuffled rounds; of each the median."""

import cProfile
import pstats
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from secrets import token_urlsafe

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from partnerships.agreements.models import Agreement
from partnerships.management.bench import copying, fresh
from partnerships.management.bench import floors as least
from partnerships.management.bench.asking import Asked, Cost, Visitor, counted, timed
from partnerships.management.bench.filling import account
from partnerships.management.bench.settings import PLAIN, ROLES, as_measured

WARM_UPS = 4
LARGE = 20_000  # a register of which one export is enough


@dataclass(frozen=True)
class Operation:
    """Something that people do, the same in the least page, and as bare SQL."""

    name: str
    page: Callable[[], tuple[Cost, bytes]]
    minimal: Callable[[], tuple[Cost, bytes]]
    bare: Callable[[], object]


def session_of(user, backend: str) -> str:
    """The key of a session in which the user is signed in."""
    client = Client()
    client.force_login(user, backend=backend)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def operations(application: WSGIHandler, user, rows: int) -> list[Operation]:
    """All operations, for this user."""
    here = Visitor(application, session_of(user, ROLES))
    manager = Visitor(application, session_of(account("manager"), ROLES))
    least_one = Visitor(least.minimal_application(), session_of(user, PLAIN))
    seen = Agreement.objects.filter(visibility__lte=2).order_by("title", "pk")
    page = max(min(seen.count() // least.PAGE // 2, 1000), 2)
    before = seen[least.PAGE * (page - 1) - 1]
    pk = seen.filter(undertakings__isnull=False, visits__isnull=False).values_list("pk", flat=True)[0]
    new = {
        "title": "Made by the page", "stands_for": "one", "partys-TOTAL_FORMS": 2, "partys-INITIAL_FORMS": 0,
        "undertakings-TOTAL_FORMS": 0, "undertakings-INITIAL_FORMS": 0, "agreementrelations-TOTAL_FORMS": 0,
        "agreementrelations-INITIAL_FORMS": 0, "partys-0-organisation": 1, "partys-1-organisation": 3,
    }  # fmt: skip

    def see(name: str, address: str, floor: str, bare: Callable[[], object], visitor: Visitor = here) -> Operation:
        return Operation(name, partial(visitor.ask, address, keep=True), partial(least_one.ask, floor), bare)

    def create() -> tuple[Cost, bytes]:
        return here.ask("/agreements/new/", {**new, "token": token_urlsafe(16)}, expected=303)

    deep = f"/deep?title={before.title}&pk={before.pk}".replace(" ", "+")
    return [
        see("list", "/agreements/", "/list", least.rows_list),
        see("filtered list", "/agreements/?type=mou&signed_from=2018&signed_to=2020", "/filtered", least.rows_filtered),
        *(
            see(f"list with “{words}”", f"/agreements/?q={words.replace(' ', '+')}",
                f"/searched?words={words.replace(' ', '+')}", partial(least.rows_searched, words))
            for words in ("agreement", "graphene", "zhuhai institute of chemistry")
        ),
        see("deep page", f"/agreements/?page={page}", deep, partial(least.rows_deep, before.title, before.pk)),
        see("detail", f"/agreements/{pk}/", f"/detail?pk={pk}", partial(least.rows_detail, pk)),
        Operation("create", create, partial(least_one.ask, "/create", {"title": "x"}, 302), least.made),
        *(
            see(f"search “{words}”", f"/search/?q={words}", f"/found?words={words}", partial(least.rows_found, words))
            for words in ("nanjing", "graphene")
        ),
        see("queue", "/reviews/", "/list", least.rows_list, manager),
        see("board", "/reviews/board/", "/list", least.rows_list, manager),
        see("home", "/", "/list", least.rows_list, manager),
    ]  # fmt: skip


def measure(rows: int, rounds: int, profiled: str) -> dict:
    """All figures of a filled register."""
    with as_measured():
        application = get_wsgi_application()
        user = account("staff")
        found = operations(application, user, rows)
        queries = {one.name: asked_by(one) for one in found}
        costs = in_rounds(found, rounds)
        session = session_of(user, ROLES)
        result = {
            "rows": rows,
            "engine": connection.vendor,
            "operations": {one.name: figures(queries[one.name], costs, one.name) for one in found},
            "export": copying.export(Visitor(application, session), 1 if rows > LARGE else 3),
            "process": fresh.process(session, session_of(user, PLAIN)),
        }
        if profiled:
            profile(next(one for one in found if one.name == profiled), rounds)
        return result


def asked_by(operation: Operation) -> Asked:
    """The queries of an operation, asked after it was warmed up; those of M and the bare SQL are timed too."""
    for _ in range(WARM_UPS):
        operation.page(), operation.minimal(), operation.bare()
    with counted() as asked:
        operation.page()
    return asked


def in_rounds(found: list[Operation], rounds: int) -> dict[tuple[str, str], list[Cost]]:
    """The costs of each operation and its floors; each round has them all in another order."""
    works: dict[tuple[str, str], Callable[[], Cost]] = {}
    for one in found:
        works[one.name, "page"] = lambda one=one: one.page()[0]
        works[one.name, "minimal"] = lambda one=one: one.minimal()[0]
        works[one.name, "bare"] = lambda one=one: timed(one.bare)
    costs: dict[tuple[str, str], list[Cost]] = {key: [] for key in works}
    order, shuffler = list(works), random.Random(rounds)
    for _ in range(rounds):
        shuffler.shuffle(order)
        for key in order:
            costs[key].append(works[key]())
    return costs


def figures(asked: Asked, costs: dict[tuple[str, str], list[Cost]], name: str) -> dict:
    """The medians of one operation and of its floors, and their ratios."""
    page, minimal, bare = (costs[name, lane] for lane in ("page", "minimal", "bare"))
    middle = {
        lane: {part: statistics.median(getattr(cost, part) for cost in some) for part in ("cpu", "wall")}
        for lane, some in (("page", page), ("minimal", minimal), ("bare", bare))
    }
    return {
        "queries": len(asked.statements),
        "sql_ms": asked.ms,
        **{f"{lane}_{part}_ms": value for lane, parts in middle.items() for part, value in parts.items()},
        "page_wall_p95_ms": sorted(cost.wall for cost in page)[int(len(page) * 0.95)],
        "bytes": page[-1].size,
        "gzip": page[-1].gzipped,
        "cpu_ratio": middle["page"]["cpu"] / middle["minimal"]["cpu"],
        "wall_ratio": middle["page"]["wall"] / middle["minimal"]["wall"],
        "sign_in_queries": sum("django_session" in one or "auth_user" in one for one in asked.statements),
        "writes": sum(not one.startswith("SELECT") for one in asked.statements),
        "statements": asked.statements,
    }


def profile(operation: Operation, rounds: int) -> None:
    """Print where the time of an operation goes."""
    profiler = cProfile.Profile()
    with counted() as asked:
        operation.page()
    for statement in asked.statements:
        print(statement, "\n")
    profiler.enable()
    for _ in range(rounds):
        operation.page()
    profiler.disable()
    stats = pstats.Stats(profiler)
    stats.sort_stats("tottime").print_stats(35)
    stats.sort_stats("cumtime").print_stats(90)
