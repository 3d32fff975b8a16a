"""Organisations: who opens the list, to find a body under any of its names; the page, to see how it stands to us."""

from django.db.models import Prefetch, Q, prefetch_related_objects

from partnerships.funding.models import Funding
from partnerships.organisations.filters import OrganisationFilter
from partnerships.organisations.forms import (
    ORGANISATION_ROWS,
    OrganisationForm,
)
from partnerships.organisations.models import (
    NameKind,
    Organisation,
    Partnership,
    PartnershipStatus,
    Place,
    PlaceKind,
    Presentation,
    Relation,
)
from partnerships.organisations.records.partnerships import area_names, visits_with
from partnerships.organisations.records.relations import RELATION_COLUMNS, relations_of
from partnerships.people.models import ContactKind
from partnerships.programmes.models import Programme
from partnerships.records.catalogue import as_open, visibility_of
from partnerships.records.columns import choice, heading, honest, record, records, term, text, words
from partnerships.records.kinds import Column, Kind, Panel, Related, declare
from partnerships.undertakings.models import Undertaking
from partnerships.values.draw import draw_bool, draw_link, draw_text
from partnerships.values.names import language_words, name_of
from partnerships.visits.models import FollowUp


def names_of(organisation: Organisation, *kinds: NameKind) -> list[str]:
    """Its names of these kinds, in their order."""
    return [name.value for name in organisation.names.all() if name.kind in kinds]


def told_apart(organisation: Organisation) -> str:
    """Acronyms and native names in a line, which tell near twins apart."""
    return " · ".join(filter(None, [*names_of(organisation, NameKind.ACRONYM), native_name(organisation)]))


def native_name(organisation: Organisation) -> str:
    """The native names that the name that is shown does not hold."""
    shown = name_of(organisation)
    return " · ".join(name for name in names_of(organisation, NameKind.NATIVE) if name not in shown)


def also_known(organisation: Organisation) -> str:
    """Under which other names it goes, and that it is ours, in a sentence each."""
    others = [name.value for name in organisation.names.all() if name.kind != NameKind.NATIVE]
    others = [name for name in dict.fromkeys(others) if name != organisation.name]
    known = f"Also known as {', '.join(others)}." if others else ""
    return " ".join(filter(None, ["One of our own institutions." if organisation.is_home else "", known]))


def open_name(record, related, words: str = "{}") -> str:
    """The name of a related record in `words`; '' if some who see the record may not see that one."""
    return words.format(related) if related and related.visibility <= visibility_of(record) else ""


def second_line(organisation: Organisation) -> str:
    """What tells it apart from its near twins: kind, place, what it is part of."""
    parts = [
        str(organisation.kind or ""),
        open_name(organisation, organisation.place),
        open_name(organisation, organisation.parent, "part of {}"),
        "one of our own" if organisation.is_home else "",
    ]
    return " · ".join(filter(None, parts))


def stands_to(organisation: Organisation) -> list[str]:
    """How it stands to others, as far as everybody may see them: “chair of”, and whom."""
    rows = as_open(organisation, organisation.relations.all(), "to_organisation", "to_person", "to_place")
    words = ([one.get_kind_display(), one.kind.replace("_", " "), str(one.target)] for one in rows)
    return [" ".join(dict.fromkeys(said)) for said in words]


def chain(place: Place | None) -> list[Place]:
    """A place and the places it lies in, the smallest first; on which continent goes without saying."""
    return [place, *(one for one in place.above if one.kind != PlaceKind.CONTINENT)] if place else []


PLACE = records("place", "Place", lambda one: chain(one.place), sort=("place__name",))


IS_HOME = Column(
    "is_home",
    "One of our own",
    lambda one: one.is_home or None,
    draw=lambda value, role: draw_bool(value),
    sort=("is_home",),
    may_be_empty=True,
)


WEBSITE = Column(
    "website", "Website", lambda one: one.website, draw=lambda url, role: draw_link(url, url), field="website"
)


ROR_ID = Column(
    "ror_id",
    "ROR id",
    lambda one: one.ror_id,
    draw=lambda known, role: draw_link(f"https://ror.org/{known}", known),
    field="ror_id",
    may_be_empty=True,
)


def partnerships_of(organisation: Organisation, look) -> list[Partnership]:
    """The partnerships of a partner, home by home, with the areas that stand between the two."""
    rows = list(organisation.partnerships_as_partner.all())
    prefetch_related_objects(rows, Prefetch("undertakings", look.seen(Undertaking.objects.all())))
    return rows


def as_home_or_partner(as_home, as_partner):
    """What belongs to one of our institutions as home, and to any other as partner, so that one list shows it all."""
    return lambda one, *look: (as_home if one.is_home else as_partner)(one, *look)


