"""Funding: who opens the list, to see which money followed and what it adds up to; projects, to see what it paid.

On the page of an agreement, a programme or an organisation its money is a part of its own: who gives it, for what, how
far it has come, and sums that say what they leave out.
"""

from django import forms
from django.http import QueryDict
from django.urls import URLPattern

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.funding.filters import FundingFilter, ProjectFilter
from partnerships.funding.forms import PROJECT_ROWS, FundingForm, ProjectForm
from partnerships.funding.models import Funding, Project, ProjectStatus, Stage
from partnerships.funding.totals import currencies_known, overspent, totals
from partnerships.records.catalogue import as_open
from partnerships.records.columns import choice, heading, honest, money, record, records, term, text, words
from partnerships.records.kinds import Column, Dated, Kind, Panel, Related, declare, kind_of
from partnerships.records.pages import Look, table
from partnerships.records.parts import Asked, PartPage
from partnerships.undertakings.models import Standing
from partnerships.undertakings.showing import SHOWS
from partnerships.values.counts import StandsFor
from partnerships.values.draw import draw_text
from partnerships.values.gaps import gaps_of


def sides(funding: Funding) -> str:
    """From whom to whom, as far as known."""
    parts = [f"from {funding.funder}" if funding.funder else "", f"to {funding.recipient}" if funding.recipient else ""]
    return " ".join(filter(None, parts))


def belongs_to(funding: Funding) -> list:
    """What the money belongs to."""
    return list(filter(None, [funding.agreement, funding.programme, funding.project, funding.visit]))


AMOUNT = money("money", "Amount")


def stands_for(project: Project) -> str:
    """How many projects the record stands for, '' where it is one."""
    if project.stands_for == StandsFor.NUMBER:
        number = "1 project, title" if project.how_many == 1 else f"{project.how_many} projects, titles"
        return f"{number} not stated"
    return "several projects, number not stated" if project.stands_for == StandsFor.UNKNOWN else ""


def project_partners(project: Project) -> list:
    """The organisations that take part, without our own."""
    return [one.organisation for one in project.partners.all() if one.organisation_id != project.home_id]


def open_sides(project: Project) -> list[str]:
    """Our own institution and the partners, as far as everybody who sees the project may read their names."""
    partners = (str(one.organisation) for one in as_open(project, project.partners.all(), "organisation"))
    return list(dict.fromkeys([*([str(project.home)] if project.home else []), *partners]))


SUBJECTS = words("subjects", "Subjects", lambda one: list(one.subjects.all()))


FUNDING = declare(
    Kind(
        model=Funding,
        columns=(
            heading("title", "Funding", second=lambda one: one.purpose),
            AMOUNT,
            record("funder", "Funder"),
            record("recipient", "Recipient"),
            term("kind", "Kind"),
            honest("given_on", "Date"),
            records("belongs_to", "Belongs to", belongs_to, may_be_empty=True),
        ),
        filters=FundingFilter,
        form=FundingForm,
        facts=(
            AMOUNT,
            record("funder", "Funder"),
            record("recipient", "Recipient"),
            term("kind", "Kind"),
            choice("stage", "Stage", Stage, may_be_empty=True),
            text("purpose", "Purpose"),
            honest("given_on", "Date"),
            record("agreement", "Agreement", may_be_empty=True),
            record("programme", "Programme", may_be_empty=True),
            record("project", "Project", may_be_empty=True),
            record("visit", "Visit", may_be_empty=True),
        ),
        panels=(SHOWS,),
        dated=Dated("coin", (("given_on", ""),)),
        on_timeline={
            "agreement": lambda one, look: Funding.objects.filter(pk=one.pk).values("agreement"),
            "visit": lambda one, look: Funding.objects.filter(pk=one.pk).values("visit"),
        },
        joins=("kind", "funder", "recipient", "agreement", "programme", "project", "visit"),
        sort="title",
        names=lambda one: [one.title],
        second=lambda one: " · ".join(filter(None, [sides(one), str(one.money)])),
        words=lambda one: [
            one.purpose,
            one.amount_stated,
            one.money,
            one.funder,
            one.recipient,
            *belongs_to(one),
            one.notes,
        ],
        catalogue_joins=("funder", "recipient", "agreement", "programme", "project", "visit"),
        depends={
            "organisation": ("funder", "recipient"),
            "agreement": "agreement",
            "programme": "programme",
            "project": "project",
            "visit": "visit",
        },
        lead=lambda one, look: draw_text(f"Money {sides(one)}." if sides(one) else ""),
        countable=("record of funding", "records of funding"),
        intro="Money to or for the bodies and programmes of the register; an amount that nobody stated is not zero.",
        summary=totals,
        warnings=overspent,
    )
)


