"""What a review says, section by section: the most important first, and what nobody knows in words."""

from collections import defaultdict
from decimal import Decimal

from partnerships.agreements.models import Agreement, AgreementRelation
from partnerships.funding.models import Funding
from partnerships.funding.telling import of_funding, of_project
from partnerships.papers.proof import Proof
from partnerships.papers.words import Brief, Line, Section, Words, capital, day, line, link, strong, unknown
from partnerships.programmes.telling import of_programme
from partnerships.records.kinds import kind_of
from partnerships.records.pages import Look
from partnerships.reviews.queue import in_words
from partnerships.reviews.records.facts import NOBODY, state, what
from partnerships.reviews.records.reading import Held, held, homes_of
from partnerships.reviews.records.work import areas
from partnerships.values.dates import HonestDate
from partnerships.values.money import Money
from partnerships.visits.models import FollowUp, Visit

NOTHING = "None recorded."
BY_HAND = "Computed from its dates and events; nobody set it by hand."


def paper_of(agreement: Agreement, look: Look) -> Brief:
    """All that a decision about an agreement needs, for one reader on one day."""
    material = held(agreement, look)
    proof = Proof(material.records(), look)
    one = material.agreement
    sides = [what(material, proof, look), state(material, look)]
    sections = [
        areas(material, proof, look),
        visits(material, proof),
        Section("programmes", "Programmes and cohorts", [of_programme(row, proof) for row in material.programmes]),
        money(material, proof),
        chain(material, proof),
        files(material),
        gaps(material, proof),
        said(material, proof),
        follow_ups(material, look),
        notes(material),
        earlier(material),
    ]
    return Brief(
        kind="Review of an agreement",
        title=one.title,
        native="",
        address=one.get_absolute_url(),
        home=", ".join(str(home) for home in homes_of(material.parties)),
        as_at=day(look.today),
        lead=[Words("; ".join(in_words(one, look.today)) or "It does not stand in the queue."), Words(".")],
        sides=sides,
        sections=[full(section) for section in sections],
        sources=proof.sources(),
    )


def full(section: Section) -> Section:
    """A section that says so where it has nothing to tell."""
    none = [line(Words(NOTHING, tone="quiet"))]
    return section if section.lines else Section(section.name, section.title, none, section.cited)


def visits(material: Held, proof: Proof) -> Section:
    """The visits since it was signed; those of which nobody can tell stand under “when not known”."""
    signed = material.agreement.signed_on
    lines, before = [], 0
    for visit in material.visits:
        first, last = visit.happens_on.earliest, visit.happens_on.latest
        if last and signed.earliest and last < signed.earliest and visit.pk not in material.linked:
            before += 1
        elif first and signed.latest and first >= signed.latest:
            lines.append(of_visit(visit, material, proof, "since"))
        else:
            lines.append(of_visit(visit, material, proof, "when not known" if not known(visit, signed) else "before"))
    if before:
        words = "One visit was" if before == 1 else f"{before} visits were"
        lines.append(line(f"{words} before it was signed."))
    return Section("visits", "Visits since the signing", lines)


def known(visit: Visit, signed: HonestDate) -> bool:
    """Whether a visit is known to lie before the signing."""
    return bool(visit.happens_on.latest and signed.earliest and visit.happens_on.latest < signed.earliest)


def of_visit(visit: Visit, material: Held, proof: Proof, mark: str) -> Line:
    """A visit: when it was, and how it belongs to the agreement."""
    date = Words(visit.happens_on.words) if visit.happens_on else unknown("its day is not known")
    row = material.linked.get(visit.pk)
    belongs = f"; {row.get_kind_display()}" if row else "; not linked with the agreement"
    stage = f", {visit.get_direction_display()}, {visit.get_status_display()}"
    return line(strong(visit), ": ", date, stage, belongs, ".", proof.cite(visit, most=1), mark=f"{capital(mark)}:")


