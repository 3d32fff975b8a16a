"""What needs somebody: follow-ups, visits to come, agreements to decide, gaps worth closing."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When

from partnerships.access.roles import Role
from partnerships.access.scoping import scope_to
from partnerships.agreements.deadlines import notice_in_words
from partnerships.agreements.models import Agreement, AgreementRelation
from partnerships.agreements.states import IN_FORCE, TO_DECIDE, LegalState, notice_is_near, why_unknown
from partnerships.home.parts import Line, Part, counted, many
from partnerships.organisations.models import Partnership
from partnerships.records.filters import facts_of
from partnerships.records.kinds import kind_of
from partnerships.records.listing import list_address
from partnerships.records.pages import Look
from partnerships.records.spans import certainly, impossibly
from partnerships.reviews.models import Review
from partnerships.values.draw import plain
from partnerships.values.figures import Told
from partnerships.values.models import Gap, GapState
from partnerships.values.prepared import prepared
from partnerships.visits.models import FollowUp, Preparation, Visit, VisitStatus
from partnerships.visits.steps import ASKED

SHOWN = 6
TERMS = 10
COMING = [VisitStatus.REQUESTED.value, VisitStatus.TRIAGED.value, VisitStatus.APPROVED.value, VisitStatus.PLANNED.value]
# The fields that other facts hang on come first: without an end no agreement's state is known.
WORTH = (
    ("agreement", "ends_on"),
    ("agreement", "signed_on"),
    ("agreement", "starts_on"),
    ("agreement", "signatories"),
    ("agreement", "type"),
    ("visit", "happens_on"),
    ("cohort", "enters_on"),
    ("cohort", "places_agreed"),
    ("programme", "starts_on"),
    ("funding", "amount"),
    ("funding", "funder"),
    ("partnership", "status"),
    ("partnership", "since"),
    ("organisation", "place"),
    ("organisation", "kind"),
)


def follow_ups(look: Look) -> Part:
    """What is still to be done: the overdue first, then the reader's own; two queries."""
    left = look.seen(FollowUp.objects.filter(done_on__isnull=True))
    mine, late = Q(owner=look.user), Q(due_on__lt=look.today)
    found = left.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=late),
        mine=Count("pk", filter=mine),
        mine_late=Count("pk", filter=mine & late),
        nobodys=Count("pk", filter=Q(owner__isnull=True)),
        undated=Count("pk", filter=Q(due_on__isnull=True)),
    )
    told = [
        *counted(found["mine"], "mine", list_address("follow-ups", state="open", mine="yes")),
        *counted(found["mine_late"], "of them overdue", list_address("follow-ups", state="overdue", mine="yes")),
        *counted(found["late"], "overdue in all", list_address("follow-ups", state="overdue")),
        *counted(
            found["nobodys"], "of nobody yet", list_address("follow-ups", state="open", has_owner="no"), unknown=True
        ),
        *counted(
            found["undated"], "without a due date", list_address("follow-ups", state="open", has_due="no"), unknown=True
        ),
    ]
    own_first = Case(When(mine, then=Value(0)), default=Value(1)) if look.role == Role.STAFF else Value(0)
    rows = left.select_related("owner", "visit", "agreement", "partnership__home", "partnership__partner")
    rises = Case(When(late, then=Value(0)), default=Value(1))  # what is overdue, whoever owns it
    rows = rows.annotate(first=own_first, rises=rises)
    rows = rows.order_by("rises", "first", F("due_on").asc(nulls_last=True), "pk")[:SHOWN]
    return Part(
        "follow-ups",
        "Follow-ups",
        told,
        [Line(Told(one.what, one.get_absolute_url()), when_due(one, look)) for one in rows],
        empty="Nothing is to be done.",
        more=counted(
            found["all"], "follow-up is open", list_address("follow-ups", state="open"), "follow-ups are open"
        ),
    )


def when_due(one: FollowUp, look: Look) -> list[Told]:
    """When something is due, who does it, and what it follows."""
    due = Told("no due date set", unknown=True)
    if one.due_on:
        words = "overdue since" if one.due_on < look.today else "due"
        due = Told(f"{words} {one.due_on.day} {one.due_on:%B %Y}")
    who = Told("mine" if one.owner == look.user else str(one.owner)) if one.owner else Told("nobody yet", unknown=True)
    act = [Told("say that it is done", f"{one.get_absolute_url()}done/")] if look.role >= Role.STAFF else []
    return [due, who, Told(str(one.belonging)), *act]