PROJECTS = declare(
    Kind(
        model=Project,
        columns=(
            heading("title", "Project", second=stands_for),
            record("home", "Home"),
            records("partners", "Partners", project_partners),
            choice("status", "Status", ProjectStatus),
            SUBJECTS,
            record("agreement", "Established by", sort_by="title", may_be_empty=True),
            honest("starts_on", "Starts"),
        ),
        filters=ProjectFilter,
        form=ProjectForm,
        rows=PROJECT_ROWS,
        facts=(
            Column("stands_for", "Stands for", stands_for, field="stands_for", may_be_empty=True),
            text("kind", "Kind", may_be_empty=True),
            choice("status", "Status", ProjectStatus),
            record("home", "Home"),
            record("agreement", "Established by", sort_by="title", may_be_empty=True),
            text("aims", "Aims"),
            SUBJECTS,
            records("places", "Places", lambda one: list(one.places.all())),
            honest("starts_on", "Starts"),
            honest("ends_on", "Ends", may_be_empty=True),
        ),
        panels=(
            Panel(
                "Partners",
                lambda one, look: one.partners.all(),
                (record("organisation", "Partner"), text("role", "Part", may_be_empty=True)),
                field="partners",
                empty="No partner is recorded.",
            ),
            Panel(
                "Lines of work",
                lambda one, look: look.seen(one.undertakings.all()),
                (
                    heading("wording", "What", second=lambda line: line.detail),
                    choice("standing", "Standing", Standing),
                    text("evidence", "Evidence that it happened"),
                ),
                field="undertakings",
            ),
            SHOWS,
        ),
        related=(Related("funding", lambda one: one.funding.values("pk"), lambda one: f"project={one.pk}"),),
        joins=("home", "agreement"),
        prefetch=("partners>organisation", "subjects"),
        sort="title",
        names=lambda one: [one.title],
        second=lambda one: " · ".join(filter(None, [stands_for(one), " and ".join(open_sides(one))])),
        words=lambda one: [one.aims, one.kind, *one.subjects.all(), *open_sides(one), one.notes],
        catalogue_joins=("home",),
        catalogue_prefetch=("subjects", "partners__organisation"),
        depends={"organisation": ("home", "partners__organisation"), "subject": "subjects"},
        lead=lambda one, look: draw_text(f"{stands_for(one).capitalize()}." if stands_for(one) else ""),
        intro="What partners work on together, one project or a number of them at a time.",
        is_main=False,
    )
)


MONEY = Panel(
    "Funder, kind and stage",
    lambda one, look: (),
    (
        heading("title", "Funding", second=lambda one: one.purpose),
        record("funder", "Funder"),
        term("kind", "Kind"),
        choice("stage", "Stage", Stage),
        AMOUNT,
    ),
)


class AskedOfMoney(Asked):
    """In which currency the sums are told as well."""

    converted_to = forms.ChoiceField(required=False)

    def __init__(self, params: QueryDict):
        super().__init__(params)
        self.fields["converted_to"].choices = currencies_known()


class MoneyPage(PartPage):
    """`/<path>/<id>/money/`: the money that belongs to a record, and what it adds up to."""

    template = "funding/money.html"
    per_page = 50

    def asked(self, params: QueryDict) -> AskedOfMoney:
        """A currency, and a page."""
        return AskedOfMoney(params)

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """The records that the page lists as its funding, as far as the reader may see them; six queries."""
        related = next(one for one in self.kind.related if one.kind == "funding")
        rows = look.seen(Funding.objects.filter(pk__in=related.found(record, look)))
        shown, more = self.of_page(rows.select_related("funder", "kind"), page)
        return {
            "table": table(MONEY, shown, {}, gaps_of(shown), look) if shown else None,
            "totals": totals(rows, asked),
            "currencies": currencies_known(),
            "converted_to": asked["converted_to"],
            "list": f"/funding/?{related.query(record)}",
            "more": more,
        }


def money_routes() -> list[URLPattern]:
    """The addresses of the part."""
    kinds = [kind_of(name) for name in ("agreement", "programme", "organisation")]
    return [
        route(f"{kind.path}/<bigid:pk>/money/", MoneyPage.as_view(kind=kind), Role.VIEWER, f"{kind.name}-money")
        for kind in kinds
    ]
