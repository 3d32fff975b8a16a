"""What the register declares of partnerships."""

from django.conf import settings
from django.db.models import Q

from partnerships.funding.models import Funding
from partnerships.organisations.filters import PartnershipFilter, life
from partnerships.organisations.forms import (
    PARTNERSHIP_ROWS,
    PartnershipForm,
)
from partnerships.organisations.models import (
    Organisation,
    Partnership,
    PartnershipStatus,
    Presentation,
)
from partnerships.records.columns import choice, heading, honest, record, term, text, words
from partnerships.records.kinds import Dated, Kind, Panel, Related, ToDo, declare
from partnerships.records.life import SIGNS, Life, nothing_for
from partnerships.undertakings.models import Standing, Undertaking
from partnerships.values.draw import draw_text
from partnerships.visits.models import ItineraryItem, Participant, Visit


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


def told_life(partnership: Partnership, look) -> str:
    """Whether something happened of late, as far as the reader may see it; one query."""
    found = life(look.role, look.today, settings.QUIET_AFTER_MONTHS)
    return Partnership.objects.filter(pk=partnership.pk).annotate(life=found).values_list("life", flat=True)[0]


def to_do(partnership: Partnership, look) -> list[ToDo]:
    """Whether somebody looks after it, whether it is said how alive it is, and whether anything shows it."""
    edit, found = f"{partnership.get_absolute_url()}edit/", []
    if partnership.status != PartnershipStatus.ENDED and told_life(partnership, look) == Life.NONE:
        found.append(ToDo(nothing_for(settings.QUIET_AFTER_MONTHS), "See what may show more", SIGNS))
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
