"""Agreements: who opens the list, to see what is due and what is alive; the page, to decide."""

from dataclasses import replace
from operator import attrgetter

from django.conf import settings
from django.utils.html import format_html

from partnerships.agreements.deadlines import notice_in_words
from partnerships.agreements.filters import AgreementFilter, life
from partnerships.agreements.forms import AGREEMENT_ROWS, AgreementForm
from partnerships.agreements.lives import overlap, overlaps
from partnerships.agreements.models import Agreement, AgreementRelationKind
from partnerships.agreements.records.steps import way_of
from partnerships.agreements.signatures import summary
from partnerships.agreements.states import OVER, REFUSED_STEPS, LegalState, event_in_words, why_unknown
from partnerships.agreements.way import OPEN
from partnerships.records.catalogue import as_open
from partnerships.records.columns import (
    WITHHELD,
    choice,
    day,
    draw_words,
    heading,
    hidden,
    honest,
    number,
    record,
    records,
    term,
    text,
    words,
)
from partnerships.records.kinds import Column, Dated, Kind, Panel, Related, ToDo, declare
from partnerships.records.life import SIGNS, Life, nothing_for
from partnerships.undertakings.models import Standing
from partnerships.values.counts import StandsFor
from partnerships.values.draw import draw_date, draw_status, draw_text, plain

TONES = {
    LegalState.ACTIVE: "ok",
    LegalState.EVERGREEN: "ok",
    LegalState.RENEWING: "ok",
    LegalState.EXPIRING: "due",
    LegalState.NOT_YET_EFFECTIVE: "mut",
    LegalState.UNKNOWN: "unk",
}


def draw_state(agreement, role):
    """The legal state by glyph and word; where it is unknown, the missing field on the second line."""
    label = LegalState(agreement.state).label
    drawn = draw_status(label, TONES.get(LegalState(agreement.state), "stop"))
    if agreement.state != LegalState.UNKNOWN:
        return drawn
    return format_html('{}<span class="l2">{}</span>', drawn, why_unknown(agreement, agreement.state_on))


def state_in_words(agreement, role) -> str:
    """The legal state for an export; where it is unknown, why."""
    if agreement.state == LegalState.UNKNOWN:
        return f"Unknown: {why_unknown(agreement, agreement.state_on)}"
    return str(LegalState(agreement.state).label)


STATE = Column(
    "state",
    "Legal state",
    value=lambda agreement: agreement,
    draw=draw_state,
    export=state_in_words,
    sort=("state",),
)


def party_names(agreement) -> str:
    """The parties in a line, in their order."""
    return " · ".join(party.organisation.name for party in agreement.parties.all())


def several(agreement) -> str:
    """How many agreements the record stands for, '' where it is one."""
    if agreement.stands_for == StandsFor.NUMBER:
        return f"{agreement.how_many} agreements"
    return "several agreements, number not stated" if agreement.stands_for == StandsFor.UNKNOWN else ""


def second(agreement) -> str:
    """What tells it apart from near twins: type, date, and the parties that everybody may see."""
    parties = " and ".join(str(party) for party in as_open(agreement, agreement.parties.all(), "organisation"))
    return " · ".join(filter(None, [str(agreement.type or "type not stated"), agreement.signed_on.words, parties]))


def told(agreement) -> list:
    """The words that it is found by besides its title: of its own, of its parties and of who signed."""
    parties = as_open(agreement, agreement.parties.all(), "organisation", "signatory")
    return [
        agreement.purpose,
        agreement.notice_period,
        agreement.type,
        agreement.type and agreement.type.code.replace("_", " "),
        *as_open(agreement, agreement.parties.all(), "organisation"),
        *(party.signatory for party in parties),
        agreement.notes,
    ]


def signed(agreement) -> list:
    """The parties of which somebody is known to have signed."""
    return [party for party in agreement.parties.all() if party.signatory_id]


def signatures(parties: list, role) -> list[str]:
    """Who signed for whom, as far as known and as this role may see."""
    shown = ((WITHHELD if hidden(party.signatory, role) else party.signatory, party) for party in parties)
    return [f"{signatory} for {party.organisation}" for signatory, party in shown]


PARTIES = records("parties", "Parties", lambda one: [party.organisation for party in one.parties.all()])
SIGNATORIES = Column(
    "signatories",
    "Signed by",
    signed,
    draw=lambda parties, role: draw_words(signatures(parties, role), role),
    export=lambda parties, role: "; ".join(signatures(parties, role)),
    field="signatories",
)


def told_life(agreement, look) -> str:
    """Whether something happened of late, as far as the reader may see it; one query."""
    found = life(look.role, look.today, settings.QUIET_AFTER_MONTHS)
    return Agreement.objects.filter(pk=agreement.pk).annotate(life=found).values_list("life", flat=True)[0]


