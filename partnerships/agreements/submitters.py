"""Who submitted an agreement, and so doesn't decide on it."""

from django.db.models import Q

from partnerships.agreements.content import COLUMNS
from partnerships.agreements.models import Agreement, WorkflowStep
from partnerships.attachments.models import Attachment, FileSort
from partnerships.memory.models import Action, Change


def submitters(agreement: Agreement, steps: list) -> set[int]:
    """The ids of who recorded it, who last changed its content, and who proposed it; three queries.

    What came from fixtures or imports was recorded by nobody.
    """
    proposed = {one.taken_by_id for one in steps if one.after == WorkflowStep.PROPOSED and not one.review}
    own = Change.objects.filter(record_kind="agreement", record_id=agreement.pk)
    made = own.filter(kind="agreement", action=Action.CREATED).values_list("user_id", flat=True)
    last = Change.objects.filter(of_content(agreement)).order_by("-pk").values_list("user_id", flat=True)[:1]
    return {*proposed, *made, *last} - {None}


def of_content(agreement: Agreement) -> Q:
    """The changes that altered what is approved: fields, parties, areas, their subjects, and all but signed files."""
    own = Q(record_kind="agreement", record_id=agreement.pk)
    areas = agreement.undertakings.order_by().values("pk")
    linked = ("undertaking_activities", "undertaking_subjects")
    signed = Attachment.objects.filter(record_kind="agreement", record_id=agreement.pk, sort=FileSort.SIGNED)
    return (
        own & whole_or_in("agreement")
        | own & whole_or_in("party")
        | own & Q(kind="attachment") & ~Q(row_id__in=signed.order_by().values("pk"))
        | Q(record_kind="undertaking", record_id__in=areas) & (whole_or_in("undertaking") | Q(kind__in=linked))
        | Q(kind="undertaking", action=Action.DELETED, before__agreement_id=agreement.pk)
    )


def whole_or_in(kind: str) -> Q:
    """Rows of a kind that came or went, or of which a column of the content changed."""
    changed = Q(action=Action.CHANGED, after__has_any_keys=list(COLUMNS[kind]))
    return Q(kind=kind) & (~Q(action=Action.CHANGED) | changed)
