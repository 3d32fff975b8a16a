"""The visits with the same partner, before and after, and the day of this one."""

from partnerships.briefs.people import named
from partnerships.briefs.promises import of_line, state
from partnerships.briefs.reading import MOST_VISITS, Material
from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Section, Words, capital, day, line, link, listed, span, strong, unknown
from partnerships.records.listing import list_address
from partnerships.records.pages import Look
from partnerships.visits.models import Direction, ItineraryItem, Side, Visit, VisitStatus

TO_COME = (VisitStatus.REQUESTED, VisitStatus.TRIAGED, VisitStatus.APPROVED, VisitStatus.PLANNED)
DIRECTIONS = {
    Direction.INBOUND: "they came",
    Direction.OUTBOUND: "we went",
    Direction.VIRTUAL: "we met without travelling",
}
TITLES = {"before": "Last time", "after": "Since then", "coming": "Other visits to come", "": "Other visits with them"}


def others(material: Material, proof: Proof, look: Look) -> list[Section]:
    """The other visits, by how they stand to this one."""
    groups: dict[str, list[Line]] = {name: [] for name in TITLES}
    for one in material.visits[:MOST_VISITS]:
        groups[placed(one, material.visit)].append(of_visit(one, material, proof, look))
    last = [name for name in TITLES if groups[name]]
    if len(material.visits) > MOST_VISITS and material.sides.partner:
        address = list_address("visits", partner=material.sides.partner.pk)
        groups[last[-1]].append(line(Words("All visits with them are in the register.", address)))
    return [Section(f"visits-{name or 'other'}", TITLES[name], groups[name]) for name in TITLES]


def placed(other: Visit, visit: Visit | None) -> str:
    """Whether another visit came before this one or after it, as far as anything says so."""
    coming = other.status in TO_COME
    if visit is None:
        return "coming" if coming else "before"
    if visit.after_id == other.pk or (visit.status in TO_COME and not coming):
        return "before"
    if other.after_id == visit.pk:
        return "after"
    if coming:
        return "coming" if visit.status in TO_COME else "after"
    first, last = visit.happens_on.earliest, visit.happens_on.latest
    if first and other.happens_on.latest and other.happens_on.latest < first:
        return "before"
    return "after" if last and other.happens_on.earliest and other.happens_on.earliest > last else ""


def of_visit(one: Visit, material: Material, proof: Proof, look: Look) -> Line:
    """A visit: when, which way, who, what for; and under it what was asked and promised and what became of it."""
    when = Words(one.happens_on.words) if one.happens_on else unknown("day not known")
    who = [link(row.person) for row in one.participants.all() if row.side == Side.VISITOR and row.person_id]
    signed = [row for row in material.linked if row.visit_id == one.pk]
    agreements = [
        word for row in signed for word in (f" {capital(row.get_kind_display())}: ", link(row.agreement), ".")
    ]
    head = [
        strong(one),
        ": ",
        when,
        f", {DIRECTIONS[Direction(one.direction)]}",
        ": " if who else "",
        *listed(who),
        ".",
    ]
    purpose = f" {one.purpose}" if one.purpose else ""
    under = [of_line(row, material, proof, look) for row in material.of(one)]
    return line(*head, purpose, *agreements, proof.cite(one), under=[*under, *follow_ups(one, material)])


def follow_ups(one: Visit, material: Material) -> list[Line]:
    """What was done after a visit; what is open stands in a section of its own."""
    rows = [row for row in material.follow_ups if row.visit_id == one.pk and row.done_on and not row.undertaking_id]
    return [line(link(row), f": {state(row)}.") for row in rows]


def the_day(material: Material, proof: Proof, look: Look) -> Section:
    """The itinerary: by day and time as far as known, who leads, where, and a word of care."""
    if material.visit is None:
        return Section("day", "", [])
    lines = [of_item(one, material.visit, look) for one in material.itinerary]
    days = {one.on_day for one in material.itinerary if one.on_day}
    title = "The days" if len(days) > 1 else "The day"
    return Section("day", title, lines, proof.cite(material.visit, "itinerary"), is_table=True)


def of_item(one: ItineraryItem, visit: Visit, look: Look) -> Line:
    """One item of the itinerary."""
    at = span(one.starts_at, one.ends_at) or one.time
    mark = ", ".join(filter(None, [day(one.on_day) if one.on_day else "", at]))
    kind = capital(one.get_kind_display())
    opens = f"{kind}: " if mark and kind.lower() not in one.title.lower() else ""
    leads = named(one.led_by, look)
    joined = [link(person) for person in one.joined_by.all()]
    place = one.place if one.place_id and one.place.visibility <= look.role else None
    tail = [
        *([" Led by ", leads, "."] if leads else []),
        *([" With ", link(one.organisation), "."] if one.organisation_id else []),
        *([" At ", link(place), "."] if place else []),
        *([" Joined by ", *listed(joined), "."] if joined else []),
    ]
    title = Words(f"{one.title.rstrip('.')}.", visit.get_absolute_url(), "strong")
    return line(opens, title, *tail, *care(one, visit), mark=mark or kind)


def care(one: ItineraryItem, visit: Visit) -> list[Words | str]:
    """What is shown, and the word of care where research may be."""
    shown = [f" Shown: {one.shown.rstrip('.')}."] if one.shown else []
    if not one.shows_research:
        return shown
    if visit.status in TO_COME:
        return [*shown, Words(" Export control: agree beforehand what is shown.", tone="strong")]
    return shown or [unknown(" Export control: what was shown is not recorded.")]
