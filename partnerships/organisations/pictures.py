"""Partners by place: by what lies directly in a country, such as provinces."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from partnerships.organisations.models import Place, PlaceKind
from partnerships.records.listing import list_address
from partnerships.values.figures import Figure, Row, Told, draw_axis, draw_share

BARS = 8
WIDE = (PlaceKind.CONTINENT, PlaceKind.COUNTRY)
LARGE = (*WIDE, PlaceKind.REGION, PlaceKind.PROVINCE)


@dataclass(frozen=True)
class Bar:
    """A place, the condition that lists its partnerships, and whether nothing nearer is known of them."""

    place: Place
    count: int
    only: bool

    @property
    def told(self) -> Told:
        """The number, and where exactly these are listed."""
        condition = {"place_only" if self.only else "place": self.place.pk}
        return Told(f"{self.count:,}", list_address("partnerships", **condition))

    @property
    def name(self) -> Told:
        """The place; violet where nothing nearer is known."""
        return Told(f"{self.place}, nothing nearer known" if self.only else str(self.place), unknown=self.only)


def by_place(partnerships: QuerySet, places: QuerySet) -> Figure:
    """Where the partners are, as far as `places` may be seen; two queries."""
    groups = partnerships.order_by().values_list("partner__place__lineage").annotate(count=Count("pk"))
    counted = Counter({lineage or "": count for lineage, count in groups})
    there = partnerships.order_by().values("partner__place")
    known = {place.handle: place for place in places.filter(Q(kind__in=LARGE) | Q(pk__in=there)).order_by("name")}
    placed = {lineage: count for lineage, count in counted.items() if lineage.rstrip("/").split("/")[-1] in known}
    nowhere = sum(counted.values()) - sum(placed.values())
    bars = sorted(bars_of(placed, known), key=lambda bar: (-bar.count, str(bar.place)))
    most = max([bar.count for bar in bars] + [nowhere])
    rows = [
        Row(bar.name, draw_share(bar.count, most, "open" if bar.only else "part"), (bar.told,), (bar.name, bar.told))
        for bar in bars[:BARS]
    ]
    if nowhere:
        name = Told("place not known", unknown=True)
        told = Told(f"{nowhere:,}", list_address("partnerships", has_place="no"))
        rows.append(Row(name, draw_share(nowhere, most, "open"), (told,), (name, told)))
    more = f" {len(bars) - BARS:,} places with fewer are not drawn." if len(bars) > BARS else ""
    description = f"{sum(counted.values()):,} partnerships in {len(bars):,} places."
    caption = f"A bar is as long as its number of partnerships. Dashed: no source says where, or nothing nearer.{more}"
    return Figure(
        "places",
        "Partners by place",
        description,
        caption,
        ("Place", "Partnerships"),
        rows,
        sum(counted.values()),
        draw_axis("places", "Partners by place", description),
    )


def bars_of(counted: dict[str, int], known: dict[str, Place]) -> list[Bar]:
    """A bar for each place directly in a country, and one for each country or continent of which no more is known."""
    bars: dict[tuple[str, bool], Bar] = {}
    for lineage in counted:
        seen = [known[handle] for handle in lineage.strip("/").split("/") if handle in known]
        only = seen[-1].kind in WIDE
        last_wide = max((number for number, place in enumerate(seen) if place.kind in WIDE), default=-1)
        place = seen[-1] if only else seen[last_wide + 1]
        inside = counted[lineage] if only else sum(n for other, n in counted.items() if other.startswith(place.lineage))
        bars[place.handle, only] = Bar(place, inside, only)
    return list(bars.values())
