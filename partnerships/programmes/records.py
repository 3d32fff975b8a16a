"""Programmes: who opens the list, to see with whom doctorates are shared; the page, to follow its cohorts."""

from django.utils.html import format_html

from partnerships.programmes.counting import look_again, to_look_at
from partnerships.programmes.filters import CohortFilter, ProgrammeFilter
from partnerships.programmes.forms import PROGRAMME_ROWS, CohortForm, ProgrammeForm
from partnerships.programmes.models import NUMBERS, AwardForm, Cohort, CohortStatus, InstitutionRole, Programme
from partnerships.programmes.pictures import by_cohort, by_stage
from partnerships.records.catalogue import as_open
from partnerships.records.columns import (
    choice,
    draw_record,
    heading,
    honest,
    number,
    record,
    records,
    term,
    text,
    words,
)
from partnerships.records.kinds import Column, Kind, Panel, Related, declare
from partnerships.undertakings.showing import SHOWS
from partnerships.values.counts import StandsFor
from partnerships.values.draw import draw_gap, draw_number, draw_text
from partnerships.values.gaps import gaps_for

IN_LISTS = ("places_agreed", "started", "awarded")
ON_PROGRAMME = ("places_agreed", "nominated", "admitted", "started", "awarded", "withdrawn")


def stands_for(programme: Programme) -> str:
    """How many programmes the record stands for, '' where it is one."""
    if programme.stands_for == StandsFor.NUMBER:
        return f"{programme.how_many} programmes"
    return "several programmes, number not stated" if programme.stands_for == StandsFor.UNKNOWN else ""


def partners(programme: Programme) -> list:
    """The institutions that take part, without our own and without those that only pay."""
    rows = [one for one in programme.institutions.all() if one.role != InstitutionRole.SPONSOR]
    return list(dict.fromkeys(one.organisation for one in rows if one.organisation_id != programme.home_id))


def sponsors(programme: Programme) -> list:
    """The institutions that pay."""
    return [one.organisation for one in programme.institutions.all() if one.role == InstitutionRole.SPONSOR]


def second(programme: Programme) -> str:
    """What tells it apart from near twins: type, home and partners, as far as everybody may see them."""
    rows = as_open(programme, programme.institutions.all(), "organisation")
    others = [one.organisation for one in rows if one.organisation_id != programme.home_id]
    sides = " and ".join([str(programme.home), *dict.fromkeys(str(one) for one in others)])
    return f"{programme.type or 'type not stated'} · {sides}"


def draw_type(programme: Programme, role):
    """The type with its definition, since the words are used loosely."""
    return format_html(
        '{}<span class="l2">{}</span>', draw_text(programme.type.label), draw_text(programme.type.definition)
    )


def lead(programme: Programme, look):
    """Our own institution, and with whom."""
    others = partners(programme)
    with_whom = f" with {', '.join(str(one) for one in others)}" if others else ""
    return draw_text(f"{programme.home}{with_whom}.")


def cohorts(programme: Programme, look) -> list[Cohort]:
    """The cohorts that the reader may see, each with what is known of its empty fields; asked once for a page."""
    if hasattr(programme, "cohorts_seen"):
        return programme.cohorts_seen
    rows = list(look.seen(programme.cohorts.all()).order_by("enters_on_earliest", "name", "pk"))
    gaps = gaps_for("cohort", [row.pk for row in rows])
    for row in rows:
        row.programme = programme
        row.gaps = {field: state for (pk, field), state in gaps.items() if pk == row.pk}
    programme.cohorts_seen = rows
    return rows


def picture(programme: Programme, look) -> dict:
    """The cohorts as a picture, where there are any."""
    rows = cohorts(programme, look)
    return {"figure": by_cohort(rows, with_programme=False) if rows else None}


def stages(cohort: Cohort, look) -> dict:
    """The cohort's own numbers as a picture, where any is known."""
    return {"figure": by_stage(cohort) if any(getattr(cohort, name) is not None for name, _ in NUMBERS) else None}


def number_told(name: str, head: str) -> Column:
    """A number of a cohort in its programme's table, or what is known of its absence."""

    def draw(cohort: Cohort, role):
        return draw_number(getattr(cohort, name)) or draw_gap(cohort.gaps.get(name))

    return Column(name, head, lambda cohort: cohort, draw=draw, css="num")


