"""Who tried what in vain: every refusal of a rule about an agreement is kept, and stands on its page.

A rule refuses whoever has a lower role, or submitted what is to be decided; a step out of its order; a content or a
version that isn't what was opened; an approval against an answer that stands in its way; a signed copy that isn't what
it says. What is left out or mistyped (a reason, a day, an answer) gets round no rule: it is asked for again, not kept.
"""

from collections.abc import Callable

from partnerships.agreements.models import Agreement, RefusedStep
from partnerships.attachments.refusing import keeps_refused_files
from partnerships.memory import remembered

LONGEST_TRIED, LONGEST_WHY = (RefusedStep._meta.get_field(name).max_length for name in ("tried", "why"))


@keeps_refused_files("agreement")
def keep_refusal(agreement: Agreement, tried: str, user, why: str, request_id: str = "") -> None:
    """Keep that somebody tried something in vain; `tried` is its verb, `why` the sentence that refused it."""
    told = {"tried": tried[:LONGEST_TRIED], "why": why[:LONGEST_WHY]}
    with remembered(user=user, request_id=request_id):  # an address that was only typed has nobody who acts yet
        RefusedStep.objects.create(agreement=agreement, tried_by=user, **told)


def keeping_refusals(tried: str) -> Callable[..., None]:
    """What keeps, of a route about an agreement, who was refused there for their role, whether by form or address."""

    def keep(request, why: str, pk: int) -> None:
        agreement = Agreement.objects.filter(pk=pk).first()
        if agreement and request.method in ("GET", "POST"):
            keep_refusal(agreement, tried, request.user, why, request.request_id)

    return keep
