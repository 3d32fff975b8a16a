"""Visits by direction and year: to the left who came, to the right who went."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, QuerySet, When
from django.db.models.functions import ExtractYear
from django.utils.html import format_html

from partnerships.records.listing import list_address
from partnerships.values.figures import Figure, Row, Told, draw_axis, draw_two_ways
from partnerships.visits.filters import IN_ONE_YEAR
from partnerships.visits.models import Direction, VisitStatus

HAPPENED = [VisitStatus.HAPPENED.value, VisitStatus.DEBRIEFED.value, VisitStatus.CLOSED.value]
YEARS = 6
HEADS = format_html(
    '<text x="49%" y="14" text-anchor="end">{}</text><text x="51%" y="14">{}</text>', "← they came", "we went →"
)
Counts = Mapping[str, int]


def happened(visits: QuerySet) -> dict[int | None, dict[str, int]]:
    """How many visits took place, by year (None where it is not known) and direction; one query."""
    year = Case(When(IN_ONE_YEAR, then=ExtractYear("happens_on_earliest")), default=None)
    groups = visits.filter(status__in=HAPPENED).order_by().annotate(year=year).values_list("year", "direction")
    found: dict[int | None, dict[str, int]] = defaultdict(dict)
    for when, direction, count in groups.annotate(count=Count("pk")):
        found[when][direction] = count
    return found


def by_direction(found: Mapping[int | None, Counts]) -> Figure:
    """The visits that took place, the newest year first, those of unknown year last."""
    known = sorted((year for year in found if year is not None), reverse=True)
    lines: list[tuple[str, Counts, dict[str, Any]]] = [
        (str(year), found[year], {"when_from": year, "when_to": year}) for year in known[:YEARS]
    ]
    if earlier := known[YEARS:]:
        counts = {way: sum(found[year].get(way, 0) for year in earlier) for way in Direction.values}
        lines.append((f"until {earlier[0]}", counts, {"when_to": earlier[0], "has_year": "yes"}))
    if None in found:
        lines.append(("year not known", found[None], {"has_year": "no"}))
    most = max((counts.get(way, 0) for _, counts, _ in lines for way in ("inbound", "outbound")), default=0)
    total = {way: sum(counts.get(way, 0) for counts in found.values()) for way in Direction.values}
    description = f"{total['inbound']} visits to us, {total['outbound']} by us, {total['virtual']} without travel."
    return Figure(
        "visits",
        "Visits by direction",
        description,
        "Bars to the left are visits to us, to the right ours to others. Dashed: no source tells the year.",
        ("Year", "Inbound", "Outbound", "Virtual"),
        [row(label, counts, conditions, most) for label, counts, conditions in lines],
        sum(total.values()),
        draw_axis("visits", "Visits by direction", description, HEADS, 18),
    )


def row(label: str, counts: Counts, conditions: dict, most: int) -> Row:
    """One year."""
    unknown = "has_year" in conditions and conditions["has_year"] == "no"
    told = [way_told(way, counts.get(way.value, 0), conditions) for way in Direction]
    strip = draw_two_ways(counts.get("inbound", 0), counts.get("outbound", 0), most, unknown=unknown)
    name = Told(label, unknown=unknown)
    return Row(name, strip, [one for one in told if one.address], (name, *told))


def way_told(way: Direction, count: int, conditions: dict) -> Told:
    """How many in one direction, and where exactly these are listed."""
    if not count:
        return Told("none")
    return Told(f"{count:,} {way.label}", list_address("visits", direction=way.value, status=HAPPENED, **conditions))