ORGANISATIONS = declare(
    Kind(
        model=Organisation,
        columns=(
            heading("name", "Organisation", second=told_apart),
            term("kind", "Kind"),
            PLACE,
            record("parent", "Part of", may_be_empty=True),
            records(
                "homes",
                "Partner of",
                lambda one: [partnership.home for partnership in one.partnerships_as_partner.all()],
                may_be_empty=True,
            ),
            honest("founded_on", "Founded"),
            IS_HOME,
        ),
        filters=OrganisationFilter,
        form=OrganisationForm,
        rows=ORGANISATION_ROWS,
        facts=(
            term("kind", "Kind"),
            IS_HOME,
            PLACE,
            record("parent", "Part of", may_be_empty=True),
            honest("founded_on", "Founded"),
            text("description", "What it is", may_be_empty=True),
            WEBSITE,
            ROR_ID,
        ),
        panels=(
            Panel(
                "Partnerships, home by home",
                partnerships_of,
                (
                    record("home", "Home"),
                    choice("status", "Status", PartnershipStatus, may_be_empty=True),
                    honest("since", "Since", may_be_empty=True),
                    words("undertakings", "Areas of cooperation", area_names, may_be_empty=True),
                    term("looked_after_by", "Looked after by", may_be_empty=True),
                    choice("presentation", "In the source", Presentation, may_be_empty=True),
                ),
                field="partnerships",
            ),
            Panel(
                "People",
                lambda one, look: look.seen(one.posts.select_related("person")).order_by(
                    "person__family_name", "person__given_name", "person__name", "order", "pk"
                ),
                (
                    record("person", "Person"),
                    text("role", "Role"),
                    honest("since", "From", may_be_empty=True),
                    honest("until", "To", may_be_empty=True),
                ),
                field="posts",
                empty="Nobody is recorded with a post here.",
            ),
            Panel(
                "Names",
                lambda one, look: one.names.all(),
                (
                    text("value", "Name"),
                    choice("kind", "Kind", NameKind),
                    Column("language", "Language", lambda one: language_words(one.language), may_be_empty=True),
                ),
                field="names",
                empty="It is known by no other name.",
            ),
            Panel(
                "Relations",
                lambda one, look: relations_of(one, look, "organisation", "to_organisation"),
                RELATION_COLUMNS,
                field="relations",
                empty="No relation to another body is recorded.",
            ),
            Panel(
                "Contact points",
                lambda one, look: one.contact_points.all(),
                (text("value", "As written"), choice("kind", "By", ContactKind), text("purpose", "Given for")),
                field="contact_points",
                empty="No contact point is recorded.",
            ),
        ),
        related=(
            Related(
                "undertaking",
                lambda one: one.undertakings.values("pk"),
                lambda one: f"organisation={one.pk}",
                "Lines of its own",
                order="order",
            ),
            Related(
                "undertaking",
                lambda one: Undertaking.objects.through(one).values("pk"),
                lambda one: f"through={one.pk}",
                "Work that goes through it",
            ),
            Related("organisation", lambda one: one.units.values("pk"), lambda one: f"parent={one.pk}", "Units"),
            Related("agreement", lambda one: one.parties.values("agreement"), lambda one: f"party={one.pk}"),
            Related(
                "visit",
                as_home_or_partner(
                    lambda one, look: one.visits_as_home.values("pk"),
                    lambda one, look: visits_with(one, look).values("pk"),
                ),
                as_home_or_partner(lambda one: f"home={one.handle}", lambda one: f"partner={one.pk}"),
                by_reader=True,
            ),
            Related(
                "programme",
                lambda one: Programme.objects.filter(Q(home=one) | Q(institutions__organisation=one)).values("pk"),
                lambda one: f"institution={one.pk}",
            ),
            Related(
                "funding",
                lambda one: Funding.objects.of([one]).values("pk"),
                lambda one: f"organisation={one.pk}",
            ),
            Related("project", lambda one: one.project_roles.values("project"), lambda one: f"partner={one.pk}"),
            Related(
                "partnership",
                as_home_or_partner(
                    lambda one: one.partnerships_as_home.values("pk"),
                    lambda one: one.partnerships_as_partner.values("pk"),
                ),
                as_home_or_partner(lambda one: f"home={one.handle}", lambda one: f"partner={one.pk}"),
            ),
            Related("source", lambda one: one.sources_speaking.values("pk"), lambda one: f"speaks_for={one.pk}"),
        ),
        on_timeline={
            "followup": lambda one, look: FollowUp.objects.filter(
                Q(visit__home=one)
                | Q(visit__in=visits_with(one, look).values("pk"))
                | Q(agreement__in=one.parties.values("agreement"))
                | Q(partnership__home=one)
                | Q(partnership__partner=one)
            ).values("pk")
        },
        joins=("kind", "place__parent__parent__parent", "parent"),
        prefetch=("names", "partnerships_as_partner>home,looked_after_by"),
        sort="name",
        names=lambda one: [one.name, *(name.value for name in one.names.all())],
        second=second_line,
        words=lambda one: [
            one.description,
            one.notes,
            *stands_to(one),
            *(point.found_by for point in one.contact_points.all()),
        ],
        catalogue_joins=("kind", "place", "parent"),
        catalogue_prefetch=(
            "names",
            "contact_points",
            Prefetch("relations", Relation.objects.select_related("to_organisation", "to_person", "to_place")),
        ),
        depends={
            "organisation": ("parent", "relations__to_organisation"),
            "person": "relations__to_person",
            "place": ("place", "relations__to_place"),
            "organisationkind": "kind",
        },
        native=native_name,
        lead=lambda one, look: draw_text(also_known(one)),
        intro="Every body that is named, ours and theirs, under all of its names.",
    )
)
