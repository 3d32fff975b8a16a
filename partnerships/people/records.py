"""People: who opens the list, to find who holds which post; the page, to see what somebody did and how to reach one."""

from django.db.models import Q
from django.utils.html import format_html

from partnerships.organisations.models import Relation
from partnerships.people.filters import PersonFilter
from partnerships.people.forms import PERSON_ROWS, PersonForm
from partnerships.people.models import ContactKind, Person
from partnerships.people.pictures import over_time
from partnerships.records.catalogue import as_open
from partnerships.records.columns import choice, heading, honest, record, records, text, words
from partnerships.records.kinds import Kind, Panel, Related, declare
from partnerships.values.draw import draw_text
from partnerships.values.names import name_of
from partnerships.visits.models import Visit


def native_name(person: Person) -> str:
    """The native script, where the name that is shown does not hold it."""
    return person.native_name if person.native_name not in name_of(person) else ""


def post_line(post) -> str:
    """A post in a line: role, and from when to when as far as known."""
    span = [f"from {post.since.words}" if post.since else "", f"to {post.until.words}" if post.until else ""]
    known = " ".join(filter(None, span))
    return f"{post.role}, {known}" if known else post.role


def first_post(person: Person) -> str:
    """The first post, of those that everybody may see who sees the person."""
    return next((str(post) for post in as_open(person, person.posts.all(), "organisation")), "")


def printed_names(person: Person) -> list[str]:
    """The name as printed, in both orders, and in the native script."""
    family, given = person.family_name, person.given_name
    return [person.name, f"{family} {given}".strip(), f"{given} {family}".strip(), person.native_name]


def introduced(person: Person, look):
    """The first post in a line, and a word of care where a role is sensitive."""
    posts = person.posts.all()
    line = " ".join(filter(None, [person.title, person.name])) + (f", {posts[0]}" if posts else "")
    if not person.is_sensitive:
        return draw_text(f"{line}." if line != person.name else "")
    return format_html(
        '{}.<span class="line">A role may be sensitive personal data (UK GDPR): use it for its purpose only.</span>',
        draw_text(line),
    )


def relations_to(person: Person, look) -> list[Relation]:
    """The relations that lead to a person, as said of the person."""
    found = list(look.seen(person.relations_from.select_related("organisation", "place", "to_person")))
    for relation in found:
        relation.words, relation.other = relation.said_of(person)
    return found


PEOPLE = declare(
    Kind(
        model=Person,
        columns=(
            heading("name", "Person", second=native_name, sort=("family_name", "given_name", "name")),
            text("title", "Form of address", may_be_empty=True),
            words("posts", "Posts", lambda one: [post_line(post) for post in one.posts.all()]),
            records(
                "organisations",
                "At",
                lambda one: list(dict.fromkeys(post.organisation for post in one.posts.all() if post.organisation)),
                may_be_empty=True,
            ),
            words(
                "contact_points",
                "Reached by",
                lambda one: list(dict.fromkeys(point.get_kind_display() for point in one.contact_points.all())),
                may_be_empty=True,
            ),
            text("family_name", "Family name", sort=("family_name", "given_name", "name")),
        ),
        filters=PersonFilter,
        form=PersonForm,
        rows=PERSON_ROWS,
        facts=(
            text("title", "Form of address"),
            text("family_name", "Family name"),
            text("given_name", "Given name"),
            text("native_name", "Native script"),
        ),
        panels=(
            Panel(
                "Posts",
                lambda one, look: one.posts.all(),
                (
                    text("role", "Role"),
                    record("organisation", "At", may_be_empty=True),
                    honest("since", "From", may_be_empty=True),
                    honest("until", "To", may_be_empty=True),
                ),
                field="posts",
                empty="No post is recorded.",
            ),
            Panel(
                "Contact points",
                lambda one, look: one.contact_points.all(),
                (text("value", "As written"), choice("kind", "By", ContactKind), text("purpose", "Given for")),
                field="contact_points",
                empty="No contact point is recorded.",
            ),
            Panel(
                "Agreements signed",
                lambda one, look: look.seen(
                    one.signatures.select_related("agreement", "organisation", "signed_place")
                ).order_by("agreement__title", "pk"),
                (
                    record("agreement", "Agreement"),
                    record("organisation", "For"),
                    honest("signed_on", "Signed", may_be_empty=True),
                    record("signed_place", "At", may_be_empty=True),
                ),
                field="signatures",
                empty="No signature is recorded.",
            ),
            Panel(
                "Relations",
                relations_to,
                (
                    text("words", "Relation"),
                    record("other", "Other side"),
                    honest("since", "Since", may_be_empty=True),
                    text("note", "Note", may_be_empty=True),
                ),
                field="relations",
                empty="No relation to a body is recorded.",
            ),
        ),
        related=(
            Related(
                "visit",
                lambda one: Visit.objects.filter(Q(participants__person=one) | Q(itinerary__led_by=one)).values("pk"),
                lambda one: f"person={one.pk}",
            ),
            Related(
                "undertaking",
                lambda one: one.undertakings.values("pk"),
                lambda one: f"by={one.pk}",
                "Asked or promised",
            ),
            Related(
                "statement",
                lambda one: one.statements_made.values("pk"),
                lambda one: f"said_by={one.pk}",
                "Said in a source",
            ),
        ),
        on_timeline={"agreement": lambda one, look: one.signatures.values("agreement")},
        prefetch=("posts>organisation", "contact_points"),
        sort="name",
        names=printed_names,
        second=first_post,
        words=lambda one: [
            one.title,
            one.notes,
            *as_open(one, one.posts.all(), "organisation"),
            *(point.found_by for point in one.contact_points.all()),
        ],
        catalogue_prefetch=("posts__organisation", "contact_points"),
        depends={"organisation": "posts__organisation"},
        native=native_name,
        lead=introduced,
        besides=lambda one, look: {"figure": over_time(one.posts.all(), look.today)},
        intro="Everybody who is named, by family name, with the posts they hold or held.",
    )
)