def money(material: Held, proof: Proof) -> Section:
    """What came of it in money: a sum for each currency with what it leaves out, then each record as stated."""
    sums: dict[str, list[Funding]] = defaultdict(list)
    for row in material.funding:
        if row.amount is not None:
            sums[row.currency].append(row)
    silent = len(material.funding) - sum(len(rows) for rows in sums.values())
    lines = [total(currency, rows) for currency, rows in sorted(sums.items())]
    if silent:
        words = "One record has no amount and is" if silent == 1 else f"{silent} records have no amount and are"
        lines.append(line(unknown(f"{words} in no total.")))
    lines += [of_funding(row, proof) for row in material.funding]
    return Section("money", "Money and projects", [*lines, *(of_project(row, proof) for row in material.projects)])


def total(currency: str, rows: list[Funding]) -> Line:
    """The sum in one currency."""
    about = sum(row.is_approximate for row in rows)
    amount = Money(sum((row.amount for row in rows), Decimal()), currency, approximate=bool(about)).words()
    counted = "one record" if len(rows) == 1 else f"{len(rows)} records"
    loose = f", of which {about} approximate" if about else ""
    return line(Words(f"{amount} in {counted}{loose}.", tone="strong"))


def chain(material: Held, proof: Proof) -> Section:
    """The agreements that it amends, renews or stands under, and those that do so to it."""
    return Section("chain", "Other agreements", [of_relation(row, material) for row in material.relations])


def of_relation(row: AgreementRelation, material: Held) -> Line:
    """How two agreements stand to each other, seen from this one."""
    note = f" {row.note}" if row.note else ""
    if row.agreement_id == material.agreement.pk:
        return line(f"{capital(row.get_kind_display())} ", link(row.to_agreement), ".", note)
    return line(link(row.agreement), f" {row.get_kind_display()} this agreement.", note)


def files(material: Held) -> Section:
    """Its files, by their names and what they are."""
    lines = [
        line(Words(one.name, one.get_absolute_url(), "strong"), f": {one.description}; {one.type_words}.")
        for one in material.files
    ]
    return Section("documents", "Documents", lines)


def gaps(material: Held, proof: Proof) -> Section:
    """Which fields no source states, and which are withheld or don't apply."""
    one, kind = material.agreement, kind_of("agreement")
    found: dict[str, list[str]] = defaultdict(list)
    for (name, pk, field), _ in proof.gaps.items():
        if (name, pk) == (kind.name, one.pk):
            found[proof.gap(one, field)].append(kind.label_of(field).lower())
    lines = [
        line(unknown(f"{capital(words)}: {', '.join(sorted(fields))}.")) for words, fields in sorted(found.items())
    ]
    return Section("gaps", "Known gaps", lines)


def said(material: Held, proof: Proof) -> Section:
    """What the sources say of the agreement itself, in their own words."""
    kind, lines = kind_of("agreement"), []
    for one in proof.of(material.agreement):
        about = f"{kind.label_of(one.field)}: " if one.field else ""
        lines.append(line(about, Words(f"“{one.quotation}”", tone="quoted"), proof.place(one)))
    return Section("sources-say", "What the sources say", lines)


def follow_ups(material: Held, look: Look) -> Section:
    """What is still to be done."""
    return Section("follow-ups", "Still to be done", [of_follow_up(row, look) for row in material.follow_ups])


def of_follow_up(row: FollowUp, look: Look) -> Line:
    """A follow-up: who sees to it, and by when."""
    late = "overdue since" if row.due_on and row.due_on < look.today else "due"
    due = Words(f"{late} {day(row.due_on)}") if row.due_on else unknown("no day set")
    return line(strong(row), ": ", Words(str(row.owner)) if row.owner else unknown(NOBODY), ", ", due, ".")


def notes(material: Held) -> Section:
    """What the office wrote down of late."""
    lines = [
        line(Words(capital(one.get_kind_display()), tone="strong"), f", {one.written_by or 'somebody'}: ", one.text)
        for one in material.notes
    ]
    return Section("notes-of", "Notes of the office", lines)


def earlier(material: Held) -> Section:
    """What was decided before."""
    lines = [
        line(
            Words(f"{day(one.decided_on)}: {one.get_decision_display()}", one.get_absolute_url(), "strong"),
            f". {one.reason} {one.decided_by}.",
        )
        for one in material.reviews
    ]
    return Section("earlier", "Earlier decisions", lines)
