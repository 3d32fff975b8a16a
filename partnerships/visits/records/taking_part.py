"""Who takes part in a visit, as its page and the list draw it."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import format_html, format_html_join

from partnerships.people.models import Post
from partnerships.records.columns import choice, draw_record, record
from partnerships.records.kinds import Column, Panel
from partnerships.values.draw import draw_number, draw_text
from partnerships.visits.models import ParticipantRole, Side, Visit

SIDES = list(Side)


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


PARTICIPANTS = Panel(
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
)