def coming(look: Look) -> Part:
    """Visits that are requested or planned and not known to be over; two queries."""
    planned = look.seen(Visit.objects.filter(status__in=COMING))
    yesterday = look.today - timedelta(days=1)
    over, ahead = certainly("happens_on", None, yesterday), ~impossibly("happens_on", look.today, None)
    found = planned.aggregate(
        ahead=Count("pk", filter=ahead),
        over=Count("pk", filter=over),
        mine=Count("pk", filter=ahead & Q(owner=look.user)),
        asked=Count("pk", filter=Q(status__in=ASKED)),
    )
    asked = {"status": COMING, "when_from": look.today.isoformat(), "when_possible": "yes"}
    rows = planned.filter(ahead).select_related("partner", "home")
    rows = rows.order_by(F("happens_on_earliest").asc(nulls_last=True), "title", "pk")[:SHOWN]
    past = list_address("visits", status=COMING, when_to=yesterday.isoformat())
    return Part(
        "visits-to-come",
        "Visits to come",
        [
            *counted(found["mine"], "mine", list_address("visits", mine="yes", **asked)),
            *counted(found["asked"], "asked for and not decided", "/visits/requests/"),
            *counted(found["over"], "past, and nobody wrote how they went", past, unknown=True),
        ],
        [Line(Told(one.title, one.get_absolute_url()), when_coming(one)) for one in rows],
        empty="No visit is requested or planned.",
        verb=Told("Plan a visit", "/visits/new/") if look.role >= Role.STAFF else None,
        more=counted(found["ahead"], "visit is to come", list_address("visits", **asked), "visits are to come"),
    )


def to_prepare(look: Look) -> Part:
    """What is still to be prepared for visits to come, the reader's own and the soonest first; one query."""
    left = look.seen(Preparation.objects.filter(done_on__isnull=True, is_needed=True, visit__status__in=COMING))
    mine = Case(When(owner=look.user, then=Value(0)), When(owner__isnull=True, then=Value(1)), default=Value(2))
    rows = left.select_related("visit", "owner").annotate(first=mine)
    rows = rows.order_by("first", F("due_on").asc(nulls_last=True), "pk")[:SHOWN]
    lines = [
        Line(Told(one.what, f"{one.visit.get_absolute_url()}#preparing"), when_prepared(one, look)) for one in rows
    ]
    return Part("preparing", "To prepare", (), lines)


def when_prepared(one: Preparation, look: Look) -> list[Told]:
    """When something must be prepared, who does it, and for which visit."""
    due = Told("no day known", unknown=True)
    if one.due_on:
        words = "overdue since" if one.due_on < look.today else "due"
        due = Told(f"{words} {one.due_on.day} {one.due_on:%B %Y}")
    who = Told("mine" if one.owner == look.user else str(one.owner)) if one.owner else Told("nobody yet", unknown=True)
    return [due, who, Told(str(one.visit))]


def when_coming(visit: Visit) -> list[Told]:
    """When, which way, and how far it has come."""
    when = Told(visit.happens_on.words) if visit.happens_on else Told("day not known", unknown=True)
    return [when, Told(f"{visit.get_direction_display()}, {visit.home}"), Told(visit.get_status_display())]


def with_decision(role: Role, today: date) -> QuerySet:
    """The agreements that a role sees, with their state and whether they need a decision."""
    relations, reviews = (scope_to(role, one.objects.all()) for one in (AgreementRelation, Review))
    return scope_to(role, Agreement.objects.with_decision(today, relations, reviews))


@prepared
def by_state(role: Role, today: date) -> QuerySet:
    """How many agreements there are of each state, and how many of these need a decision."""
    found, due = with_decision(role, today).order_by().values("state"), Q(needs_decision=True)
    return found.annotate(
        count=Count("pk"), due=Count("pk", filter=due), unowned=Count("pk", filter=due & Q(owner__isnull=True))
    )


def states(look: Look) -> dict[str, dict]:
    """What `by_state` says to this reader, by the state; one query."""
    return {one["state"]: one for one in by_state(look.role, look.today)}


@prepared
def pressing(role: Role, today: date) -> QuerySet:
    """The first few agreements: those that need a decision, the most pressing first, then the others; one query."""
    rank = Case(
        When(Q(needs_decision=True) & notice_is_near(today), then=Value(0)),
        *(When(needs_decision=True, state=state, then=Value(place)) for place, state in enumerate(TO_DECIDE)),
        When(needs_decision=True, then=Value(0)),
        When(state__in=IN_FORCE, then=Value(8)),
        default=Value(9),
    )
    until = Case(
        When(notice_on__gte=today, then=F("notice_on")), default=F("ends_on_earliest"), output_field=DateField()
    )
    rows = with_decision(role, today).select_related("owner").annotate(rank=rank, until=until)
    dates = [F(name).asc(nulls_last=True) for name in ("until", "signed_on_earliest")]
    return rows.order_by("rank", *dates, "-signed_on_edtf", "title", "pk")[:TERMS]


