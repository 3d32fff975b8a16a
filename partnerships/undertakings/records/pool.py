"""The records among which candidates are looked for: what has to do with the partners, their city, or the documents.

Each is read into one narrow shape, whatever its kind; at most `MOST` of a kind, the newest first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from partnerships.agreements.models import Agreement
from partnerships.funding.models import Funding, Project
from partnerships.notes.models import Note
from partnerships.programmes.models import Cohort, CohortStatus, Programme
from partnerships.records.kinds import kind_of
from partnerships.sources.models import Statement
from partnerships.undertakings.models import DATE_OF, Standing, Undertaking, kind_behind
from partnerships.undertakings.records.setting import Setting
from partnerships.undertakings.records.signs import date_of
from partnerships.values.dates import HonestDate
from partnerships.visits.models import Visit, VisitAgreementKind, VisitStatus

MOST = 150
OVER = [VisitStatus.HAPPENED.value, VisitStatus.DEBRIEFED.value, VisitStatus.CLOSED.value]
NOT_YET = [CohortStatus.EXPECTED.value, CohortStatus.CANCELLED.value]
Key = tuple[str, int]


@dataclass
class Found:
    """A record that may be evidence, and what it has to do with: the ids of organisations, records, areas, sources."""

    of: str
    pk: int
    title: str
    address: str
    when: HonestDate
    homes: set[int]
    partners: set[int]
    under: set[Key] = field(default_factory=set)
    areas: set[Key] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Asked:
    """What the pool is drawn from."""

    around: list[int]  # the partners and their neighbours
    owners: dict[str, list[int]]  # what the lines belong to, by kind
    told: dict[str, dict[int, set[int]]]  # the sources that tell of a record, by its kind and id
    look: object

    def either(self, *partners: str, name: str, **under: str) -> Q:
        """With one of the partners along one of these paths, told of by a document, or recorded under an owner."""
        wanted = Q(pk__in=[*self.told[name]])
        for path in partners:
            wanted |= Q(**{f"{path}__in": self.around})
        for path, owner in under.items():
            wanted |= Q(**{f"{path}__in": self.owners[owner]})
        return wanted


def pool_of(settings: Iterable[Setting], look) -> list[Found]:
    """All that may be suggested to one of these settings, and that the reader may see."""
    settings = list(settings)
    owners = defaultdict(list)
    for setting in settings:
        owners[setting.owner[0]].append(setting.owner[1])
    around = {pk for one in settings for pk in (*one.partners, *one.neighbours)}
    asked = Asked(sorted(around), owners, told_by({pk for one in settings for pk in one.sources}, look), look)
    found = [one for read in READERS for one in read(asked)]
    for one in found:
        one.sources |= asked.told[kind_behind(one.of)].get(one.pk, set())
    return found


def told_by(sources: set[int], look) -> dict[str, dict[int, set[int]]]:
    """Of which records these sources tell; one query."""
    told: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    kinds = [kind_behind(of) for of in DATE_OF]
    rows = look.seen(Statement.objects.filter(source__in=sources, record_kind__in=kinds)).order_by()
    for kind, pk, source in rows.values_list("record_kind", "record_id", "source").distinct():
        told[kind][pk].add(source)
    return told


def newest(rows: QuerySet, wanted: Q, date: str, look) -> list:
    """The newest of the rows that are wanted, each once; those without a year come last."""
    once = rows.model._default_manager.filter(wanted).order_by().values("pk")
    seen = look.seen(rows.filter(pk__in=once))
    return list(seen.order_by(F(f"{date}_earliest").desc(nulls_last=True), "pk")[:MOST])


def areas_in(lines: Iterable[Undertaking]) -> set[Key]:
    """The activities and subjects of some lines."""
    lines = list(lines)
    areas = {("activity", term.pk) for line in lines for term in line.activities.all()}
    return areas | {("subject", term.pk) for line in lines for term in line.subjects.all()}


def lines_of(name: str, ids: list[int], look) -> dict[int, list[Undertaking]]:
    """The lines of records of one kind, by their ids; three queries."""
    found = defaultdict(list)
    rows = Undertaking.objects.filter(**{f"{name}__in": ids}).prefetch_related("activities", "subjects")
    for line in look.seen(rows):
        found[getattr(line, f"{name}_id")].append(line)
    return found


def subjects_of(record) -> set[Key]:
    """The subjects of a programme or a project."""
    return {("subject", one.pk) for one in record.subjects.all()}


def visits(asked: Asked) -> list[Found]:
    """Visits that took place, but for the one at which it was signed."""
    rows = Visit.objects.filter(status__in=OVER).prefetch_related("agreements")
    found = newest(
        rows, asked.either("partner", name="visit", agreements__agreement="agreement"), "happens_on", asked.look
    )
    lines = lines_of("visit", [one.pk for one in found], asked.look)
    made = []
    for one in found:
        links = {link.agreement_id: link.kind for link in one.agreements.all()}
        if {pk for pk, kind in links.items() if kind == VisitAgreementKind.SIGNED} & {*asked.owners["agreement"]}:
            continue
        under = {("agreement", pk) for pk in links}
        made.append(shaped("visit", one, {one.home_id}, {one.partner_id}, under, areas_in(lines[one.pk])))
    return made


def programmes(asked: Asked) -> list[Found]:
    """Programmes, and their cohorts but for those that are only expected."""
    rows = Programme.objects.prefetch_related("institutions", "subjects")
    wanted = asked.either("institutions__organisation", name="programme", agreement="agreement")
    wanted |= Q(cohorts__in=[*asked.told["cohort"]])
    made = []
    for one in newest(rows, wanted, "starts_on", asked.look):
        partners = {row.organisation_id for row in one.institutions.all()}
        under = {("agreement", one.agreement_id)} if one.agreement_id else set()
        made.append(shaped("programme", one, {one.home_id}, partners, under, subjects_of(one)))
    by_id = {one.pk: one for one in made}
    of_these = Cohort.objects.exclude(status__in=NOT_YET).select_related("programme")
    for cohort in newest(of_these, Q(programme__in=[*by_id]), "enters_on", asked.look):
        of = by_id[cohort.programme_id]
        made.append(shaped("cohort", cohort, of.homes, of.partners, of.under, of.areas))
    return made


def projects(asked: Asked) -> list[Found]:
    """Projects, with the areas of the agreement that established each; and the funding of all."""
    rows = Project.objects.prefetch_related("partners", "subjects")
    wanted = asked.either("partners__organisation", name="project", agreement="agreement")
    found = newest(rows, wanted, "starts_on", asked.look)
    own = lines_of("project", [one.pk for one in found], asked.look)
    of_agreements = lines_of("agreement", [one.agreement_id for one in found if one.agreement_id], asked.look)
    made = []
    for one in found:
        areas = subjects_of(one) | areas_in(own[one.pk]) | areas_in(of_agreements.get(one.agreement_id, ()))
        under = {("agreement", one.agreement_id)} if one.agreement_id else set()
        partners = {row.organisation_id for row in one.partners.all()}
        made.append(shaped("project", one, {one.home_id}, partners, under, areas))
    return [*made, *funding(asked, {one.pk: one for one in made})]


def funding(asked: Asked, projects: dict[int, Found]) -> list[Found]:
    """Money, in the areas of the project or the programme that it goes to."""
    rows = Funding.objects.select_related("programme").prefetch_related("programme__subjects")
    wanted = asked.either(
        "funder", "recipient", name="funding", agreement="agreement", visit="visit", project="project"
    )
    made = []
    for one in newest(rows, wanted | Q(project__in=[*projects]), "given_on", asked.look):
        of = projects.get(one.project_id)
        areas = (of.areas if of else set()) | (subjects_of(one.programme) if one.programme else set())
        partners = {one.funder_id, one.recipient_id} | (of.partners if of else set())
        under = {(name, getattr(one, f"{name}_id")) for name in ("agreement", "visit", "project")}
        made.append(shaped("funding", one, set(), partners, under | (of.under if of else set()), areas))
    return made


def agreements(asked: Asked) -> list[Found]:
    """Other agreements."""
    rows = Agreement.objects.prefetch_related("parties__organisation")
    found = newest(rows, asked.either("parties__organisation", name="agreement"), "signed_on", asked.look)
    lines = lines_of("agreement", [one.pk for one in found], asked.look)
    made = []
    for one in found:
        sides = [party.organisation for party in one.parties.all()]
        homes, others = ({side.pk for side in sides if side.is_home is ours} for ours in (True, False))
        made.append(shaped("agreement", one, homes, others, set(), areas_in(lines[one.pk])))
    return made


def lines(asked: Asked) -> list[Found]:
    """What is established of a partnership, in a line of its own."""
    rows = Undertaking.objects.filter(standing=Standing.ESTABLISHED, partnership__isnull=False)
    rows = rows.select_related("partnership__partner").prefetch_related("activities", "subjects")
    wanted = Q(partnership__partner__in=asked.around) | Q(pk__in=[*asked.told["undertaking"]])
    made = []
    for one in asked.look.seen(rows.filter(wanted)).order_by("pk")[:MOST]:
        beside = one.partnership
        title = f"{one.wording}, with {beside.partner}"
        made.append(shaped("line", one, {beside.home_id}, {beside.partner_id}, set(), areas_in([one]), title))
    return made


def notes(asked: Asked) -> list[Found]:
    """What the office wrote down beside what the lines belong to."""
    wanted = Q(pk__in=[])
    for name, ids in asked.owners.items():
        wanted |= Q(record_kind=name, record_id__in=ids)
    rows = newest(Note.objects.all(), wanted, "happened_on", asked.look)
    return [shaped("note", one, set(), set(), {(one.record_kind, one.record_id)}, set()) for one in rows]


def shaped(of: str, one, homes: set, partners: set, under: set, areas: set, title: str = "") -> Found:
    """A record in its narrow shape."""
    sides = homes - {None}, partners - {None}
    return Found(of, one.pk, title or str(one), address_of(one), date_of(of, one), *sides, under, areas)


def address_of(one) -> str:
    """The address of a record's page; of a note, of the notes of its record."""
    if isinstance(one, Note):
        return f"/{kind_of(one.record_kind).path}/{one.record_id}/#notes"
    return one.get_absolute_url()


READERS: tuple[Callable[[Asked], list[Found]], ...] = (visits, programmes, projects, agreements, lines, notes)
