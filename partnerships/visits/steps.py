"""How far a visit has come: which step leads from where to where, who may take it, and what it asks for.

A table and one act. Nothing else writes a status after a visit was recorded, but for the workshop.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope
from partnerships.memory.models import Action, Change
from partnerships.memory.versions import claim
from partnerships.people.models import Person
from partnerships.records.steps import Step, StepRefused
from partnerships.visits.actions import prepare
from partnerships.visits.models import (
    Direction,
    Participant,
    ParticipantRole,
    Side,
    Visit,
    VisitStatus,
    VisitStep,
)

S = VisitStatus
# The way of a visit that comes about; the other statuses lie beside it.
WAY = (S.REQUESTED, S.TRIAGED, S.APPROVED, S.PLANNED, S.HAPPENED, S.DEBRIEFED, S.CLOSED)
ASKED = (S.REQUESTED, S.TRIAGED)  # asked for, and not decided yet
OVER = (S.DECLINED, S.CANCELLED, S.CLOSED)  # nothing more is prepared for it
STILL_TO_COME = (S.REQUESTED, S.TRIAGED, S.APPROVED, S.PLANNED)


STEPS = {
    step.name: step
    for step in (
        Step("triage", "Triage the request", (S.REQUESTED,), S.TRIAGED, asks=("kind", "reason")),
        Step("approve", "Approve the visit", (S.TRIAGED,), S.APPROVED, Role.MANAGER),
        Step(
            *("decline", "Decline the visit", (S.REQUESTED, S.TRIAGED), S.DECLINED, Role.MANAGER),
            why="Say why the visit is declined.",
        ),
        Step("plan", "Say that it is planned", (S.APPROVED,), S.PLANNED, asks=("happens_on", "leader", "reason")),
        Step(
            "happen",
            "Say that it happened",
            (S.APPROVED, S.PLANNED),
            S.HAPPENED,
            asks=("went", "happens_on", "reason"),
        ),
        Step("debrief", "Record the debrief", (S.HAPPENED,), S.DEBRIEFED, asks=("went_well", "went_otherwise")),
        Step("close", "Close the visit", (S.DEBRIEFED,), S.CLOSED),
        Step("cancel", "Cancel the visit", STILL_TO_COME, S.CANCELLED, why="Say why the visit is cancelled."),
        Step(
            *("reopen", "Ask for it again", (S.DECLINED, S.CANCELLED), S.REQUESTED, Role.MANAGER),
            why="Say why it is asked for again.",
        ),
        Step(*("resume", "Open it again", (S.CLOSED,), S.DEBRIEFED, Role.MANAGER), why="Say why it is opened again."),
    )
}
LEADERS = {
    Direction.INBOUND: (Side.HOST, ParticipantRole.HOST_LEAD),
    Direction.VIRTUAL: (Side.HOST, ParticipantRole.HOST_LEAD),
    Direction.OUTBOUND: (Side.VISITOR, ParticipantRole.HEAD),
}


HEADED = "Somebody leads the delegation already. Correct who takes part, then plan the visit."


def steps_from(visit: Visit, role: Role) -> list[Step]:
    """The steps that somebody of a role may take now, the one along the way first."""
    return [step for step in STEPS.values() if visit.status in step.before and role >= step.role]


def submitters(visit: Visit) -> set[int]:
    """Who recorded the visit, and who asked for it again: nobody approves what they submitted."""
    made = Change.objects.filter(record_kind="visit", record_id=visit.pk, kind="visit", action=Action.CREATED)
    again = visit.steps.filter(after=S.REQUESTED)
    return {*made.values_list("user_id", flat=True), *again.values_list("taken_by_id", flat=True)} - {None}


def leaders(visit: Visit, user) -> list[Participant]:
    """Who of our own leads, as far as this user may see: the lead host, or the head where we are the guests."""
    side, role = LEADERS[Direction(visit.direction)]
    return [one for one in scope(user, visit.participants.all()) if (one.side, one.role) == (side, role)]


@transaction.atomic
def take_step(
    *, visit: Visit, step: Step, version, user, today: date, reason: str = "", leader: Person | None = None
) -> VisitStep:
    """Lead a visit to its next status and keep who did it and why; what the step needs stands on `visit` already.

    The office's rule of four eyes: nobody approves a visit that they recorded or asked for again, whatever their role.
    What came from fixtures or imports was recorded by nobody, and any manager approves it. Raises StaleRecord where
    the visit was changed since `version`, StepRefused for a step from elsewhere or of a higher role, and
    ValidationError, by field, for what is missing.
    """
    claim(Visit, visit.pk, version)
    status = Visit.objects.values_list("status", flat=True).get(pk=visit.pk)
    if status not in step.before:
        raise StepRefused(f"A visit at “{S(status).label}” can’t go to “{step.after.label}”. Nothing was changed.")
    if role_of(user) < step.role:
        raise StepRefused(f"Only a {step.role.title} may do this: ask one to. Nothing was changed.")
    if step.name == "approve" and user.pk in submitters(visit):
        raise StepRefused("You asked for this visit yourself, so another manager must approve it.")
    if wrong := wanting(visit, step, user, today, reason, leader):
        raise ValidationError(wrong)
    if leader:
        lead_by(visit, leader)
    visit.status = step.after
    visit.save()
    if step.name == "approve":
        prepare(visit=visit)
    return VisitStep.objects.create(visit=visit, before=status, after=step.after, reason=reason, taken_by=user)


def wanting(visit: Visit, step: Step, user, today: date, reason: str, leader: Person | None) -> dict[str, str]:
    """What a step still needs, as a sentence for each field."""
    wrong = {}
    if step.why and not reason:
        wrong["reason"] = step.why
    if step.name == "triage" and visit.kind_id is None:
        wrong["kind"] = "Choose what the visit is for."
    if step.name == "plan":
        wrong |= wanting_of_plan(visit, user, reason, leader)
    if step.name == "happen" and (first := visit.happens_on.earliest) and first > today:
        wrong["happens_on"] = f"The visit can’t have happened: its date, {visit.happens_on.words}, is still to come."
    if step.name == "debrief" and not (visit.went_well or visit.went_otherwise):
        wrong["went_well"] = "Say what went as planned, or below what did not."
    if step.name == "close" and not reason and (left := ownerless(visit, user)):
        words = "One follow-up is open and nobody’s" if left == 1 else f"{left} follow-ups are open and nobody’s"
        wrong["reason"] = f"{words}: give each an owner, or say why the visit is closed all the same."
    return wrong


def wanting_of_plan(visit: Visit, user, reason: str, leader: Person | None) -> dict[str, str]:
    """A planned visit has a date with a year, or a reason why not; and somebody of our own who leads."""
    wrong = {}
    if visit.happens_on.earliest is None and not reason:
        wrong["happens_on"] = "Give a date with its year, or say below why there is none yet."
    if leader is None and not leaders(visit, user):
        wrong["leader"] = "Choose who of our own leads."
    side, role = LEADERS[Direction(visit.direction)]
    if leader and visit.participants.filter(person=leader).exclude(side=side).exists():
        wrong["leader"] = f"{leader} stands on the other side of this visit already."
    heads = visit.participants.filter(side=side, role=ParticipantRole.HEAD).exclude(person=leader)
    if leader and role == ParticipantRole.HEAD and heads.exists():
        wrong.setdefault("leader", HEADED)
    return wrong


def ownerless(visit: Visit, user) -> int:
    """How many follow-ups are open and have no owner, as far as this user sees."""
    return scope(user, visit.follow_ups.filter(done_on__isnull=True, owner__isnull=True)).count()


def lead_by(visit: Visit, person: Person) -> None:
    """Let somebody lead, in the place that they have among the participants, or in a new one."""
    side, role = LEADERS[Direction(visit.direction)]
    found = visit.participants.filter(person=person, side=side).first()
    if found is None:
        last = visit.participants.order_by("-order").values_list("order", flat=True).first() or 0
        found = Participant(visit=visit, person=person, side=side, order=last + 1)
    found.role = role
    found.save()
