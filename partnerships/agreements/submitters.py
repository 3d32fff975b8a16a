"""Who submitted an agreement, and so doesn't decide on it: what each of them did, and who is left to decide."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce

from partnerships.access.colleagues import colleagues
from partnerships.access.roles import Role
from partnerships.agreements.content import COLUMNS, FIELDS, ROWS
from partnerships.agreements.models import APPROVING, Agreement, AgreementStep, WorkflowStep
from partnerships.attachments.models import Attachment, FileSort
from partnerships.memory.models import Action, Change

AREAS_BY = ("undertaking_activities", "undertaking_subjects")
LABELS = {"party": ROWS["parties"], "attachment": ROWS["files"]} | dict.fromkeys(
    ("undertaking", *AREAS_BY), ROWS["areas"]
)
NAMED = 5


def submitters(agreement: Agreement, steps: list[AgreementStep]) -> dict[int, list[str]]:
    """What each account did, by its id, such as “recorded it” and “changed Purpose and Files”; one query.

    Of changes of the content all since the approval before count, or since it was proposed where there is none; and
    the last one, whenever it was. What came from fixtures or imports was recorded by nobody.
    """
    did: dict[int, list[str]] = {}
    changed: dict[int, dict[str, None]] = {}
    recording = None
    for user, kind, action, after, request in changes_of(agreement, steps):
        if kind == "agreement" and action == Action.CREATED:
            did.setdefault(user, []).append("recorded it")
            recording = request
        elif request != recording:  # what it was recorded with is no change of it
            changed.setdefault(user, {}).update(dict.fromkeys(changed_in(kind, after)))
    for user in {one.taken_by_id: None for one in steps if is_proposal(one)}:
        did.setdefault(user, []).append("proposed it")
    for user, labels in changed.items():
        did.setdefault(user, []).append(f"changed {listed(labels, 'and')}")
    did.pop(None, None)
    return did


def changes_of(agreement: Agreement, steps: list[AgreementStep]) -> Iterable[tuple]:
    """By whom it was recorded, and the changes of its content that count: user, kind, action, columns, request."""
    rows = Change.objects.filter(of_content(agreement)).order_by("pk")
    recorded = Q(kind="agreement", record_id=agreement.pk, action=Action.CREATED)
    last = Subquery(rows.order_by("-pk").values("pk")[:1])
    rows = rows.filter(recorded | Q(pk=last) | Q(pk__gt=Coalesce(Subquery(began(steps)), Value(0))))
    return rows.values_list("user_id", "kind", "action", "after", "request_id")


def began(steps: list[AgreementStep]):
    """The change with which the last approval was kept, or the last proposal."""
    before = (one.pk for one in reversed(steps) if one.decision in APPROVING or is_proposal(one))
    return Change.objects.filter(kind="agreementstep", row_id=next(before, 0), action=Action.CREATED).values("pk")[:1]


def is_proposal(step: AgreementStep) -> bool:
    """Whether somebody proposed it by this step; what a review returns was proposed before."""
    return step.after == WorkflowStep.PROPOSED and not step.review


def changed_in(kind: str, after: dict | None) -> list[str]:
    """What a change of a row alters, by the labels of the content."""
    if kind != "agreement":
        return [LABELS[kind]]
    columns = [name for name in COLUMNS[kind] if name in (after or {})]
    return [FIELDS[name.removesuffix("_edtf").removesuffix("_wording").removesuffix("_id")] for name in columns]


def refusal_to_submitters(did: dict[int, list[str]], user, least: Role) -> str:
    """Why one of those who submitted it doesn't decide, who did what, and who may decide; one query."""
    concerned = Q(pk__in=did) | Q(pk__in=colleagues(least).order_by().values("pk"))
    names = {one.pk: str(one) for one in get_user_model().objects.filter(concerned).order_by("username")}
    own = f"You {listed(did[user.pk], 'and')}"
    others = [
        f"{names.get(pk, 'somebody who has left')} {listed(deeds, 'and')}"
        for pk, deeds in did.items() if pk != user.pk
    ]  # fmt: skip
    left = [name for pk, name in names.items() if pk not in did]
    told = f"{'; '.join([own, *others])}. So somebody else must decide on it"
    if not left:
        return f"{told}, and nobody is left who may. Ask an admin to give a colleague the role “{least.title}”."
    more = ["another"] if len(left) > NAMED else []
    return f"{told}: {listed([*left[:NAMED], *more], 'or')} may."


def listed(words: Iterable[str], last: str) -> str:
    """“A, B and C”, or with “or”."""
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end


def of_content(agreement: Agreement) -> Q:
    """The changes that altered what is approved: fields, parties, areas, their subjects, and all but signed files."""
    own = Q(record_kind="agreement", record_id=agreement.pk)
    areas = agreement.undertakings.order_by().values("pk")
    signed = Attachment.objects.filter(record_kind="agreement", record_id=agreement.pk, sort=FileSort.SIGNED)
    return (
        own & whole_or_in("agreement")
        | own & whole_or_in("party")
        | own & Q(kind="attachment") & ~Q(row_id__in=signed.order_by().values("pk"))
        | Q(record_kind="undertaking", record_id__in=areas) & (whole_or_in("undertaking") | Q(kind__in=AREAS_BY))
        | Q(kind="undertaking", action=Action.DELETED, before__agreement_id=agreement.pk)
    )


def whole_or_in(kind: str) -> Q:
    """Rows of a kind that came or went, or of which a column of the content changed."""
    changed = Q(action=Action.CHANGED, after__has_any_keys=list(COLUMNS[kind]))
    return Q(kind=kind) & (~Q(action=Action.CHANGED) | changed)
