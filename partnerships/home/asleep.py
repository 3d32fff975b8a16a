"""What has gone quiet: partnerships and agreements in which nothing is recorded of late."""

from collections.abc import Callable

from django.db.models import Count, F

from partnerships.agreements.filters import life as life_of_agreement
from partnerships.agreements.models import Agreement, WorkflowStep
from partnerships.agreements.states import OVER, REFUSED_STEPS, LegalState
from partnerships.home.parts import Line, Part, counted
from partnerships.organisations.filters import life
from partnerships.organisations.models import Partnership, PartnershipStatus
from partnerships.records.filters import UNKNOWN
from partnerships.records.life import Life
from partnerships.records.listing import list_address
from partnerships.records.pages import Look
from partnerships.values.figures import Told

SHOWN = 6
ALIVE = [PartnershipStatus.PROSPECT.value, PartnershipStatus.ACTIVE.value, PartnershipStatus.DORMANT.value, UNKNOWN]


def quiet(look: Look, months: int) -> Part:
    """Partnerships in which nothing is recorded for so many months; two queries."""
    rows = look.seen(Partnership.objects.exclude(status=PartnershipStatus.ENDED)).annotate(
        life=life(look.role, look.today, months)
    )
    found = dict(rows.order_by().values_list("life").annotate(count=Count("pk")))
    asleep = rows.filter(life=Life.NONE).select_related("home", "partner", "looked_after_by")
    lines = [
        Line(
            Told(str(one), one.get_absolute_url()),
            [Told(str(one.looked_after_by)) if one.looked_after_by else Told("nobody looks after it", unknown=True)],
        )
        for one in asleep.order_by("partner__name", "pk")[:SHOWN]
    ]

    def listed(which: Life) -> str:
        return list_address("partnerships", life=which.value, status=ALIVE)

    return Part(
        "quiet",
        "Partnerships without activity",
        lived(found, months, listed),
        lines,
        empty="In every partnership something is recorded.",
        more=counted(found.get(Life.NONE, 0), nothing_for(months), listed(Life.NONE)),
    )


def dormant(look: Look, months: int) -> Part:
    """Agreements that nobody ended and in which nothing is recorded for so many months; two queries."""
    alive = life_of_agreement(look.role, look.today, months)
    rows = look.seen(Agreement.objects.not_over(look.today)).annotate(life=alive)
    found = dict(rows.order_by().values_list("life").annotate(count=Count("pk")))
    asleep = rows.filter(life=Life.NONE).select_related("owner")
    lines = [
        Line(
            Told(one.title, one.get_absolute_url()),
            [Told(str(one.owner)) if one.owner else Told("no owner", unknown=True)],
        )
        for one in asleep.order_by(F("signed_on_earliest").asc(nulls_last=True), "title", "pk")[:SHOWN]
    ]
    bound = [state.value for state in LegalState if state not in OVER]
    steps = [step.value for step in WorkflowStep if step not in REFUSED_STEPS] + [UNKNOWN]

    def listed(which: Life) -> str:
        return list_address("agreements", life=which.value, state=bound, step=steps)

    return Part(
        "dormant",
        "Agreements without a sign of life",
        lived(found, months, listed),
        lines,
        empty="In every agreement something is recorded.",
        more=counted(found.get(Life.NONE, 0), nothing_for(months), listed(Life.NONE)),
    )


def lived(found: dict[str, int], months: int, listed: Callable[[Life], str]) -> list[Told]:
    """How many are alive, and how many perhaps, with the ways to their lists."""
    alive = f"alive in the last {months} months"
    return [
        *counted(found.get(Life.RECENT, 0), alive, listed(Life.RECENT)),
        *counted(found.get(Life.POSSIBLE, 0), "perhaps, as no year is known", listed(Life.POSSIBLE), unknown=True),
    ]


def nothing_for(months: int) -> str:
    """What is said of those without a sign of life."""
    return f"with nothing recorded for {months} months"
