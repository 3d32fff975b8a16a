"""The way of an agreement from its proposal to the register, by the steps in the table of `way`.

One act. Nothing else writes a step after an agreement was recorded, but for the workshop. An approval
counts for the content it was given to and for no other: whoever changes the content asks for all approvals anew.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.access.roles import Role, role_of
from partnerships.agreements.content import content_of, differences, hashed
from partnerships.agreements.models import (
    APPROVING,
    REVIEWS,
    Agreement,
    AgreementStep,
    Decision,
    StepAnswer,
)
from partnerships.agreements.questions import IN_THE_WAY, Answer, questions_of, wanting_of_answers
from partnerships.agreements.references import next_reference
from partnerships.agreements.signatures import TO_COME, Signed, is_to_come, missing
from partnerships.agreements.submitters import refusal_to_submitters, submitters
from partnerships.agreements.trail import keep_refusal
from partnerships.agreements.way import OPEN, STEPS, Step, W
from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.steps import StepRefused

# Where a decision leads; an approval leads to the step's own place.
LEADS = {Decision.RETURN: W.PROPOSED, Decision.DECLINE: W.DECLINED}


class NotForYou(StepRefused):
    """Another role takes this step."""

    status = 403


class ContentChanged(StepRefused):
    """What was to be decided on is not what it was when it was opened."""

    status = 409


@dataclass(frozen=True)
class Standing:
    """Where an agreement stands: the steps taken, the oldest first, its content, and the approvals by review."""

    agreement: Agreement
    taken: list[AgreementStep]
    content: dict[str, str]
    approvals: dict[str, AgreementStep]

    @property
    def hash(self) -> str:
        """The hash of the content as it is now."""
        return hashed(self.content)

    def counts(self, approval: AgreementStep) -> bool:
        """Whether an approval was given to the content as it is now."""
        return approval.content_hash == self.hash

    def changed_since(self, approval: AgreementStep) -> list[str]:
        """What was changed after an approval was given, by its labels."""
        return differences(approval.content, self.content)

    @property
    def lost(self) -> list[str]:
        """The reviews up to where the agreement stands whose approval is missing or doesn't count any more."""
        if self.agreement.step not in OPEN:
            return []
        passed = REVIEWS[: OPEN.index(self.agreement.step)]
        return [one for one in passed if one not in self.approvals or not self.counts(self.approvals[one])]

    def leads(self, step: Step) -> bool:
        """Whether a step can be taken now: from its own places, or once more where its approval was lost."""
        if not self.lost or step.after in (W.DECLINED, W.WITHDRAWN):
            return self.agreement.step in step.before
        return step.after == self.lost[0]

    def why_lost(self) -> str:
        """Which approvals don't count any more and what was changed, in a sentence."""
        given = [self.approvals[one] for one in self.lost if one in self.approvals]
        if len(given) < len(self.lost):
            return f"There is no {W(self.lost[0]).label} on record: decide on it first."
        by = " and ".join(f"{one.get_review_display()} by {one.taken_by or 'somebody who has left'}" for one in given)
        what = ", ".join(self.changed_since(given[0]))
        return f"Changed since {by} ({what}): approve again, beginning with the {given[0].get_review_display()}."


def standing_of(agreement: Agreement) -> Standing:
    """How an agreement stands, in five queries."""
    taken = list(agreement.steps.select_related("taken_by").prefetch_related("answers"))
    return Standing(agreement, taken, content_of(agreement), approvals_of(taken))


def approvals_of(taken: list[AgreementStep]) -> dict[str, AgreementStep]:
    """The last approval of each review, since the agreement was last proposed, returned or approved anew before it."""
    found: dict[str, AgreementStep] = {}
    for step in taken:
        if step.review and step.decision in APPROVING:
            at = REVIEWS.index(step.review)
            found = {review: one for review, one in found.items() if REVIEWS.index(review) < at} | {step.review: step}
        elif step.after == W.PROPOSED:
            found = {}
    return found


def steps_from(standing: Standing, role: Role) -> list[Step]:
    """The steps that somebody of a role may take now, the one along the way first."""
    return [step for step in STEPS.values() if role >= step.role and standing.leads(step)]


@dataclass(frozen=True)
class Given:
    """What somebody gave with a step; `content` is the hash of what they saw, `answers` by the question's id."""

    decision: str = ""
    reason: str = ""
    conditions: str = ""
    decided_on: date | None = None
    content: str = ""
    answers: Mapping[int, Answer] = field(default_factory=dict)
    signed: tuple[Signed, ...] = ()

    def as_for(self, step: Step) -> "Given":
        """What of it a step takes: a review no conditions but its own, and any other step no decision at all."""
        if not step.is_review:
            return Given(reason=self.reason, signed=self.signed if "signatures" in step.asks else ())
        return self if self.decision == Decision.CONDITIONS else replace(self, conditions="")


def take_step(*, agreement: Agreement, step: Step, version, user, today: date, given: Given) -> AgreementStep:
    """Lead an agreement further, and keep who did it, when, why and about what; of a refusal keep who tried what.

    Nobody decides on an agreement that they recorded, changed or proposed (see `submitters`), whatever their role.
    Raises StaleRecord where the agreement was changed since `version`, ContentChanged where its content is not what
    was seen, NotForYou for a lower role, StepRefused for a step from elsewhere and for an approval that was lost, and
    ValidationError, by field, for what is missing.
    """
    with kept_if_refused(agreement, step, user):
        return _take(agreement, step, version, user, today, given)


