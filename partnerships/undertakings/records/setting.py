"""In what a line of cooperation stands: with whom, since when, in which areas, and which documents tell of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from partnerships.agreements.models import Party
from partnerships.funding.models import ProjectPartner
from partnerships.organisations.models import Organisation, PlaceKind
from partnerships.sources.models import Statement
from partnerships.undertakings.models import OWNERS, Undertaking
from partnerships.values.dates import HonestDate

NEAR = (PlaceKind.SITE.value, PlaceKind.DISTRICT.value, PlaceKind.CITY.value)
MOST_NEIGHBOURS = 200
SINCE = {"agreement": "signed_on", "partnership": "since", "visit": "happens_on", "project": "starts_on"}


@dataclass
class Setting:
    """What is known around a line; `owner` is the kind and id of what it belongs to, areas are labels by their key."""

    owner: tuple[str, int]
    since: HonestDate
    homes: set[int] = field(default_factory=set)
    partners: dict[int, str] = field(default_factory=dict)
    # The partners' neighbours: an organisation of the same city, by its name and that of the city.
    neighbours: dict[int, tuple[str, str]] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)
    areas: dict[tuple[str, int], str] = field(default_factory=dict)


def settings_of(lines: Sequence[Undertaking], look) -> dict[int, Setting]:
    """The setting of each line, by its id; at most nine queries."""
    rows = Undertaking.objects.filter(pk__in=[line.pk for line in lines])
    rows = rows.select_related(*OWNERS, "partnership__partner", "visit__partner")
    settings = {}
    for line in rows.prefetch_related("activities", "subjects"):
        name = next(name for name in OWNERS if getattr(line, f"{name}_id"))
        since = getattr(line.belonging, SINCE[name]) if name in SINCE else HonestDate()
        areas = {("activity", one.pk): str(one) for one in line.activities.all()}
        areas |= {("subject", one.pk): str(one) for one in line.subjects.all()}
        settings[line.pk] = Setting((name, line.belonging.pk), since, areas=areas)
        stand_beside(settings[line.pk], line, look)
    by_owner = defaultdict(list)
    for setting in settings.values():
        by_owner[setting.owner].append(setting)
    add_parties(by_owner, look)
    add_neighbours(settings.values(), look)
    add_sources(by_owner, look)
    return settings


def stand_beside(setting: Setting, line: Undertaking, look) -> None:
    """The home and the partner of a partnership or a visit, and the home of a project, where these may be seen."""
    beside = line.partnership or line.visit or line.project
    if beside is None:
        return
    if beside.home_id:
        setting.homes.add(beside.home_id)
    partner = getattr(beside, "partner", None)
    if partner and partner.visibility <= look.role:
        setting.partners[partner.pk] = str(partner)


def ids_of(by_owner: dict, name: str) -> list[int]:
    """The ids of the owners of one kind."""
    return [pk for kind, pk in by_owner if kind == name]


def add_parties(by_owner: dict, look) -> None:
    """The parties of agreements and the partners of projects, ours and the others; two queries."""
    for name, rows in (
        ("agreement", Party.objects.filter(agreement__in=ids_of(by_owner, "agreement"))),
        ("project", ProjectPartner.objects.filter(project__in=ids_of(by_owner, "project"))),
    ):
        for row in look.seen(rows.select_related("organisation")):
            for setting in by_owner[name, getattr(row, f"{name}_id")]:
                if row.organisation.is_home:
                    setting.homes.add(row.organisation_id)
                else:
                    setting.partners[row.organisation_id] = str(row.organisation)


def add_neighbours(settings, look) -> None:
    """The other organisations in the cities of the partners; two queries. A province is no neighbourhood."""
    partners = {pk for setting in settings for pk in setting.partners}
    places = look.seen(Organisation.objects.filter(pk__in=partners, place__kind__in=NEAR)).select_related("place")
    cities = {one.pk: one.place for one in places if one.place.visibility <= look.role}
    if not cities:
        return
    inside = Q(pk__in=[])
    for city in cities.values():
        inside |= Q(place__lineage__startswith=city.lineage)
    rows = look.seen(Organisation.objects.filter(inside, is_home=False, place__visibility__lte=look.role))
    rows = rows.exclude(pk__in=partners).order_by("pk").select_related("place")[:MOST_NEIGHBOURS]
    near = [(one.pk, str(one), one.place.lineage) for one in rows]
    for setting in settings:
        for city in (cities[pk] for pk in setting.partners if pk in cities):
            for pk, name, lineage in near:
                if lineage.startswith(city.lineage):
                    setting.neighbours.setdefault(pk, (name, str(city)))


def add_sources(by_owner: dict, look) -> None:
    """The documents that tell of what the lines belong to; one query."""
    about = Q(pk__in=[])
    for name, pk in by_owner:
        about |= Q(record_kind=name, record_id=pk)
    rows = look.seen(Statement.objects.filter(about, source__isnull=False)).order_by()
    for name, pk, source, title in rows.values_list("record_kind", "record_id", "source", "source__title").distinct():
        for setting in by_owner[name, pk]:
            setting.sources[source] = title