def decisions(found: dict[str, dict], rows: Sequence[Agreement], today: date) -> Part:
    """The agreements that somebody must decide about."""
    due, unowned = (sum(one[name] for one in found.values()) for name in ("due", "unowned"))
    return Part(
        "decisions",
        "Agreements that need a decision",
        counted(
            unowned, "owned by nobody", list_address("agreements", needs_decision="yes", has_owner="no"), unknown=True
        ),
        [
            Line(Told(one.title, one.get_absolute_url()), why(one, today))
            for one in [one for one in rows if one.needs_decision][:SHOWN]
        ],
        empty="No agreement needs a decision: none has its end or notice near, and the end of each is known.",
        verb=Told("Go through all that wait for a review", "/reviews/"),
        more=counted(due, "to decide", list_address("agreements", needs_decision="yes")),
    )


def why(agreement: Agreement, today: date) -> list[Told]:
    """Why somebody must decide about an agreement, and who does."""
    state = LegalState(agreement.state)
    who = Told(str(agreement.owner)) if agreement.owner else Told("no owner", unknown=True)
    told: list[Told] = []
    if state == LegalState.UNKNOWN:
        told = [Told(f"Unknown: {why_unknown(agreement, today)}", unknown=True)]
    elif state in TO_DECIDE:
        told = [Told(f"{state.label}: {agreement.ends_on.words or 'no end date recorded'}")]
    elif agreement.review_on and agreement.review_on <= today:
        told = [Told(f"Review due since {plain(agreement.review_on)}")]
    return [*(Told(words) for words in notice_in_words(agreement, today)), *told, who]


def sentence(found: dict[str, dict]) -> list[Told]:
    """All agreements by their state, so that it can be read out."""
    alive = any(state.value in found for state in IN_FORCE)
    told = [] if alive else [Told("none known to be in force")]
    for state in LegalState:
        number, address = found.get(state.value, {}).get("count", 0), list_address("agreements", state=state.value)
        told += counted(number, state.label.lower(), address, unknown=state == LegalState.UNKNOWN)
    return told


def gaps(look: Look) -> Part:
    """What no source states, the most useful to know first; for staff, of their own records; one query."""
    own = Q(pk__in=[])
    for kind, model, owner in (
        ("agreement", Agreement, "owner"),
        ("visit", Visit, "owner"),
        ("partnership", Partnership, "looked_after_by"),
    ):
        own |= Q(record_kind=kind, record_id__in=model.objects.filter(**{owner: look.user}).order_by().values("pk"))
    open_gaps = look.seen(Gap.objects.filter(state=GapState.NOT_STATED.value)).order_by()
    groups = open_gaps.values_list("record_kind", "field").annotate(all=Count("pk"), mine=Count("pk", filter=own))
    found = [(kind, field, count, mine) for kind, field, count, mine in groups if field in dict(facts_of(kind))]
    mine = [(kind, field, count, "yes") for kind, field, _, count in found if count and look.role == Role.STAFF]
    lines = sorted(mine or [(kind, field, count, "") for kind, field, count, _ in found], key=usefulness(look.role))
    return Part(
        "gaps",
        "My gaps worth closing" if mine else "Gaps worth closing",
        [Told("What no source states, and something depends on")] if lines else (),
        [gap_line(*one) for one in lines[:SHOWN]],
        empty="No gap is recorded.",
    )


def usefulness(role: Role):
    """By what gaps are ordered: what depends on them; for those who keep the data, how many there are."""
    place = {one: number for number, one in enumerate(WORTH)}
    if role == Role.ADMIN:
        return lambda gap: (-gap[2], gap[0], gap[1])
    return lambda gap: (place.get(gap[:2], len(WORTH)), -gap[2], gap[0], gap[1])


def gap_line(name: str, field: str, count: int, mine: str) -> Line:
    """One field of one kind, with the way to the records in which it is open."""
    kind = kind_of(name)
    address = list_address(kind.path, not_stated=field, **({"mine": mine} if mine else {}))
    words = many(count, kind.one, kind.many)
    return Line(Told(words, address, True), [Told(f"“{dict(facts_of(name))[field]}” is not stated")])
