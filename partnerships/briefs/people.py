"""Who comes, who receives, and who is there: names in both scripts, posts, and how each is addressed."""

from collections.abc import Iterable

from partnerships.briefs.more import more
from partnerships.briefs.reading import Material
from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Section, Words, both, capital, line, link, listed, unknown
from partnerships.people.models import Person, Post
from partnerships.records.columns import hidden
from partnerships.records.pages import Look
from partnerships.visits.models import Direction, Participant, ParticipantRole, Side

TITLES = {
    Direction.INBOUND: {Side.VISITOR: "Who comes", Side.HOST: "Who receives"},
    Direction.OUTBOUND: {Side.VISITOR: "Who goes", Side.HOST: "Who receives"},
    Direction.VIRTUAL: {Side.VISITOR: "Who joins", Side.HOST: "Who receives"},
}
NOBODY = {Side.VISITOR: "Nobody is recorded.", Side.HOST: "Nobody is recorded as receiving."}
CAUTION = "Names a party or political post: sensitive personal data, for the hosts only."


def sides(material: Material, proof: Proof) -> list[Section]:
    """The visitors and those who receive them, side by side."""
    titles = TITLES[Direction(material.visit.direction)]
    return [of_side(material, proof, side, title, NOBODY[side]) for side, title in titles.items()]


def besides(material: Material, proof: Proof) -> Section:
    """Who takes part on neither side."""
    return of_side(material, proof, Side.OTHER, "Also there", "")


def of_side(material: Material, proof: Proof, side: Side, title: str, nobody: str) -> Section:
    """The participants of one side, the head of a delegation first, then in the order of precedence."""
    rows = [one for one in material.participants if one.side == side]
    rows.sort(key=lambda one: one.role != ParticipantRole.HEAD)
    lines = [of_participant(one, material, proof) for one in rows] or ([line(unknown(nobody))] if nobody else [])
    return Section(f"side-{side}", title, lines)


def of_participant(one: Participant, material: Material, proof: Proof) -> Line:
    """A person with posts and form of address, or an unnamed group with its number as far as known."""
    if one.person_id is None:
        return of_group(one)
    person = one.person
    posts = posts_of(person, one.person.posts.all())
    known = {post.organisation_id for post in one.person.posts.all()}
    for_whom = [both(one.organisation)] if one.organisation_id and one.organisation_id not in known else []
    under = [line(listed([*posts, *for_whom], "; "))] if posts or for_whom else [line(unknown("Post: not recorded."))]
    role = f". {capital(one.get_role_display())}." if one.role else "."
    photo = material.photos.get(person.pk)
    return line(
        both(person, "strong"), called(person, one.address_as), role, proof.cite(person), under=under, photo=photo
    )


def of_group(one: Participant) -> Line:
    """An unnamed group: for whom, and how many."""
    of = [" of ", both(one.organisation)] if one.organisation_id else []
    number = (
        Words(f"{one.group_size:,}, not named.") if one.group_size is not None else unknown("names and number open.")
    )
    return line(Words(one.group, tone="strong"), *of, ": ", number)


def called(person: Person, address_as: str) -> str:
    """How a person is addressed, only as it was given or printed, and which word is the family name."""
    said = f"say “{address_as}”" if address_as else person.title
    family = f"family name {person.family_name}" if person.family_name else ""
    if family and person.family_first:
        family = f"family name first: {person.family_name}"
    words = "; ".join(filter(None, [said, family]))
    return f" ({words})" if words else ""


def posts_of(person: Person, posts: Iterable[Post]) -> list[Words]:
    """The posts of a person, each leading to its body."""
    found = []
    for post in posts:
        ended = f" (until {post.until.words})" if post.until and not post.until.is_open else ""
        where = post.organisation
        words = f"{post.role}, {both(where).text}{ended}" if where else f"{post.role}{ended}"
        found.append(Words(words, (where or person).get_absolute_url()))
    return found


def there(material: Material, proof: Proof) -> Section:
    """Who has a post with the partner; a political post of somebody who doesn't come is not spread."""
    lines = []
    for person in material.people:
        posts = [one for one in person.posts.all() if not (person.is_sensitive and one.tells_politics)]
        under = [line(listed(posts_of(person, posts), "; "))] if posts else []
        lines.append(line(both(person, "strong"), called(person, ""), ".", proof.cite(person), under=under))
    return Section("people", "Whom we know there", [*lines, *more(material, "people")])


def cautions(material: Material) -> list[str]:
    """What is to be said at the foot, since a post that is told may be sensitive personal data."""
    people = [one.person for one in material.participants if one.person_id and one.person.is_sensitive]
    return [CAUTION] if any(post.tells_politics for person in people for post in person.posts.all()) else []


def named(person: Person | None, look: Look) -> Words | None:
    """A person that a row leads to, if the reader sees them."""
    return None if person is None or hidden(person, look.role) else link(person)
