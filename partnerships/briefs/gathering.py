"""The brief of a visit, and that of an organisation without one, for a reader."""

from partnerships.briefs import meetings, people, promises, ties
from partnerships.briefs.reading import MOST, Material, gather, itinerary_of, participants_of, people_at
from partnerships.briefs.sides import sides_of
from partnerships.briefs.unknowns import unknowns
from partnerships.organisations.models import Organisation
from partnerships.papers.proof import Proof
from partnerships.papers.words import Brief, Section, Words, both, capital, day, line, sentence, unknown
from partnerships.records.pages import Look
from partnerships.visits.models import Direction, Visit

WAYS = {Direction.INBOUND: "Inbound to ", Direction.OUTBOUND: "Outbound from ", Direction.VIRTUAL: "Virtual, with "}


def brief_of_visit(visit: Visit, look: Look) -> Brief:
    """Everything for one visit; `visit` is one that the reader sees."""
    rows = participants_of(visit, look)
    brought = {one.organisation_id for one in rows if one.organisation_id and one.organisation_id != visit.home_id}
    material = Material(sides_of(visit.home, visit.partner, brought, look), visit, rows, itinerary_of(visit, look))
    material.people = [one.person for one in rows if one.person_id]
    gather(material, look)
    proof = Proof(material.records(), look)
    beside = people.sides(material, proof)
    sections = [
        people.besides(material, proof),
        talking_points(visit),
        *meetings.others(material, proof, look),
        promises.asked(material, proof, look),
        ties.between(material, proof, look),
        ties.agreements(material, proof, look),
        promises.to_do(material, look),
        ties.programmes(material, proof),
        ties.money(material, proof),
        meetings.the_day(material, proof, look),
        unknowns(material, look),
    ]
    lead = lead_of_visit(visit, proof, look)
    return Brief(
        kind="Brief for a visit",
        title=visit.title,
        native="",
        address=visit.get_absolute_url(),
        home=str(visit.home),
        as_at=day(look.today),
        lead=lead,
        sides=beside,
        sections=[one for one in sections if one.lines],
        sources=proof.sources(),
        cautions=people.cautions(material),
    )


def brief_of_organisation(organisation: Organisation, home: Organisation, look: Look) -> Brief:
    """What stands between an organisation and one of our institutions, without a visit."""
    material = Material(sides_of(home, organisation, set(), look))
    material.people = material.first("people", people_at(material.sides, look), MOST)
    gather(material, look)
    proof = Proof(material.records(), look)
    sections = [
        people.there(material, proof),
        ties.between(material, proof, look),
        *meetings.others(material, proof, look),
        ties.agreements(material, proof, look),
        promises.to_do(material, look),
        ties.programmes(material, proof),
        ties.money(material, proof),
        unknowns(material, look),
    ]
    lead = lead_of_organisation(organisation, proof, look)
    return Brief(
        kind="Brief on a partner",
        title=str(organisation),
        native="" if organisation.native_name in str(organisation) else organisation.native_name,
        address=organisation.get_absolute_url(),
        home=str(home),
        as_at=day(look.today),
        lead=lead,
        sides=(),
        sections=[one for one in sections if one.lines],
        sources=proof.sources(),
    )


def lead_of_visit(visit: Visit, proof: Proof, look: Look) -> tuple[Words, ...]:
    """Which way, with whom, where and when, how far it has come, and what for."""
    partner = [", with ", both(visit.partner)] if visit.partner_id else [", ", unknown("partner not recorded")]
    where = visit.place if visit.place_id and visit.place.visibility <= look.role else None
    on = visit.happens_on
    missing = "not stated" if on.wording else proof.gap(visit, "happens_on")
    when = Words(on.words) if on.notation else unknown(f"day and year {missing}")
    wording = Words(f" “{on.wording}”", tone="quoted") if on.wording and not on.notation else None
    return line(
        WAYS[Direction(visit.direction)],
        both(visit.home),
        *partner,
        *([", ", both(where)] if where else []),
        ". When: ",
        when,
        wording,
        f". {capital(visit.get_status_display())}. ",
        sentence(visit.purpose),
        f" Part of {visit.part_of}." if visit.part_of else "",
        proof.cite(visit, "happens_on", "purpose", "place", "part_of"),
    ).words


def lead_of_organisation(organisation: Organisation, proof: Proof, look: Look) -> tuple[Words, ...]:
    """What the body is, and where."""
    place = organisation.place if organisation.place_id and organisation.place.visibility <= look.role else None
    kind = Words(capital(str(organisation.kind))) if organisation.kind_id else unknown("Kind not recorded")
    where = [", ", both(place)] if place else [", ", unknown(f"place {proof.gap(organisation, 'place')}")]
    founded = f" Founded {organisation.founded_on.words}." if organisation.founded_on else ""
    cited = proof.cite(organisation, "kind", "place", "founded_on", "")
    return line(kind, *where, ".", founded, f" {organisation.description}", cited).words


def talking_points(visit: Visit) -> Section:
    """What the host wants to say, a line each."""
    lines = [one.strip(" \t•*-") for one in visit.talking_points.splitlines()]
    return Section("talking-points", "Talking points", [line(one) for one in lines if one])