def check_step(*, agreement: Agreement, step: Step, version, user, given: Given) -> None:
    """Raise what `take_step` would raise whatever else was given, and keep it: all but a ValidationError."""
    with kept_if_refused(agreement, step, user):
        allowed(agreement, step, version, user, given.as_for(step))


@contextmanager
def kept_if_refused(agreement: Agreement, step: Step, user) -> Iterator[None]:
    """Take back what is inside where a rule refuses it, and keep who tried what."""
    why = ""
    try:
        with transaction.atomic():
            yield
    except StaleRecord as stale:
        why = "Somebody else had changed the agreement meanwhile." if stale.current is not None else ""
        raise
    except StepRefused as refused:
        why = str(refused)
        raise
    except ValidationError as wrong:
        why = IN_THE_WAY if IN_THE_WAY in wrong.messages else ""
        raise
    finally:
        if why:
            keep_refusal(agreement, step.verb, user, why)


def allowed(agreement: Agreement, step: Step, version, user, given: Given) -> Standing:
    """Hold the agreement; how it stands, where this user may take this step of it now. Raises as `take_step` does."""
    refuse_role(step, user, given)
    claim(Agreement, agreement.pk, version)
    agreement.refresh_from_db()
    standing = standing_of(agreement)
    refuse(standing, step, user, given)
    return standing


def _take(agreement: Agreement, step: Step, version, user, today: date, given: Given) -> AgreementStep:
    given = given.as_for(step)
    standing = allowed(agreement, step, version, user, given)
    if wrong := wanting(standing, step, today, given):
        raise ValidationError(wrong)
    before = agreement.step
    for signed in given.signed:
        signed.keep()
    agreement.step = LEADS.get(given.decision, step.after)
    if agreement.step == W.REGISTERED and not agreement.reference:
        agreement.reference = next_reference(today)
    agreement.save(update_fields=["step", "reference"])
    taken = AgreementStep.objects.create(
        agreement=agreement,
        before=before,
        after=agreement.step,
        review=step.after if step.is_review else "",
        decision=given.decision,
        decided_on=given.decided_on,
        conditions=given.conditions,
        reason=given.reason,
        content=standing.content,
        content_hash=standing.hash,
        taken_by=user,
    )
    StepAnswer.objects.bulk_create(one.of_step(taken) for one in given.answers.values())
    return taken


def refuse_role(step: Step, user, given: Given) -> None:
    """Raise where another role takes this step; whoever declines does so as by the step of that name."""
    least = max(step.role, STEPS["decline"].role) if given.decision == Decision.DECLINE else step.role
    if role_of(user) < least:
        raise NotForYou(f"Only a {least.title} may do this: ask one to. Nothing was changed.")


def refuse(standing: Standing, step: Step, user, given: Given) -> None:
    """Raise where the step leads from elsewhere, is taken by who submitted, or is about another content."""
    agreement = standing.agreement
    if standing.lost and not standing.leads(step):
        raise StepRefused(standing.why_lost())
    if not standing.leads(step):
        here = f"at “{agreement.get_step_display()}”" if agreement.step else "without a step"
        raise StepRefused(f"An agreement {here} can’t go to “{step.after.label}” next. Nothing was changed.")
    if step.needs_other_eyes and user.pk in (did := submitters(agreement, standing.taken)):
        raise StepRefused(refusal_to_submitters(did, user, step.role))
    if step.is_review and given.content != standing.hash:
        raise ContentChanged("The agreement was changed after you had opened it, so nothing was decided.")


def wanting(standing: Standing, step: Step, today: date, given: Given) -> dict[str, str]:
    """What a step still needs, as a sentence for each field."""
    if step.is_review:
        return wanting_of_review(standing, step, today, given)
    if step.why and not given.reason:
        return {"reason": step.why}
    ahead = [one.party.pk for one in given.signed if is_to_come(one.party.signed_on, today)]
    if ahead:
        return {f"signed_on_{pk}": TO_COME for pk in ahead}
    if step.name == "register" and not given.reason and (names := missing(standing.agreement, given.signed)):
        return {"reason": f"Say why it is not known who signed for {names}, or give it above as far as it is known."}
    return {}


def wanting_of_review(standing: Standing, step: Step, today: date, given: Given) -> dict[str, str]:
    """A decision has its day; an approval its answers; all but a plain approval are reasoned."""
    wrong = {}
    if given.decision not in Decision.values:
        return {"decision": "Choose what was decided."}
    if given.decided_on is None:
        wrong["decided_on"] = "Give the day of the decision."
    elif given.decided_on > today:
        wrong["decided_on"] = "This day is still to come."
    if given.decision == Decision.CONDITIONS and not given.conditions:
        wrong["conditions"] = "Name the conditions."
    if given.decision == Decision.RETURN and not given.reason:
        wrong["reason"] = "Say what is to be changed."
    if given.decision == Decision.DECLINE and not given.reason:
        wrong["reason"] = STEPS["decline"].why
    if given.decision in APPROVING:
        wrong |= wanting_of_answers(questions_of(standing.agreement, step.after), given.answers)
    return wrong