TYPE = Column(
    "type", "Type", lambda one: one.type and one, draw=draw_type, export=lambda one, role: str(one.type), field="type"
)
PLACES = records("places", "Places", lambda one: list(one.places.all()))
ENTRY = Column(
    "enters_on",
    "Entry",
    lambda one: one,
    draw=lambda one, role: honest("enters_on", "").draw(one.enters_on, role) or draw_gap(one.gaps.get("enters_on")),
)


PROGRAMMES = declare(
    Kind(
        model=Programme,
        columns=(
            heading("title", "Programme", second=stands_for),
            term("type", "Type"),
            record("home", "Home"),
            records("partners", "Partners", partners, field="institutions"),
            records("sponsors", "Sponsor", sponsors, may_be_empty=True),
            PLACES,
            record("agreement", "Agreement", sort_by="title"),
            honest("starts_on", "Starts"),
        ),
        filters=ProgrammeFilter,
        form=ProgrammeForm,
        rows=PROGRAMME_ROWS,
        facts=(
            TYPE,
            Column("stands_for", "Stands for", stands_for, field="stands_for", may_be_empty=True),
            record("home", "Home"),
            record("agreement", "Agreement", sort_by="title"),
            choice("award_form", "Form of the award", AwardForm),
            record("diploma_by", "Prints the diploma", may_be_empty=True),
            PLACES,
            text("audience", "For whom"),
            text("aims", "Aims"),
            words("subjects", "Subjects", lambda one: list(one.subjects.all())),
            honest("starts_on", "Starts"),
            honest("ends_on", "Ends", may_be_empty=True),
        ),
        panels=(
            Panel(
                "Institutions",
                lambda one, look: one.institutions.all(),
                (
                    record("organisation", "Institution"),
                    choice("role", "Role", InstitutionRole),
                    text("awards", "Awards", may_be_empty=True),
                ),
                field="institutions",
                empty="No institution but our own is recorded.",
            ),
            Panel(
                "Cohorts",
                cohorts,
                (
                    heading("name", "Cohort"),
                    ENTRY,
                    choice("status", "Status", CohortStatus),
                    *(number_told(name, label.capitalize()) for name, label in NUMBERS if name in ON_PROGRAMME),
                ),
                empty="No cohort is recorded.",
            ),
            SHOWS,
        ),
        related=(Related("funding", lambda one: one.funding.values("pk"), lambda one: f"programme={one.pk}"),),
        joins=("type", "home", "agreement", "diploma_by"),
        list_joins=("type", "home", "agreement"),
        prefetch=("institutions>organisation", "places"),
        sort="title",
        names=lambda one: [one.title],
        second=second,
        words=lambda one: [
            one.aims,
            one.audience,
            *one.subjects.all(),
            *(row.organisation for row in as_open(one, one.institutions.all(), "organisation")),
            one.notes,
        ],
        catalogue_joins=("type", "home"),
        catalogue_prefetch=("institutions__organisation", "subjects"),
        depends={
            "organisation": ("home", "institutions__organisation"),
            "programmetype": "type",
            "subject": "subjects",
        },
        lead=lead,
        besides=picture,
        intro="Doctoral programmes and arrangements: with whom, where, for whom, and who pays.",
    )
)


COHORTS = declare(
    Kind(
        model=Cohort,
        columns=(
            heading("name", "Cohort"),
            record("programme", "Programme", sort_by="title"),
            honest("enters_on", "Entry"),
            choice("status", "Status", CohortStatus),
            *(number(name, label.capitalize()) for name, label in NUMBERS if name in IN_LISTS),
        ),
        filters=CohortFilter,
        form=CohortForm,
        facts=(
            record("programme", "Programme", sort_by="title"),
            record("programme.home", "Home"),
            honest("enters_on", "Entry"),
            choice("status", "Status", CohortStatus),
            *(number(name, label.capitalize()) for name, label in NUMBERS),
        ),
        panels=(SHOWS,),
        joins=("programme__home",),
        sort="programme",
        names=lambda one: [one.name],
        second=lambda one: " · ".join(filter(None, [one.programme.title, one.enters_on.words])),
        words=lambda one: [one.programme.title, one.notes],
        catalogue_joins=("programme",),
        depends={"programme": "programme"},
        heading=lambda one: one.name,
        besides=stages,
        to_do=to_look_at,
        warnings=look_again,
        lead=lambda one, look: format_html("{} {}", "A cohort of", draw_record(one.programme, look.role)),
        intro="One line for each entry of a programme; a number that nobody stated is not zero.",
        is_main=False,
    )
)
