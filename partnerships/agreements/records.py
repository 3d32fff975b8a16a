"""Agreements: who opens the list, to see what is due and what is alive; the page, to decide."""

from django.utils.html import format_html

from partnerships.agreements.filters import AgreementFilter
from partnerships.agreements.forms import AGREEMENT_ROWS, AgreementForm
from partnerships.agreements.models import Agreement, WorkflowStep
from partnerships.agreements.states import LegalState, why_unknown
from partnerships.records.columns import (
    choice,
    day,
    heading,
    honest,
    record,
    records,
    term,
    text,
    words,
)
from partnerships.records.kinds import Column, Kind, Panel, Related, declare
from partnerships.values.counts import StandsFor
from partnerships.values.draw import draw_status, draw_text

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
    return format_html('{}<span class="l2">{}</span>', drawn, why_unknown(agreement))


STATE = Column(
    "state",
    "Legal state",
    value=lambda agreement: agreement,
    draw=draw_state,
    export=lambda agreement, role: (
        f"Unknown: {why_unknown(agreement)}" if agreement.state == "unknown" else LegalState(agreement.state).label
    ),
    sort=("state",),
)


def party_names(agreement) -> str:
    """The parties in a line, in their order."""
    return " · ".join(party.organisation.name for party in agreement.parties.all())


def signatures(agreement) -> list[str]:
    """Who signed for whom, as far as known."""
    return [f"{party.signatory} for {party.organisation}" for party in agreement.parties.all() if party.signatory_id]


PARTIES = records("parties", "Parties", lambda one: [party.organisation for party in one.parties.all()])
SIGNATORIES = words("signatories", "Signed by", signatures)


AGREEMENTS = declare(
    Kind(
        model=Agreement,
        columns=(
            heading("title", "Agreement", second=lambda one: f"several: {one.how_many or 'number not stated'}"
                    if one.stands_for != StandsFor.ONE else ""),
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
            STATE,
            PARTIES,
            term("type", "Type"),
            text("purpose", "Purpose"),
            honest("signed_on", "Signed"),
            record("signed_place", "Signed at"),
            honest("starts_on", "Starts"),
            honest("ends_on", "Ends"),
            text("notice_period", "Notice period"),
            day("review_on", "Review"),
            term("owner", "Owner"),
            choice("step", "Workflow step", WorkflowStep),
            text("reference", "Reference", may_be_empty=True),
        ),
        panels=(
            Panel(
                "Signatures",
                lambda one, look: one.parties.all(),
                (
                    record("organisation", "Party"),
                    record("signatory", "Signed by", field="signatories"),
                    honest("signed_on", "Signed"),
                    record("signed_place", "At", may_be_empty=True),
                ),
                field="signatories",
            ),
            Panel(
                "Areas of cooperation",
                lambda one, look: look.seen(one.undertakings.all()).prefetch_related("activities", "subjects"),
                (
                    heading("wording", "Area", second=lambda line: line.detail),
                    words("activities", "Activities", lambda line: list(line.activities.all()), may_be_empty=True),
                    words("subjects", "Subjects", lambda line: list(line.subjects.all()), may_be_empty=True),
                    text("get_standing_display", "Standing"),
                    text("evidence", "Evidence"),
                ),
                field="undertakings",
                empty="No area of cooperation is recorded.",
            ),
            Panel(
                "Other agreements",
                lambda one, look: look.seen(one.relations.select_related("to_agreement")),
                (
                    text("get_kind_display", "This agreement"),
                    record("to_agreement", "Other agreement"),
                    text("note", "Note", may_be_empty=True),
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
        joins=("type", "signed_place", "owner"),
        prefetch=("parties>organisation,signatory,signed_place",),
        records=lambda rows, today: rows.with_state(today),
        sort="title",
        names=lambda one: [one.title, one.reference],
        second=lambda one: " · ".join(filter(None, [str(one.type or "type not stated"), one.signed_on.words])),
        words=lambda one: [one.purpose, one.notes, one.notice_period],
        catalogue_joins=("type",),
        lead=lambda one, look: draw_text(party_names(one)),
        intro="What was agreed with whom, what it covers, and whether it is in force.",
    )
)
