"""The facts of an agreement in a review: what it is and who signed, its legal state, and what blocks a decision."""

from partnerships.agreements.models import Agreement, Ending, Party
from partnerships.agreements.states import LegalState, event_in_words, why_unknown
from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Section, Words, capital, day, line, link, unknown
from partnerships.records.catalogue import as_open
from partnerships.records.columns import WITHHELD, hidden
from partnerships.records.pages import Look
from partnerships.reviews.forms import LONGEST_ASK
from partnerships.reviews.queue import ending
from partnerships.reviews.records.reading import Held
from partnerships.values.counts import StandsFor
from partnerships.values.dates import HonestDate

NOBODY = "nobody yet"
BY_HAND = "Computed from its dates and events; nobody set it by hand."


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
        *([row("Legal event", event_in_words(one), "event_on")] if one.event else []),
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
    # It becomes a follow-up, which others read than who asks.
    found += [f"who signed for {party}" for party in as_open(one, silent, "organisation")]
    return f"Find out {', '.join(found)}"[:LONGEST_ASK] if found else ""
