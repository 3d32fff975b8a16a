"""Deciding about an agreement: one act, kept for good with what was shown."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from partnerships.access.roles import Role, role_of
from partnerships.agreements.models import Agreement
from partnerships.reviews.models import Review
from partnerships.values.draw import plain
from partnerships.visits.models import FollowUp


@dataclass(frozen=True)
class Asked:
    """What somebody is asked to find out, and until when."""

    what: str
    owner: object
    due_on: date


@transaction.atomic
def decide(*, agreement: Agreement, review: Review, owner, reviewer, asked: Asked | None, user, today: date) -> Review:
    """Keep a decision, set who owns the agreement, who reviews it next and when, and ask somebody for what is missing.

    `review` brings the decision with its words, its next date, and what was shown with its hash; the caller holds the
    agreement. Raises PermissionDenied for anybody below a manager.
    """
    if role_of(user) < Role.MANAGER:
        raise PermissionDenied("Only managers decide about agreements.")
    review.agreement, review.decided_on = agreement, today
    review.number = (agreement.reviews.aggregate(last=Max("number"))["last"] or 0) + 1
    review.decided_by, review.decider = str(user), user.pk
    review.owner, review.reviewer = str(owner or ""), str(reviewer or "")
    if asked:
        follow_up = FollowUp(agreement=agreement, what=asked.what, owner=asked.owner, due_on=asked.due_on)
        follow_up.visibility = agreement.visibility
        follow_up.full_clean(exclude=["agreement", "owner"])
        follow_up.save()
        review.asked = f"{asked.owner} is to see to this by {plain(asked.due_on)}: {asked.what}"
    review.full_clean(exclude=["agreement"])
    review.save(force_insert=True)
    agreement.review_on, agreement.owner, agreement.reviewer = review.next_on, owner, reviewer
    agreement.save(update_fields=["review_on", "owner", "reviewer"])
    return review
