"""The steps of an agreement as a table: which leads whither, who takes it, what it asks."""

from partnerships.access.roles import Role
from partnerships.agreements.models import REVIEWS, WorkflowStep
from partnerships.records import steps

W = WorkflowStep
NONE = ""
WAY = (W.PROPOSED, *REVIEWS, W.OUT_FOR_SIGNATURE, W.REGISTERED)
OPEN = WAY[:-1]  # on its way, and not registered yet


class Step(steps.Step):
    """A step of an agreement, which may be a review."""

    @property
    def is_review(self) -> bool:
        """Whether somebody decides, about a content, after the questions of this step."""
        return self.after in REVIEWS

    @property
    def needs_other_eyes(self) -> bool:
        """Whether those who submitted the agreement don't take it."""
        return self.is_review or self.name == "register-as-found"


REVIEW = ("decision", "answers", "conditions", "reason", "decided_on")
STEPS = {
    step.name: step
    for step in (
        Step("propose", "Propose it", (NONE, W.DECLINED, W.WITHDRAWN), W.PROPOSED),
        Step("due-diligence", "Decide on the due diligence", (W.PROPOSED,), W.DUE_DILIGENCE, asks=REVIEW),
        Step(
            *("academic-approval", "Decide on the academic approval"),
            *((W.DUE_DILIGENCE,), W.ACADEMIC_APPROVAL, Role.MANAGER, REVIEW),
        ),
        Step(
            *("legal-review", "Decide on the legal review"),
            *((W.ACADEMIC_APPROVAL,), W.LEGAL_REVIEW, Role.MANAGER, REVIEW),
        ),
        Step("send", "Say that it is out for signature", (W.LEGAL_REVIEW,), W.OUT_FOR_SIGNATURE),
        Step(
            *("register", "Register it", (W.OUT_FOR_SIGNATURE,), W.REGISTERED, Role.MANAGER),
            asks=("signatures", "reason"),
        ),
        Step(
            *("register-as-found", "Register it as found", (NONE,), W.REGISTERED, Role.MANAGER),
            why="Say why it is registered without having come this way.",
        ),
        Step("decline", "Decline it", OPEN, W.DECLINED, Role.MANAGER, why="Say why it is declined."),
        Step("withdraw", "Withdraw it", OPEN, W.WITHDRAWN, why="Say why it is withdrawn."),
    )
}