def to_do(agreement, look) -> list[ToDo]:
    """What keeps the state unknown, what its end or its review asks for, and whether somebody looks after it."""
    edit, found = f"{agreement.get_absolute_url()}edit/", []
    if agreement.state == LegalState.UNKNOWN:
        why = f"Whether it is in force is unknown: {why_unknown(agreement, look.today)}."
        found.append(ToDo(why, "Record what is known", edit))
    if agreement.state in (LegalState.EXPIRING, LegalState.EXPIRED):
        verb = "ends" if agreement.state == LegalState.EXPIRING else "ended"
        found.append(ToDo(f"It {verb} {agreement.ends_on.words}: renew it, or let it go.", "Record the decision", edit))
    review = f"{agreement.get_absolute_url()}review/"
    found += [ToDo(f"{told}.", "Go to its review", review) for told in notice_in_words(agreement, look.today)]
    if agreement.review_on and agreement.review_on <= look.today:
        found.append(ToDo(f"Its review has been due since {plain(agreement.review_on)}.", "Set the next one", edit))
    if agreement.state not in OVER and agreement.step not in REFUSED_STEPS and told_life(agreement, look) == Life.NONE:
        found.append(ToDo(nothing_for(settings.QUIET_AFTER_MONTHS), "See what may show more", SIGNS))
    if agreement.owner_id is None:
        found.append(ToDo("Nobody looks after it.", "Name somebody", f"{edit}#id_owner"))
    return found


def standing(agreement, look) -> dict:
    """The three things that the page tells apart: how far it has come, who signed, and its state in law."""
    return {
        "way": way_of(agreement),
        "signed": summary(agreement.parties.all()),
        "state": draw_state(agreement, look.role),
        "is_led": agreement.step in OPEN,
    }


AGREEMENTS = declare(
    Kind(
        model=Agreement,
        columns=(
            heading("title", "Agreement", second=several),
            PARTIES,
            term("type", "Type"),
            honest("signed_on", "Signed"),
            SIGNATORIES,
            STATE,
            honest("ends_on", "Ends"),
        ),
        filters=AgreementFilter,
        form=AgreementForm,
        rows=AGREEMENT_ROWS,
        facts=(
            PARTIES,
            Column("stands_for", "Stands for", several, field="stands_for", may_be_empty=True),
            term("type", "Type"),
            text("purpose", "Purpose"),
            honest("signed_on", "Signed"),
            record("signed_place", "Signed at"),
            honest("starts_on", "Starts"),
            honest("ends_on", "Ends"),
            Column("event", "Legal event", event_in_words, field="event_on", may_be_empty=True),
            text("notice_period", "Notice period"),
            Column(
                "notice_on",
                "Last day for notice",
                attrgetter("notice_on"),
                draw=lambda value, role: draw_date(value),
                may_be_empty=True,
            ),
            day("review_on", "Review"),
            term("owner", "Owner"),
            term("reviewer", "Reviewer", may_be_empty=True),
            text("reference", "Reference", may_be_empty=True),
        ),
        panels=(
            Panel(
                "Signatures",
                lambda one, look: one.parties.all(),
                (
                    record("organisation", "Party"),
                    record("signatory", "Signed by", field="signatories"),
                    replace(honest("signed_on", "Signed"), field="signatories"),
                    record("signed_place", "At", field="signatories"),
                ),
                field="signatories",
                is_first=True,
            ),
            Panel(
                "Areas of cooperation",
                lambda one, look: look.seen(one.undertakings.all()).prefetch_related("activities", "subjects"),
                (
                    heading("wording", "Area", second=lambda line: line.detail),
                    words("activities", "Activities", lambda line: list(line.activities.all()), may_be_empty=True),
                    words("subjects", "Subjects", lambda line: list(line.subjects.all()), may_be_empty=True),
                    choice("standing", "Standing", Standing),
                ),
                field="undertakings",
                empty="No area of cooperation is recorded.",
            ),
            Panel(
                "Other agreements",
                lambda one, look: look.seen(one.relations.select_related("to_agreement")),
                (
                    choice("kind", "This agreement", AgreementRelationKind),
                    record("to_agreement", "Other agreement"),
                    number("number", "Number", may_be_empty=True),
                    text("note", "Note", may_be_empty=True),
                    Column("overlap", "Their terms", overlap, may_be_empty=True),
                ),
            ),
        ),
        related=(
            Related("visit", lambda one: one.visits.values("visit"), lambda one: f"agreement={one.pk}"),
            Related("programme", lambda one: one.programmes.values("pk"), lambda one: f"agreement={one.pk}"),
            Related("funding", lambda one: one.funding.values("pk"), lambda one: f"agreement={one.pk}"),
            Related("project", lambda one: one.projects.values("pk"), lambda one: f"agreement={one.pk}"),
            Related("followup", lambda one: one.follow_ups.values("pk"), lambda one: f"agreement={one.pk}"),
        ),
        dated=Dated("sheet", (("signed_on", "signed"),)),
        joins=("type", "signed_place", "owner", "reviewer"),
        list_joins=("type",),
        prefetch=("parties>organisation,signatory,signed_place",),
        records=lambda rows, today: rows.with_state(today),
        sort="title",
        names=lambda one: [one.title, one.reference],
        second=second,
        words=told,
        catalogue_joins=("type",),
        catalogue_prefetch=("parties__organisation", "parties__signatory"),
        depends={
            "agreementtype": "type",
            "organisation": "parties__organisation",
            "person": "parties__signatory",
        },
        lead=lambda one, look: draw_text(party_names(one)),
        to_do=to_do,
        warnings=overlaps,
        besides=standing,
        intro="What was agreed with whom, what it covers, and whether it is in force.",
    )
)
