"""What stands between the two sides: partnerships and relations, agreements, programmes, projects and money."""

from partnerships.agreements.models import Agreement, AgreementRelation
from partnerships.agreements.states import LegalState, why_unknown
from partnerships.briefs.more import more
from partnerships.briefs.people import named
from partnerships.briefs.promises import is_open, of_line
from partnerships.briefs.reading import Material
from partnerships.funding.telling import of_funding, of_project
from partnerships.organisations.models import Partnership, Relation
from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Section, Words, capital, line, link, listed, strong, told, unknown
from partnerships.programmes.telling import of_programme
from partnerships.records.pages import Look
from partnerships.undertakings.models import Undertaking
from partnerships.values.counts import StandsFor


def between(material: Material, proof: Proof, look: Look) -> Section:
    """The partnerships, the partner's place in a larger body, and relations that tie both sides."""
    rows = [of_partnership(one, material, proof, look) for one in material.partnerships]
    partner = material.sides.partner
    if not rows and partner:
        rows = [line(unknown("No partnership is recorded with "), link(partner), unknown("."))]
    above = material.sides.theirs.get(partner.parent_id) if partner else None
    if above:
        rows.append(line(link(partner), " is part of ", link(above), "."))
    rows += [of_relation(one, proof) for one in material.relations]
    return Section("between", "What stands between us", rows)


def of_partnership(one: Partnership, material: Material, proof: Proof, look: Look) -> Line:
    """A partnership: how alive, since when, who looks after it; and under it the lines of work."""
    status = told(one.get_status_display(), f"status {proof.gap(one, 'status')}")
    since = one.since.words if one.since else ""
    began = Words(f", since {since}") if since and one.since.notation else Words(f", {since}" if since else "")
    owner = [f", looked after by {one.looked_after_by}"] if one.looked_after_by_id else []
    lines = material.of(one)
    works = [Words(row.wording, row.get_absolute_url()) for row in lines if is_open(row, material)]
    shown = [of_line(row, material, proof, look) for row in lines if not is_open(row, material)]
    under = [*([line("Lines of work: ", listed(works, "; "), ".")] if works else []), *shown]
    return line(strong(one), ": ", status, began, *owner, ".", proof.cite(one), under=under)


def of_relation(one: Relation, proof: Proof) -> Line:
    """How one body or place stands to another, in a sentence."""
    start = one.organisation or one.place
    note = f" {one.note}" if one.note else ""
    verb = one.get_kind_display()
    verb = f" {verb} " if verb.startswith(("hosts", "related")) else f" is {verb} "
    return line(link(start), verb, link(one.target), ".", note, proof.cite(start, "relations", most=1))


def agreements(material: Material, proof: Proof, look: Look) -> Section:
    """The agreements with their legal state, and what came of each of their lines."""
    lines = [of_agreement(one, material, proof, look) for one in material.agreements]
    lines += [*more(material, "agreements"), *more(material, "undertakings")]
    return Section("agreements", "Agreements, and what came of them", lines)


def of_agreement(one: Agreement, material: Material, proof: Proof, look: Look) -> Line:
    """An agreement: what it is, when it was signed and by whom, its state of today and why."""
    kind = told(str(one.type or ""), f"type {proof.gap(one, 'type')}")
    number = {StandsFor.UNKNOWN: " (their number is not known)", StandsFor.NUMBER: f" ({one.how_many})"}
    head = [strong(one), number.get(StandsFor(one.stands_for), ""), ": ", kind, "; ", *signing(one, look), ". "]
    related = [word for row in material.related if row.agreement_id == one.pk for word in of_other(row)]
    lines = [of_line(row, material, proof, look, standing=False) for row in material.of(one)]
    if all(is_open(row, material) for row in material.of(one)):
        lines = together(material.of(one), proof)
    return line(*head, legal(one, look), *related, proof.cite(one), under=lines)


def of_other(row: AgreementRelation) -> list[Words | str]:
    """How an agreement stands to another."""
    return [f" {capital(row.get_kind_display())} ", link(row.to_agreement), "."]


def together(rows: list[Undertaking], proof: Proof) -> list[Line]:
    """Lines of an agreement of which none is known to have come to anything, said in one."""
    if not rows:
        return []
    covers = [Words(f"{number}. {row.wording}", row.get_absolute_url()) for number, row in enumerate(rows, 1)]
    cited = {word.text: word for row in rows for word in proof.cite(row, most=1)}
    missing = unknown(" Evidence that anything came of it: none recorded.")
    return [line("Covers ", listed(covers, "; "), ".", cited.values(), missing)]


def signing(one: Agreement, look: Look) -> list[Words | str]:
    """When it was signed, and who signed for whom."""
    told_of: list[Words | str] = [Words(f"signed {one.signed_on.words}")] if one.signed_on else []
    parties = one.parties.all()
    told_of = told_of or [unknown("day of signing not known")]
    for party in parties:
        if party.signatory_id:
            told_of += [", for ", link(party.organisation), " by ", named(party.signatory, look) or "somebody withheld"]
    silent = [party for party in parties if not party.signatory_id]
    if len(silent) == len(parties):
        told_of += [", between ", *listed([link(party.organisation) for party in parties], " and ")]
    missing = [str(party.organisation) for party in silent] if len(silent) < len(parties) else ["any side"]
    return [*told_of, *([unknown(f"; signatory for {', '.join(missing)} not stated")] if silent else [])]


def legal(one: Agreement, look: Look) -> Words:
    """The legal state of today, and why where it is unknown."""
    if one.state == LegalState.UNKNOWN:
        return unknown(f"State: unknown, {why_unknown(one, look.today)}.")
    until = (
        f", until {one.ends_on.words}" if one.ends_on and one.state in (LegalState.ACTIVE, LegalState.EXPIRING) else ""
    )
    return Words(f"State: {LegalState(one.state).label.lower()}{until}.")


def programmes(material: Material, proof: Proof) -> Section:
    """The doctoral programmes with their cohorts, in numbers as far as known."""
    lines = [*(of_programme(one, proof) for one in material.programmes), *more(material, "programmes")]
    return Section("programmes", "Programmes and cohorts", lines)


def money(material: Material, proof: Proof) -> Section:
    """Projects and funding, each amount as stated; nothing is added up."""
    projects = [*(of_project(one, proof) for one in material.projects), *more(material, "projects")]
    funding = [*(of_funding(one, proof) for one in material.funding), *more(material, "funding")]
    return Section("money", "Projects and money", [*projects, *funding])
