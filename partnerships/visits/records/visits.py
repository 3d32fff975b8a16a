"""Visits: who opens the list, to find who came and went; the page, to prepare the next and keep what was promised."""

from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnerships.records.catalogue import as_open
from partnerships.records.columns import (
    choice,
    day,
    heading,
    honest,
    record,
    term,
    text,
)
from partnerships.records.kinds import Column, Dated, Kind, Panel, Related, ToDo, declare
from partnerships.undertakings.models import Standing
from partnerships.values.draw import draw_number, draw_text
from partnerships.visits.clashes import warnings
from partnerships.visits.filters import FollowUpState, VisitFilter, state_of
from partnerships.visits.forms import VisitForm
from partnerships.visits.models import (
    Direction,
    ParticipantRole,
    Preparation,
    Visit,
    VisitAgreementKind,
    VisitStatus,
    VisitStep,
)
from partnerships.visits.records.follow_ups import DUE, OWNER, STATE
from partnerships.visits.records.itinerary import ITINERARY
from partnerships.visits.records.steps import standing
from partnerships.visits.records.taking_part import PARTICIPANTS, draw_visitors, led_by, people_as, visitors
from partnerships.visits.rows import VISIT_ROWS
from partnerships.visits.steps import OVER, STILL_TO_COME

SEEN_FROM_HOME = {
    Direction.INBOUND: "Inbound to",
    Direction.OUTBOUND: "Outbound from",
    Direction.VIRTUAL: "Virtual, with",
}


LAST_STEP = {"step_by": "taken_by__username", "step_at": "taken_at", "step_why": "reason"}


RECEIVING = (ParticipantRole.HOST_LEAD, ParticipantRole.GREETER)


def direction_words(visit: Visit) -> str:
    """The direction with the institution that it is seen from."""
    return f"{SEEN_FROM_HOME[Direction(visit.direction)]} {visit.home}"


def status_words(visit: Visit) -> str:
    """How far the visit has come, and whether it went another way than planned."""
    return f"{visit.get_status_display()}, not as planned" if visit.not_as_planned else visit.get_status_display()


def with_progress(rows: QuerySet, today: date) -> QuerySet:
    """With how many preparations are overdue, and who took the last step, when and why."""
    late = Preparation.objects.filter(visit=OuterRef("pk"), is_needed=True, done_on__isnull=True, due_on__lt=today)
    steps = VisitStep.objects.filter(visit=OuterRef("pk")).order_by("-pk")
    last = {name: Subquery(steps.values(path)[:1]) for name, path in LAST_STEP.items()}
    counted = late.order_by().values("visit").annotate(count=Count("pk")).values("count")
    return rows.annotate(late_preparations=Coalesce(Subquery(counted), 0), **last)


def open_follow_ups(visit: Visit) -> int:
    """How many follow-ups are not done."""
    return sum(one.done_on is None for one in visit.follow_ups.all())


def listed(names: list) -> str:
    """Names in a sentence: “A”, “A and B”, “A, B and C”."""
    words = [str(name) for name in names]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def lead(visit: Visit, look) -> str:
    """The sentence under the heading: which way, who led, who received."""
    parts = [f"led by {listed(led_by(visit))}" if led_by(visit) else ""]
    hosts = people_as(visit, *RECEIVING)
    parts.append(f"received by {listed(hosts)}" if hosts else "")
    told = ", ".join(filter(None, parts))
    sentences = [visit.get_direction_display().capitalize(), told[:1].upper() + told[1:]]
    return draw_text(" ".join(f"{sentence}." for sentence in sentences if sentence))


def to_be_done(visit: Visit, look) -> list:
    """The follow-ups of a visit, open ones first, each with its state of today."""
    rows = list(visit.follow_ups.all())
    for row in rows:
        row.state = state_of(row, look.today)
    return sorted(rows, key=lambda row: row.done_on is not None)


DIRECTION = Column("direction", "Direction", direction_words, sort=("direction", "home__name"), field="direction")


STATUS = Column("status", "Status", status_words, sort=("status",), field="status")


VISITORS = Column(
    "visitors",
    "Visitors",
    visitors,
    draw=draw_visitors,
    export=lambda came, role: "; ".join(str(one) for one in came),
    field="participants",
)


