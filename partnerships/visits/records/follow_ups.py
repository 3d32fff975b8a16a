"""What the register declares of follow-ups."""

from django.db.models import F
from django.utils.html import format_html

from partnerships.access.roles import Role
from partnerships.memory.submissions import new_token
from partnerships.records.columns import (
    day,
    heading,
    record,
    term,
    text,
)
from partnerships.records.kinds import Column, Dated, Kind, ToDo, declare
from partnerships.values.draw import draw_date, draw_status, draw_text, plain
from partnerships.visits.afterwards import DoneForm
from partnerships.visits.filters import FollowUpFilter, FollowUpState, follow_up_state, state_of
from partnerships.visits.forms import FollowUpForm
from partnerships.visits.models import (
    FollowUp,
)

TONES = {FollowUpState.OPEN: "mut", FollowUpState.OVERDUE: "due", FollowUpState.DONE: "ok", FollowUpState.CHECKED: "ok"}


NOBODY, NO_DAY = "nobody yet", "not set"


def draw_open(words: str, missing: str):
    """Words as they are; those that say that something is still missing are marked as open."""
    return format_html('<span class="unk">{}</span>', words) if words == missing else draw_text(words)


OWNER = Column(
    "owner",
    "Owner",
    lambda one: str(one.owner or NOBODY),
    draw=lambda words, role: draw_open(words, NOBODY),
    sort=(F("owner__username"),),
)


DUE = Column(
    "due",
    "Due",
    lambda one: one.due_on or NO_DAY,
    draw=lambda due, role: draw_open(due, NO_DAY) if due == NO_DAY else draw_date(due),
    export=lambda due, role: "" if due == NO_DAY else plain(due),
    sort=(F("due_on"),),
)


STATE = Column(
    "state",
    "State",
    lambda one: FollowUpState(one.state),
    draw=lambda state, role: draw_status(state.label, TONES[state]),
    export=lambda state, role: state.label,
    sort=("state",),
)


def to_do(follow_up: FollowUp, look) -> list[ToDo]:
    """What an open follow-up waits for."""
    edit, found = f"{follow_up.get_absolute_url()}edit/", []
    if follow_up.checked_on or follow_up.done_on and follow_up.checker_id != look.user.pk:
        return found
    if follow_up.done_on:
        return [ToDo("You are to check whether it was done.", "Check it", f"{follow_up.get_absolute_url()}check/")]
    if state_of(follow_up, look.today) == FollowUpState.OVERDUE:
        found.append(
            ToDo(
                f"It was due on {plain(follow_up.due_on)}.",
                "Record what was done",
                f"{follow_up.get_absolute_url()}done/",
            )
        )
    if follow_up.owner_id is None:
        found.append(ToDo("Nobody sees to it.", "Name somebody", f"{edit}#id_owner"))
    if follow_up.due_on is None:
        found.append(ToDo("It has no day.", "Set one", f"{edit}#id_due_on"))
    return found


def besides(follow_up: FollowUp, look) -> dict:
    """The short form that says it is done, for those who may."""
    if follow_up.done_on or look.role < Role.STAFF:
        return {}
    return {"done_form": DoneForm(today=look.today), "token": new_token()}


FOLLOW_UPS = declare(
    Kind(
        model=FollowUp,
        may_delete=Role.STAFF,  # as on the form of its visit
        columns=(
            heading("what", "Follow-up"),
            record("belonging", "Belongs to", sort=()),
            OWNER,
            DUE,
            STATE,
            day("done_on", "Done", may_be_empty=True),
        ),
        filters=FollowUpFilter,
        form=FollowUpForm,
        facts=(
            record("belonging", "Belongs to", sort=()),
            OWNER,
            DUE,
            STATE,
            day("done_on", "Done", may_be_empty=True),
            text("outcome", "What was done", may_be_empty=True),
            term("checker", "Checked by", may_be_empty=True),
            day("checked_on", "Checked", may_be_empty=True),
            record("undertaking", "Keeps the promise", may_be_empty=True),
        ),
        dated=Dated("ok", (("done_on", "done"), ("due_on", "due"))),
        on_timeline={
            "visit": lambda one, look: FollowUp.objects.filter(pk=one.pk).values("visit"),
            "agreement": lambda one, look: FollowUp.objects.filter(pk=one.pk).values("agreement"),
        },
        joins=("visit", "agreement", "partnership__home", "partnership__partner", "owner", "checker", "undertaking"),
        list_joins=("visit", "agreement", "partnership__home", "partnership__partner", "owner"),
        records=lambda rows, today: rows.annotate(state=follow_up_state(today)),
        sort="due",
        names=lambda one: [one.what],
        second=lambda one: str(one.belonging),
        words=lambda one: [one.outcome, one.notes],
        catalogue_joins=("visit", "agreement", "partnership__home", "partnership__partner"),
        depends={
            "visit": "visit",
            "agreement": "agreement",
            "partnership": "partnership",
            "organisation": ("partnership__home", "partnership__partner"),
        },
        to_do=to_do,
        besides=besides,
        lead=lambda one, look: draw_text(f"{FollowUpState(one.state).label.capitalize()}. Belongs to {one.belonging}."),
        intro="What somebody is to do after a visit, under an agreement or for a partnership, the next due first.",
        is_main=False,
    )
)
