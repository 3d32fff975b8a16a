"""What a review says, section by section: the most important first, and what nobody knows in words."""

from collections import defaultdict
from decimal import Decimal

from partnerships.agreements.models import Agreement, AgreementRelation, Ending, Party
from partnerships.agreements.states import LegalState, why_unknown
from partnerships.funding.models import Funding
from partnerships.funding.telling import of_funding, of_project
from partnerships.papers.proof import Proof
from partnerships.papers.words import Brief, Line, Section, Words, capital, day, line, link, strong, unknown
from partnerships.programmes.telling import of_programme
from partnerships.records.columns import WITHHELD, hidden
from partnerships.records.kinds import kind_of
from partnerships.records.pages import Look
from partnerships.reviews.forms import LONGEST_ASK
from partnerships.reviews.queue import ending, in_words
from partnerships.reviews.records.reading import Held, held, homes_of
from partnerships.reviews.records.work import areas
from partnerships.values.counts import StandsFor
from partnerships.values.dates import HonestDate
from partnerships.values.money import Money
from partnerships.visits.models import FollowUp, Visit

NOTHING = "None recorded."
NOBODY = "nobody yet"
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


def what(material: Held, proof: Proof, look: Look) -> Section:
    """What it is and who signed, and who sees to it."""
    one = material.agreement

    def row(mark: str, words, field: str = "") -> Line:
        """A fact, or why there is none, with the first place that proves it."""
        told = [Words(words)] if isinstance(words, str) and words else words
        cited = proof.cite(one, field, most=1) if field else []
        return line(told or unknown(proof.gap(one, field)), cited, mark=mark)

    counted = {StandsFor.NUMBER: f"{one.how_many} agreements", StandsFor.UNKNOWN: "several; their number is not stated"}
    rows = [
        row("Type", str(one.type or ""), "type"),
        row("Stands for", counted.get(StandsFor(one.stands_for), "one agreement")),
        *(signature(party, proof, look) for party in material.parties),
        row("Signed", when(one.signed_on, one.signed_place), "signed_on"),
        row("Starts", when(one.starts_on), "starts_on"),
        row("Ends", ends(material), "ends_on"),
        row("Notice", notice(material), "notice_period"),
        row("Purpose", one.purpose, "purpose"),
        row("Next review", day(one.review_on) if one.review_on else unknown_list("not set")),
        row("Owner", str(one.owner or "") or unknown_list(NOBODY)),
        row("Reviewer", str(one.reviewer or "") or unknown_list(NOBODY)),
        row("Workflow step", one.get_step_display() or unknown_list("no step recorded")),
    ]
    if one.reference:
        rows.append(row("Reference", one.reference))
    return Section("what", "The agreement", rows, proof.cite(one, "", most=1), is_table=True)


def unknown_list(words: str) -> list[Words]:
    """Words that tell of something nobody knows, as a run of pieces."""
    return [unknown(words)]


def when(date: HonestDate, place=None) -> list[Words]:
    """A date as stated, with what is not known of it, and where."""
    if not date:
        return []
    told = [Words(date.words)]
    return [*told, Words(", in "), link(place)] if place else told


def ends(material: Held) -> list[Words]:
    """Its end, or that it has none."""
    one = material.agreement
    endless = f"{Ending(one.ending).label}" if one.ending in (Ending.EVERGREEN, Ending.RENEWING) else ""
    return [*when(one.ends_on), *([Words(f"{', ' if one.ends_on else ''}{endless}")] if endless else [])]


def notice(material: Held) -> str:
    """The notice period as written, and its last day."""
    one = material.agreement
    return "; ".join(filter(None, [one.notice_period, f"last day {day(one.notice_on)}" if one.notice_on else ""]))


def signature(party: Party, proof: Proof, look: Look) -> Line:
    """A side, and who signed for it and when, as far as known."""
    if party.signatory_id is None:
        who = [unknown("signatory not stated")]
    elif hidden(party.signatory, look.role):
        who = [Words(f"signed by somebody, {WITHHELD}")]
    else:
        who = [Words("signed by "), link(party.signatory)]
    dated = [Words(f", {party.signed_on.words}")] if party.signed_on else []
    mark = "For us" if party.organisation.is_home else "For them"
    return line(link(party.organisation, "strong"), ": ", who, dated, mark=mark)


def state(material: Held, look: Look) -> Section:
    """The legal state and why, and what blocks a decision."""
    one = material.agreement
    if one.state == LegalState.UNKNOWN:
        told = unknown(f"Legal state: unknown, {why_unknown(one, look.today)}.")
    else:
        told = Words(
            f"Legal state: {LegalState(one.state).label.lower()}. {'. '.join(ending(one, look.today))}".strip()
        )
    missing = blocking(material, look)
    blocks = [line(unknown(capital(f"{words}."))) for words in missing] or [
        line("Nothing that the register looks for.")
    ]
    head = Words("What blocks a decision", tone="strong")
    lines = [line(told), line(Words(BY_HAND, tone="quiet")), line(head, under=blocks)]
    return Section("state", "Legal state, and what blocks a decision", lines)


def blocking(material: Held, look: Look) -> list[str]:
    """What must be known before anybody can decide rightly, and isn't."""
    one = material.agreement
    signed = [party for party in material.parties if party.signatory_id]
    found = [f"whether it is in force: {why_unknown(one, look.today)}"] if one.state == LegalState.UNKNOWN else []
    found += [] if one.starts_on.year_known else ["no start date with its year is recorded"]
    found += [] if one.signed_on.year_known else ["the year of its signing is not known"]
    found += [f"who signed for {party.organisation} is not known" for party in material.parties if party not in signed]
    found += [] if one.owner_id else ["nobody owns it"]
    return found + ([] if material.areas else ["no area of cooperation is recorded"])


def missing(one: Agreement, look: Look) -> str:
    """What the owner of an agreement could be asked for, in one line; '' where nothing is missing; one query."""
    found = [] if one.starts_on.year_known else ["the start date"]
    found += [] if one.ends_on.year_known or one.ending in (Ending.EVERGREEN, Ending.RENEWING) else ["the end date"]
    found += [] if one.signed_on.year_known else ["the year of signing"]
    silent = look.seen(Party.objects.filter(agreement=one, signatory__isnull=True)).select_related("organisation")
    found += [f"who signed for {party.organisation}" for party in silent]
    return f"Find out {', '.join(found)}"[:LONGEST_ASK] if found else ""


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
