"""What the register declares of places."""

from django.db.models import Q

from partnerships.agreements.models import Party
from partnerships.organisations.filters import PlaceFilter
from partnerships.organisations.forms import (
    PLACE_ROWS,
    PlaceForm,
)
from partnerships.organisations.models import (
    Organisation,
    Place,
    PlaceKind,
)
from partnerships.organisations.records.organisations import open_name
from partnerships.organisations.records.relations import RELATION_COLUMNS, relations_of
from partnerships.records.columns import choice, heading, records, text
from partnerships.records.kinds import Kind, Panel, Related, declare
from partnerships.values.draw import draw_text
from partnerships.values.names import name_of
from partnerships.visits.models import Visit

LIES_IN = records("parent", "Lies in", lambda one: one.above, sort=("parent__name",), may_be_empty=True)


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