def to_do(visit: Visit, look) -> list[ToDo]:
    """Follow-ups overdue or missing, a visit whose day has passed, who came, and whether somebody looks after it."""
    edit, found = f"{visit.get_absolute_url()}edit/", []
    follow_ups = [state_of(row, look.today) for row in visit.follow_ups.all()]
    if overdue := follow_ups.count(FollowUpState.OVERDUE):
        why = "One follow-up is overdue." if overdue == 1 else f"{overdue} follow-ups are overdue."
        found.append(ToDo(why, "See what is to be done", f"/follow-ups/?visit={visit.pk}&state=overdue"))
    if (late := visit.late_preparations) and visit.status not in OVER:
        why = "One preparation is overdue." if late == 1 else f"{late} preparations are overdue."
        found.append(ToDo(why, "See what is to be prepared", "#preparing"))
    last = visit.happens_on.latest
    if visit.status in STILL_TO_COME and last and last < look.today:
        found.append(ToDo("Its day has passed.", "Say whether it happened", "#way"))
    if visit.status == VisitStatus.HAPPENED and not follow_ups:
        found.append(ToDo("No follow-up is recorded.", "Add one", f"/follow-ups/new/?visit={visit.pk}"))
    if not visitors(visit):
        found.append(
            ToDo("Nobody who came is named.", "Paste or add delegates", f"{visit.get_absolute_url()}delegates/")
        )
    if visit.owner_id is None:
        found.append(ToDo("Nobody looks after it.", "Name somebody", f"{edit}#id_owner"))
    return found


VISITS = declare(
    Kind(
        model=Visit,
        columns=(
            heading("title", "Visit", second=lambda one: str(one.kind or "")),
            honest("happens_on", "When"),
            DIRECTION,
            record("partner", "Partner"),
            VISITORS,
            record("place", "Where"),
            STATUS,
            Column(
                "follow_ups",
                "Open follow-ups",
                open_follow_ups,
                draw=lambda count, role: draw_number(count),
                css="num",
            ),
        ),
        filters=VisitFilter,
        form=VisitForm,
        rows=VISIT_ROWS,
        facts=(
            DIRECTION,
            record("home", "Home"),
            record("partner", "Partner"),
            honest("happens_on", "When"),
            record("place", "Where"),
            term("kind", "Kind"),
            STATUS,
            text("purpose", "Purpose"),
            text("requested_by", "Asked for by", may_be_empty=True),
            day("requested_on", "Asked for on", may_be_empty=True),
            text("went_well", "What went as planned", may_be_empty=True),
            text("went_otherwise", "What did not", may_be_empty=True),
            text("part_of", "Part of a larger tour", may_be_empty=True),
            record("after", "After the visit", may_be_empty=True),
            term("owner", "Looked after by", may_be_empty=True),
        ),
        panels=(
            PARTICIPANTS,
            ITINERARY,
            Panel(
                "Asked, promised, signed",
                lambda one, look: look.seen(one.undertakings.select_related("by")),
                (
                    heading("wording", "What", second=lambda line: line.detail),
                    choice("standing", "Standing", Standing),
                    record("by", "By", may_be_empty=True),
                    text("evidence", "Evidence that it happened"),
                ),
                field="undertakings",
                empty="Nothing that was asked or promised is recorded.",
            ),
            Panel(
                "Agreements",
                lambda one, look: look.seen(one.agreements.select_related("agreement__type")),
                (
                    record("agreement", "Agreement"),
                    choice("kind", "How it has to do with the visit", VisitAgreementKind),
                    Column("type", "Type", lambda row: str(row.agreement.type or "type not stated")),
                ),
                field="agreements",
            ),
            Panel(
                "Follow-ups",
                to_be_done,
                (heading("what", "Follow-up", second=lambda row: row.outcome), OWNER, DUE, STATE),
            ),
        ),
        related=(
            Related(
                "visit",
                lambda one: one.followed_by.values("pk"),
                lambda one: f"after={one.pk}",
                "Visits after this one",
            ),
            Related("funding", lambda one: one.funding.values("pk"), lambda one: f"visit={one.pk}"),
        ),
        dated=Dated("cal", (("happens_on", ""),)),
        on_timeline={
            "agreement": lambda one, look: one.agreements.values("agreement"),
            "followup": lambda one, look: one.follow_ups.values("pk"),
        },
        joins=("home", "partner", "kind", "place", "after", "owner"),
        prefetch=("participants>person,organisation", "follow_ups>owner"),
        sort="-happens_on",
        names=lambda one: [one.title],
        second=lambda one: " · ".join(
            filter(None, [one.get_direction_display().capitalize(), str(one.partner or one.home), one.happens_on.words])
        ),
        words=lambda one: [
            one.purpose,
            one.part_of,
            str(one.partner or ""),
            str(one.home),
            *as_open(one, one.itinerary.all(), "led_by", "organisation"),
            *as_open(one, one.participants.all(), "person", "organisation"),
            *(row.organisation for row in as_open(one, one.participants.all(), "person", "organisation")),
            one.notes,
        ],
        catalogue_joins=("home", "partner"),
        catalogue_prefetch=(
            "participants__person",
            "participants__organisation",
            "itinerary__led_by",
            "itinerary__organisation",
        ),
        depends={
            "person": ("participants__person", "itinerary__led_by"),
            "organisation": ("home", "partner", "participants__organisation", "itinerary__organisation"),
        },
        lead=lead,
        to_do=to_do,
        warnings=warnings,
        besides=standing,
        on_page=with_progress,
        intro="Who came and who went, what was asked and promised, and what is still to be done.",
    )
)
