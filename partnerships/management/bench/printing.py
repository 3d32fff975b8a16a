"""The figures as a table, and beside the goals."""

from collections.abc import Iterator

GATES = {"list": 8, "detail": 12, "search": 8, "home": 21}
HEAD = ("", "queries", "SQL ms", "CPU ms", "M", "x M", "wall ms", "p95", "M", "bare SQL", "KB", "gzip")


def lines(found: dict) -> Iterator[str]:
    """The table and the goals, line by line."""
    yield f"{found['rows']:,} agreements and as many visits on {found['engine']}; medians, M is the least page"
    yield row(HEAD)
    for name, one in found["operations"].items():
        cells = (
            one["queries"], one["sql_ms"], one["page_cpu_ms"], one["minimal_cpu_ms"], one["cpu_ratio"],
            one["page_wall_ms"], one["page_wall_p95_ms"], one["minimal_wall_ms"], one["bare_wall_ms"],
            one["bytes"] / 1000, one["gzip"] / 1000,
        )  # fmt: skip
        yield row((name, *(f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in cells)))
    yield ""
    for goal, said, reached in goals(found):
        yield f"{goal:4} {'reached' if reached else 'missed':8} {said}"


def row(cells: tuple[str, ...]) -> str:
    """A line of the table."""
    return f"{cells[0]:42}" + "".join(f"{cell:>9}" for cell in cells[1:])


def goals(found: dict) -> Iterator[tuple[str, str, bool]]:
    """Each goal of this run: its number, what was found beside what is wanted, and whether that is reached."""
    of, export, process = found["operations"], found["export"], found["process"]
    page, deep, detail, create = of["list"], of["deep page"], of["detail"], of["create"]
    narrowed = [one for name, one in of.items() if name.startswith(("filtered list", "list with"))]
    searches = [one for name, one in of.items() if name.startswith("search")]
    lists = [page, deep, of["queue"], of["board"], *narrowed]
    yield "gate", *most("queries of a list", max(one["queries"] for one in lists), GATES["list"])
    yield "gate", *most("queries of a detail page", detail["queries"], GATES["detail"])
    yield "gate", *most("queries of a manager's first page", of["home"]["queries"], GATES["home"])
    yield "gate", *most("queries of a search", max(one["queries"] for one in searches), GATES["search"])
    yield "G1", *most("list: CPU x M", page["cpu_ratio"], 2)
    yield "G1", *most("list: queries", page["queries"], 4)
    yield (
        "G3",
        *most("narrowed list: SQL x bare SQL", max(one["sql_ms"] / one["bare_wall_ms"] for one in narrowed), 1.3),
    )
    yield "G3", *most("narrowed list: queries", max(one["queries"] for one in narrowed), 5)
    yield "G4", *most("deep page: wall x first page", deep["page_wall_ms"] / page["page_wall_ms"], 1.2)
    yield "G5", *most("detail: CPU x M", detail["cpu_ratio"], 4)
    yield "G5", *most("detail: queries", detail["queries"], 6)
    yield "G6", *most("create: wall x M", create["wall_ratio"], 3)
    yield "G6", *most("create: queries", create["queries"], 10)
    yield "G7", *most("search: queries", max(one["queries"] for one in searches), 4)
    wanted = [3 * one["bare_wall_ms"] + one["minimal_wall_ms"] for one in searches]
    share = max(one["page_wall_ms"] / most_ms for one, most_ms in zip(searches, wanted, strict=True))
    yield "G7", *most("search: wall x (3 bare SQL + M)", share, 1)
    yield "G8", *least("export: share of the copy-out's speed", export["share_of_copy"], 0.85)
    yield "G8", *most("export: ms to the first byte", export["first_byte_ms"], 20)
    yield "G11", *most("list: KB", page["bytes"] / 1000, 45)
    yield "G11", *most("list: KB gzipped", page["gzip"] / 1000, 8)
    yield "G12", *most("memory: MB idle", process["page"]["idle_mb"], 90)
    yield "G12", *most("memory: MB after every operation", process["page"]["after_mb"], 110)
    started = process["page"]["first_answer_s"] / process["minimal"]["first_answer_s"]
    yield "G13", *most("start to the first answer: x M", started, 2.5)
    yield "G14", *most("migrate an empty database: s", found["migrate_s"], 10)
    yield "G15", *most("session and user: queries", page["sign_in_queries"], 1)
    yield "G15", *most("session and user: writes of a read", page["writes"], 0)


def most(what: str, value: float, limit: float) -> tuple[str, bool]:
    """A figure that is to be no more than its limit."""
    return f"{what}: {value:.4g}, at most {limit:g}", value <= limit


def least(what: str, value: float, limit: float) -> tuple[str, bool]:
    """A figure that is to be no less than its limit."""
    return f"{what}: {value:.4g}, at least {limit:g}", value >= limit
