"""Visits: who opens the list, to find who came and went; the page, to prepare the next and keep what was promised."""

from datetime import date, time

from django.db.models import F, Prefetch, prefetch_related_objects
from django.utils.html import format_html, format_html_join

from partnerships.people.models import Person, Post
from partnerships.records.catalogue import as_open
from partnerships.records.columns import (
    choice,
    day,
    draw_record,
    heading,
    honest,
    record,
    records,
    term,
    text,
)
from partnerships.records.kinds import Column, Dated, Kind, Panel, Related, ToDo, declare
from partnerships.undertakings.models import Standing
from partnerships.values.draw import draw_date, draw_number, draw_text
from partnerships.visits.clashes import outside, times, warnings
from partnerships.visits.filters import FollowUpState, VisitFilter, state_of
from partnerships.visits.forms import VisitForm
from partnerships.visits.models import (
    Direction,
    ItemKind,
    ItineraryItem,
    ParticipantRole,
    Side,
    Visit,
    VisitAgreementKind,
    VisitStatus,
)
from partnerships.visits.records.follow_ups import DUE, OWNER, STATE
from partnerships.visits.records.steps import standing
from partnerships.visits.rows import VISIT_ROWS
from partnerships.visits.steps import STILL_TO_COME

SEEN_FROM_HOME = {
    Direction.INBOUND: "Inbound to",
    Direction.OUTBOUND: "Outbound from",
    Direction.VIRTUAL: "Virtual, with",
}


RECEIVING = (ParticipantRole.HOST_LEAD, ParticipantRole.GREETER)


SIDES = list(Side)


def direction_words(visit: Visit) -> str:
    """The direction with the institution that it is seen from."""
    return f"{SEEN_FROM_HOME[Direction(visit.direction)]} {visit.home}"


def status_words(visit: Visit) -> str:
    """How far the visit has come, and whether it went another way than planned."""
    return f"{visit.get_status_display()}, not as planned" if visit.not_as_planned else visit.get_status_display()


def people_as(visit: Visit, *roles: ParticipantRole) -> list:
    """The named participants in these roles, in their order."""
    return [one.person for one in visit.participants.all() if one.role in roles and one.person_id]


def led_by(visit: Visit) -> list:
    """Who led the delegation."""
    return people_as(visit, ParticipantRole.HEAD)


def visitors(visit: Visit) -> list:
    """Who came, or who went where we are the guests: the head of the delegation first."""
    came = [one for one in visit.participants.all() if one.side == Side.VISITOR]
    return sorted(came, key=lambda one: one.role != ParticipantRole.HEAD)


def draw_visitors(came: list, role):
    """Persons as links and groups by their words, with a middle dot between them."""
    drawn = (draw_record(one.person, role) if one.person_id else draw_text(one.group) for one in came)
    return format_html_join(" · ", "{}", ((one,) for one in drawn))


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


def participants(visit: Visit, look) -> list:
    """Visitors first, then hosts, each with the posts that the reader may see."""
    rows = sorted(visit.participants.all(), key=lambda one: SIDES.index(one.side))
    posts = look.seen(Post.objects.select_related("organisation"))
    prefetch_related_objects(rows, Prefetch("person__posts", posts))
    return rows


def draw_who(participant, role):
    """A person with the form of address and the family name, or an unnamed group with its number as far as known."""
    if participant.person_id:
        person = participant.person
        family = f"family name {person.family_name}" if person.family_name else ""
        address = f"addressed as {participant.address_as}" if participant.address_as else ""
        below = " · ".join(filter(None, [person.title, person.native_name, family, address]))
        return format_html('{}<span class="l2">{}</span>', draw_record(person, role), draw_text(below))
    size = draw_number(participant.group_size) or format_html('<span class="unk">{}</span>', "not stated")
    return format_html('{}<span class="l2">unnamed; how many: {}</span>', draw_text(participant.group), size)


def draw_posts(participant, role):
    """The posts of a person, one per line, with a mark where a role may be sensitive personal data."""
    if participant.person_id is None:
        return draw_text("")
    posts = participant.person.posts.all()
    drawn = format_html_join("", '<span class="line">{}</span>', ((draw_text(str(post)),) for post in posts))
    if posts and participant.person.is_sensitive:
        return format_html('{}<span class="l2">{}</span>', drawn, "a role may be sensitive personal data")
    return drawn


def agenda(visit: Visit, look) -> list[ItineraryItem]:
    """The itinerary by day and time, what has none in its order at the end; who joins is read with it, in one query."""
    rows = look.seen(visit.itinerary.select_related("place", "led_by", "organisation"))
    joins = {f"joins_{name}": F(f"joined_by__{name}") for name in ("id", "name", "native_name", "visibility")}
    items: dict[int, ItineraryItem] = {}
    for row in rows.annotate(**joins).order_by(*ItineraryItem._meta.ordering, "joined_by__family_name", "joins_id"):
        item = items.setdefault(row.pk, row)
        item.joining = getattr(item, "joining", [])
        if row.joins_id:
            joiner = {name: getattr(row, f"joins_{name}") for name in ("id", "name", "native_name", "visibility")}
            item.joining.append(Person(**joiner))
    return sorted(items.values(), key=lambda item: (item.on_day or date.max, item.starts_at or time.max))


def draw_item(item, role):
    """What an item is and what is shown; with a word of care where research may be shown, or the day is another."""
    visit, below = item.visit, [item.shown]
    if item.shows_research and visit.status in STILL_TO_COME:
        below.append("export control: agree what is shown")
    if outside(visit, item):
        below.append("not on a day of the visit")
    lines = format_html_join("", '<span class="l2">{}</span>', ((draw_text(line),) for line in below if line))
    return format_html("{}{}", draw_text(item.title), lines)


def draw_when(item, role):
    """The day of an item, with its times below; or what is said of its time in words."""
    if not item.on_day:
        return draw_text(times(item) or item.time)
    below = " · ".join(filter(None, [times(item), item.time]))
    return format_html('{}<span class="l2">{}</span>', draw_date(item.on_day), below)


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
            Panel(
                "Participants",
                participants,
                (
                    Column("who", "Who", lambda row: row, draw=draw_who),
                    choice("side", "Side", Side),
                    choice("role", "Part", ParticipantRole, may_be_empty=True),
                    Column("posts", "Post", lambda row: row, draw=draw_posts),
                    record("organisation", "For", may_be_empty=True),
                ),
                field="participants",
                empty="Nobody who took part is recorded.",
            ),
            Panel(
                "Itinerary",
                agenda,
                (
                    choice("kind", "Item", ItemKind),
                    Column("title", "What", lambda item: item, draw=draw_item, field="title"),
                    Column(
                        "time",
                        "When",
                        lambda item: item if item.on_day or item.starts_at or item.ends_at or item.time else None,
                        draw=draw_when,
                        field="time",
                        may_be_empty=True,
                    ),
                    record("place", "Where", may_be_empty=True),
                    record("led_by", "Led by", may_be_empty=True),
                    records("joining", "Who joins", lambda item: item.joining, may_be_empty=True),
                    record("organisation", "With", may_be_empty=True),
                ),
                field="itinerary",
            ),
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
        intro="Who came and who went, what was asked and promised, and what is still to be done.",
    )
)
