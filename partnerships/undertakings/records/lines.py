"""Undertakings: who opens the list, to see what was asked, promised and agreed, and what came of it."""

from partnerships.access.roles import Role
from partnerships.records.columns import choice, day, heading, record, term, text, words
from partnerships.records.kinds import Column, Kind, Panel, ToDo, declare
from partnerships.undertakings.filters import UndertakingFilter
from partnerships.undertakings.forms import UNDERTAKING_ROWS, UndertakingForm
from partnerships.undertakings.models import EVIDENCE_OF, OWNERS, Evidence, Standing, Undertaking
from partnerships.values.draw import draw_text, plain
from partnerships.visits.filters import state_of
from partnerships.visits.records.became import draw_evidence
from partnerships.visits.records.follow_ups import DUE, OWNER, STATE

BELONGING = (*OWNERS, "partnership__home", "partnership__partner")
BELONGS_TO = record("belonging", "Belongs to", sort=(), field="")
ACTIVITIES = words("activities", "Activities", lambda one: list(one.activities.all()))
SUBJECTS = words("subjects", "Subjects", lambda one: list(one.subjects.all()))


def owner_noun(undertaking: Undertaking) -> str:
    """The noun of the record that it belongs to."""
    return str(undertaking.belonging._meta.verbose_name)


def evidence(line: Undertaking, look) -> list[Evidence]:
    """The records that show what came of it, as far as the reader may see them."""
    line.shown = list(look.seen(line.shown_by.select_related(*EVIDENCE_OF, "cohort__programme")))
    return line.shown


def kept_by(line: Undertaking, look) -> list:
    """The follow-ups that keep the promise, each with its state of today."""
    rows = list(look.seen(line.follow_ups.select_related("owner")))
    for row in rows:
        row.state = state_of(row, look.today)
    return rows


def to_do(line: Undertaking, look) -> list[ToDo]:
    """What was agreed, promised or asked for and shows no sign of life yet; and when that was due."""
    edit, found = f"{line.get_absolute_url()}edit/", []
    open_ended = line.standing in (Standing.AGREED, Standing.PROMISED, Standing.ASKED)
    if open_ended and not line.evidence and not getattr(line, "shown", ()):
        due = f" It was due on {plain(line.due_on)}." if line.due_on and line.due_on < look.today else ""
        found.append(ToDo(f"Nothing shows yet what came of it.{due}", "Record it", f"{edit}#id_evidence"))
    if line.owner_id is None and found:
        found.append(ToDo("Nobody sees to it.", "Name somebody", f"{edit}#id_owner"))
    return found


UNDERTAKINGS = declare(
    Kind(
        model=Undertaking,
        may_delete=Role.STAFF,  # who may take the line off its parent's form may delete it on its page
        columns=(
            heading("wording", "Undertaking", second=lambda one: one.detail),
            choice("standing", "Standing", Standing),
            BELONGS_TO,
            ACTIVITIES,
            SUBJECTS,
            term("owner", "Seen to by", sort=("owner__username",)),
            day("due_on", "Due"),
            text("evidence", "Evidence"),
        ),
        filters=UndertakingFilter,
        form=UndertakingForm,
        rows=UNDERTAKING_ROWS,
        facts=(
            BELONGS_TO,
            choice("standing", "Standing", Standing),
            text("detail", "In more words", may_be_empty=True),
            ACTIVITIES,
            SUBJECTS,
            record("by", "Asked or promised by", may_be_empty=True),
            text("channel", "Through", may_be_empty=True),
            term("owner", "Seen to by"),
            day("due_on", "Due"),
            text("evidence", "Evidence that it happened"),
        ),
        panels=(
            Panel("Evidence", evidence, (Column("record", "Record", lambda one: one, draw=draw_evidence),)),
            Panel(
                "Follow-ups", kept_by, (heading("what", "Follow-up", second=lambda row: row.outcome), OWNER, DUE, STATE)
            ),
        ),
        joins=(*BELONGING, "by", "owner"),
        prefetch=("activities", "subjects"),
        sort="wording",
        names=lambda one: [one.wording],
        second=lambda one: f"{one.get_standing_display()} · {owner_noun(one)}: {one.belonging}",
        words=lambda one: [
            one.detail,
            one.channel,
            one.evidence,
            one.notes,
            *(term.label for term in [*one.activities.all(), *one.subjects.all()]),
        ],
        catalogue_joins=BELONGING,
        catalogue_prefetch=("activities", "subjects"),
        depends={
            **{name: name for name in OWNERS if name != "organisation"},
            "organisation": ("organisation", "partnership__home", "partnership__partner"),
            "activity": "activities",
            "subject": "subjects",
        },
        to_do=to_do,
        lead=lambda one, look: draw_text(
            f"{one.get_standing_display().capitalize()}, for the {owner_noun(one)} {one.belonging}."
        ),
        intro="What was established, agreed, planned, asked for or merely explored, line by line.",
        is_main=False,
    )
)
