"""Organisations: who opens the list, to find a body under any of its names; the page, to see how it stands to us."""

from django.db.models import Prefetch, Q, prefetch_related_objects

from partnerships.agreements.models import Party
from partnerships.funding.models import Funding
from partnerships.organisations.filters import OrganisationFilter, PartnershipFilter, PlaceFilter
from partnerships.organisations.forms import (
    ORGANISATION_ROWS,
    PARTNERSHIP_ROWS,
    PLACE_ROWS,
    OrganisationForm,
    PartnershipForm,
    PlaceForm,
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
from partnerships.people.models import ContactKind
from partnerships.programmes.models import Programme
from partnerships.records.catalogue import as_open, visibility_of
from partnerships.records.columns import choice, heading, honest, record, records, term, text, words
from partnerships.records.kinds import Column, Dated, Kind, Panel, Related, ToDo, declare
from partnerships.undertakings.models import Standing, Undertaking
from partnerships.values.draw import draw_bool, draw_link, draw_text
from partnerships.values.names import name_of
from partnerships.visits.models import FollowUp, ItineraryItem, Participant, Visit


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
    return [f"{one.get_kind_display()} {one.kind.replace('_', ' ')} {one.target}" for one in rows]


def chain(place: Place | None) -> list[Place]:
    """A place and the places it lies in, the smallest first."""
    return [place, *place.above] if place else []


def told(relations, one) -> list[Relation]:
    """Each relation as said of this record: `words`, and the record `other` at its other end."""
    found = []
    for relation in relations:
        relation.words, relation.other = relation.said_of(one)
        found.append(relation)
    return found


def relations_of(one, look, *ends: str) -> list[Relation]:
    """The relations that start or end at a record, in one query."""
    here = Q()
    for end in ends:
        here |= Q(**{end: one})
    rows = look.seen(Relation.objects.filter(here))
    return told(rows.select_related("organisation", "place", "to_organisation", "to_person", "to_place"), one)


RELATION_COLUMNS = (
    text("words", "Relation", sort=()),
    record("other", "Other side", sort=()),
    honest("since", "Since", may_be_empty=True),
    text("note", "Note", may_be_empty=True),
)

LIES_IN = records("parent", "Lies in", lambda one: one.above, sort=("parent__name",), may_be_empty=True)
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


def area_names(partnership: Partnership) -> list[str]:
    """The areas of cooperation, in the words of the source."""
    return [area.wording for area in partnership.undertakings.all()]


AREAS = words("undertakings", "Areas of cooperation", area_names)


def visits_with(partner: Organisation, look):
    """The visits of a partner, with somebody who came or stood there for it, or on whose itinerary it is."""
    present = look.seen(Participant.objects.filter(organisation=partner)).order_by()
    met = look.seen(ItineraryItem.objects.filter(organisation=partner)).order_by()
    part = Q(partner=partner) | Q(pk__in=present.values("visit")) | Q(pk__in=met.values("visit"))
    return Visit.objects.filter(part).order_by()


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
                    text("language", "Language", may_be_empty=True),
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


def where_it_lies(place: Place, look) -> str:
    """What sort of place it is, and in which others it lies, as far as the reader may see them."""
    above = ", ".join(str(one) for one in place.above if one.visibility <= look.role)
    kind = place.get_kind_display().capitalize()
    return f"{kind} in {above}." if above else f"{kind}."


PLACES = declare(
    Kind(
        model=Place,
        columns=(
            heading("name", "Place"),
            text("native_name", "Native script", may_be_empty=True),
            choice("kind", "Kind", PlaceKind),
            LIES_IN,
            text("notes", "Remarks", sort=(), may_be_empty=True),
        ),
        filters=PlaceFilter,
        form=PlaceForm,
        rows=PLACE_ROWS,
        facts=(
            choice("kind", "Kind", PlaceKind),
            LIES_IN,
        ),
        panels=(
            Panel(
                "Relations",
                lambda one, look: relations_of(one, look, "place", "to_place"),
                RELATION_COLUMNS,
                field="relations",
                empty="No relation to another place or body is recorded.",
            ),
        ),
        related=(
            Related(
                "organisation",
                lambda one: Organisation.objects.inside(one).values("pk"),
                lambda one: f"place={one.pk}",
                "Organisations here",
            ),
            Related(
                "place",
                lambda one: Place.objects.filter(lineage__startswith=one.lineage).exclude(pk=one.pk).values("pk"),
                lambda one: f"parent={one.pk}",
                "Places in it",
            ),
            Related(
                "agreement",
                lambda one: Party.objects.filter(
                    organisation__in=Organisation.objects.inside(one), organisation__is_home=False
                ).values("agreement"),
                lambda one: f"place={one.pk}",
                "Agreements with organisations here",
            ),
            Related(
                "visit",
                lambda one: Visit.objects.filter(
                    Q(place__lineage__startswith=one.lineage) | Q(itinerary__place__lineage__startswith=one.lineage)
                ).values("pk"),
                lambda one: f"place={one.pk}",
                "Visits here",
            ),
        ),
        joins=("parent__parent__parent__parent",),
        sort="name",
        names=lambda one: [one.name, one.native_name],
        second=lambda one: " · ".join(filter(None, [one.get_kind_display(), open_name(one, one.parent, "in {}")])),
        catalogue_joins=("parent",),
        depends={"place": "parent"},
        native=lambda one: one.native_name if one.native_name not in name_of(one) else "",
        lead=lambda one, look: draw_text(where_it_lies(one, look)),
        intro="Campuses, districts, cities, provinces and countries, each in the place it lies in.",
        is_main=False,
    )
)


def both_sides(partnership: Partnership) -> list[str]:
    """The names of both sides, under which a partnership is found."""
    sides = [partnership.home, partnership.partner]
    return [str(partnership), *(name.value for side in sides for name in side.names.all())]


def how_it_stands(partnership: Partnership) -> str:
    """Status and beginning in a line; a beginning of which only words are known stands in quotation marks."""
    since = f"since {partnership.since.words}" if partnership.since.notation else partnership.since.words
    return ", ".join(filter(None, [partnership.get_status_display(), since]))


def in_a_sentence(words: str) -> str:
    """Words with a capital and a full stop; '' for none."""
    return f"{words[0].upper()}{words[1:]}." if words else ""


def to_do(partnership: Partnership, look) -> list[ToDo]:
    """Whether somebody looks after it, and whether it is said how alive it is."""
    edit, found = f"{partnership.get_absolute_url()}edit/", []
    if not partnership.status:
        found.append(ToDo("How alive it is, nobody has said.", "Say it", f"{edit}#id_status"))
    if partnership.looked_after_by_id is None:
        found.append(ToDo("Nobody looks after it.", "Name somebody", f"{edit}#id_looked_after_by"))
    return found


PARTNERSHIPS = declare(
    Kind(
        model=Partnership,
        columns=(
            heading("partner.name", "Partner", second=lambda one: f"with {one.home}"),
            record("home", "Home"),
            choice("status", "Status", PartnershipStatus),
            honest("since", "Since"),
            AREAS,
            choice("presentation", "In the source", Presentation, may_be_empty=True),
            term("looked_after_by", "Looked after by", sort=("looked_after_by__username",)),
        ),
        filters=PartnershipFilter,
        form=PartnershipForm,
        rows=PARTNERSHIP_ROWS,
        facts=(
            record("home", "Home"),
            record("partner", "Partner"),
            choice("status", "Status", PartnershipStatus),
            honest("since", "Since"),
            choice("presentation", "In the source", Presentation),
            term("looked_after_by", "Looked after by"),
            text("description", "What it is", may_be_empty=True),
        ),
        panels=(
            Panel(
                "Areas of cooperation",
                lambda one, look: look.seen(one.undertakings.all()).prefetch_related("activities", "subjects"),
                (
                    heading("wording", "Area", second=lambda line: line.detail),
                    words("activities", "Activities", lambda line: list(line.activities.all()), may_be_empty=True),
                    words("subjects", "Subjects", lambda line: list(line.subjects.all()), may_be_empty=True),
                    choice("standing", "Standing", Standing),
                    text("evidence", "Evidence", may_be_empty=True),
                ),
                field="undertakings",
                empty="None of the partnership itself; those of agreements, visits and projects stand below.",
            ),
        ),
        related=(
            Related(
                "agreement",
                lambda one: one.partner.parties.filter(agreement__parties__organisation=one.home).values("agreement"),
                lambda one: f"home={one.home.handle}&party={one.partner_id}",
                "Agreements between the two",
            ),
            Related(
                "visit",
                lambda one, look: visits_with(one.partner, look).filter(home=one.home_id).values("pk"),
                lambda one: f"home={one.home.handle}&partner={one.partner_id}",
                "Visits between the two",
                by_reader=True,
            ),
            Related(
                "programme",
                lambda one: one.home.programmes_as_home.filter(institutions__organisation=one.partner_id).values("pk"),
                lambda one: f"home={one.home.handle}&institution={one.partner_id}",
                "Programmes of the two",
            ),
            Related(
                "project",
                lambda one: one.partner.project_roles.filter(project__home=one.home_id).values("project"),
                lambda one: f"home={one.home.handle}&partner={one.partner_id}",
                "Projects of the two",
            ),
            Related(
                "funding",
                lambda one: Funding.objects.of([one.home_id]).of([one.partner_id]).values("pk"),
                lambda one: f"organisation={one.partner_id}&also={one.home_id}",
                "Funding of the two",
            ),
            Related(
                "undertaking",
                lambda one: Undertaking.objects.of_homes([one.home_id]).with_partner(one.partner_id).values("pk"),
                lambda one: f"home={one.home.handle}&partner={one.partner_id}",
                "All lines between the two, those of agreements and visits as well",
            ),
            Related("followup", lambda one: one.follow_ups.values("pk"), lambda one: f"partnership={one.pk}"),
        ),
        dated=Dated("link", (("since", "since"),)),
        joins=("home", "partner", "looked_after_by"),
        prefetch=("undertakings",),
        sort="partner_name",
        names=both_sides,
        second=how_it_stands,
        words=lambda one: [one.description, one.notes],
        catalogue_joins=("home", "partner"),
        catalogue_prefetch=("home__names", "partner__names"),
        depends={"organisation": ("home", "partner")},
        lead=lambda one, look: draw_text(in_a_sentence(how_it_stands(one))),
        to_do=to_do,
        intro="One of our institutions and one partner each: how it stands, and what is done together.",
        is_main=False,
    )
)
