"""The rows of a lifelike register: ids are given here, so that every row knows its others."""

import random
from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from partnerships.agreements.models import Agreement, AgreementType, Party
from partnerships.funding.models import Funding, Project
from partnerships.management.bench.words import (
    AGREEMENTS,
    BODIES,
    CITIES,
    FAMILIES,
    GIVEN,
    POSTS,
    REMARKS,
    SIDES,
    TOPICS,
    VISITS,
)
from partnerships.organisations.models import Organisation, OrganisationKind, OrganisationName, Partnership, Place
from partnerships.people.models import Person, Post
from partnerships.programmes.models import Cohort, Programme, ProgrammeInstitution
from partnerships.sources.models import Source, Statement
from partnerships.undertakings.models import Undertaking
from partnerships.values.models import Gap
from partnerships.visits.models import FollowUp, ItineraryItem, Participant, Visit, VisitAgreement, VisitKind

HOMES = ("University of Northmere", "Southgate University")
SEED = 20_260_101


class Generator:
    """Makes the rows: ids are given here, so that every row knows its others; every number follows from the seed."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.any = random.Random(SEED)
        self.bodies = min(max(rows // 20, 60), len(CITIES) * len(BODIES) * len(SIDES))
        self.persons = max(rows // 5, 100)
        self.sources_held = max(rows // 500, 5)
        self.schemes = max(rows // 20, 10)
        self.names_of: dict[int, str] = {}
        self.kinds = self.codes(OrganisationKind)
        self.types = self.codes(AgreementType)
        self.visit_kinds = self.codes(VisitKind)

    def codes(self, model) -> dict[str, int]:
        """The ids of a vocabulary by their codes."""
        return dict(model.objects.values_list("code", "pk"))

    def seen(self) -> int:
        """Who sees a record: one in twelve is kept from some, one in twenty from staff too."""
        return self.any.choices((1, 2, 3), (88, 7, 5))[0]

    def date(self, first: int = 2005, last: int = 2026) -> str | None:
        """A date as documents give them: a day, a month, a year, about a year, a month without its year, or none."""
        year, month, day = self.any.randint(first, last), self.any.randint(1, 12), self.any.randint(1, 28)
        forms = (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}", f"{year}~", f"XXXX-{month:02}", None)
        return self.any.choices(forms, (40, 25, 15, 3, 4, 13))[0]

    def partner(self) -> int:
        """An organisation that is none of ours; few have much, many have little."""
        return len(HOMES) + 1 + int(self.bodies * self.any.random() ** 2)

    def home(self) -> int:
        """One of ours."""
        return self.any.randint(1, len(HOMES))

    def person(self) -> int:
        """Somebody."""
        return self.any.randint(1, self.persons)

    def one(self) -> int:
        """An agreement or a visit."""
        return self.any.randint(1, self.rows)

    def places(self) -> Iterator[Model]:
        """China, its provinces and cities."""
        yield Place(pk=1, handle="china", name="China", native_name="中国", kind="country", lineage="/china/")
        provinces = list(dict.fromkeys(province for *_, province in CITIES))
        for number, name in enumerate(provinces, 2):
            handle = f"province-{number}"
            yield Place(pk=number, handle=handle, name=name, kind="province", parent_id=1, lineage=f"/china/{handle}/")
        for number, (name, native, province) in enumerate(CITIES, 100):
            above = provinces.index(province) + 2
            lineage = f"/china/province-{above}/city-{number}/"
            yield Place(
                pk=number, handle=f"city-{number}", name=name, native_name=native, kind="city", parent_id=above,
                lineage=lineage,
            )  # fmt: skip

    def organisations(self) -> Iterator[Model]:
        """Ours, then partners."""
        for number, name in enumerate(HOMES, 1):
            self.names_of[number] = name
            yield Organisation(pk=number, handle=f"o-{number}", name=name, is_home=True)
        for number in range(len(HOMES) + 1, len(HOMES) + self.bodies + 1):
            side, _, (body, _, kind), city = self.body(number)
            name = self.names_of[number] = f"{side[0]}{CITIES[city][0]} {body}"
            yield Organisation(
                pk=number, handle=f"o-{number}", name=name, kind_id=self.kinds.get(kind), place_id=100 + city,
                founded_on=self.date(1890, 2000), visibility=self.seen(), notes=self.any.choice(REMARKS),
            )  # fmt: skip

    def body(self, number: int):
        """The side, native name, sort and city of a partner."""
        rest, city = divmod(number, len(CITIES))
        side, body = SIDES[rest // len(BODIES) % len(SIDES)], BODIES[rest % len(BODIES)]
        return side, f"{side[1]}{CITIES[city][1]}{body[1]}", body, city

    def names(self) -> Iterator[Model]:
        """The native name and the acronym of every partner."""
        for number in range(len(HOMES) + 1, len(HOMES) + self.bodies + 1):
            native, acronym = self.body(number)[1], "".join(word[0] for word in self.names_of[number].split())
            yield OrganisationName(organisation_id=number, value=native, kind="native", language="zh-Hans")
            yield OrganisationName(organisation_id=number, value=acronym, kind="acronym", order=1)

    def people(self) -> Iterator[Model]:
        """People with their names in both scripts."""
        for number in range(1, self.persons + 1):
            (family, han), first, second = self.any.choice(FAMILIES), self.any.choice(GIVEN), self.any.choice(GIVEN)
            given = f"{first[0]}{second[0].lower()}"
            yield Person(
                pk=number, handle=f"p-{number}", name=f"{given} {family}", family_name=family, given_name=given,
                native_name=f"{han}{first[1]}{second[1]}", title=self.any.choice(("Professor", "Dr", "")),
                visibility=self.seen(),
            )  # fmt: skip

    def posts(self) -> Iterator[Model]:
        """What they are, and where."""
        for number in range(1, self.persons + 1):
            yield Post(person_id=number, role=self.any.choice(POSTS), organisation_id=self.partner(), since=self.date())

    def partnerships(self) -> Iterator[Model]:
        """One with every partner, and a second home's with every third."""
        pairs = [(1 + number % 2, number) for number in range(len(HOMES) + 1, len(HOMES) + self.bodies + 1)]
        pairs += [(2 - number % 2, number) for _, number in pairs[::3]]
        for pk, (home, partner) in enumerate(pairs, 1):
            yield Partnership(
                pk=pk, handle=f"ps-{pk}", home_id=home, partner_id=partner, since=self.date(),
                status=self.any.choice(("prospect", "active", "active", "dormant", "ended", "")),
            )  # fmt: skip

    def sources(self) -> Iterator[Model]:
        """Pages that were read."""
        for pk in range(1, self.sources_held + 1):
            yield Source(
                pk=pk, handle=f"s-{pk}", title=f"News page {pk}", file_name=f"{pk:05}_news.txt", speaks_for_id=1
            )

    def agreements(self) -> Iterator[Model]:
        """What was agreed."""
        weights = [weight for *_, weight in AGREEMENTS]
        self.sides: dict[int, tuple[int, int]] = {}
        for pk in range(1, self.rows + 1):
            words, code, _ = self.any.choices(AGREEMENTS, weights)[0]
            self.sides[pk] = home, partner = self.home(), self.partner()
            start = self.date()
            year = int(start[:4]) if start and not start.startswith("X") else 2015
            yield Agreement(
                pk=pk, handle=f"a-{pk}", title=f"{words} on {self.any.choice(TOPICS)} with {self.names_of[partner]}",
                type_id=self.types.get(code or ""), reference=f"{year}/{pk}", signed_on=self.date(), starts_on=start,
                ends_on=self.date(year + 3, year + 5) if self.any.random() < 0.6 else None,
                ending=self.any.choice(("fixed", "fixed", "renewing", "evergreen", "")),
                step=self.any.choice(("registered", "registered", "legal_review", "")),
                purpose=self.any.choice(("", f"To work together in {self.any.choice(TOPICS)}.")),
                visibility=self.seen(), notes=self.any.choice(REMARKS),
            )  # fmt: skip

    def parties(self) -> Iterator[Model]:
        """Two of each, sometimes three; of half of them somebody is known to have signed."""
        for pk, (home, partner) in self.sides.items():
            third = self.partner()
            sides = (home, partner, third) if third != partner and self.any.random() < 0.1 else (home, partner)
            for order, side in enumerate(sides, 1):
                yield Party(
                    agreement_id=pk, organisation_id=side, order=order,
                    signatory_id=self.person() if self.any.random() < 0.5 else None,
                )  # fmt: skip

    def visits(self) -> Iterator[Model]:
        """Who came and who went."""
        for pk in range(1, self.rows + 1):
            (words, code), partner = self.any.choice(VISITS), self.partner()
            yield Visit(
                pk=pk, handle=f"v-{pk}", title=words.format(self.names_of[partner]), home_id=self.home(),
                direction=self.any.choice(("inbound", "inbound", "outbound", "virtual")), partner_id=partner,
                kind_id=self.visit_kinds.get(code), status=self.any.choice(("planned", "happened", "debriefed")),
                happens_on=self.date(), purpose=f"To talk about {self.any.choice(TOPICS)}.", visibility=self.seen(),
                place_id=100 + self.any.randrange(len(CITIES)), notes=self.any.choice(REMARKS),
            )  # fmt: skip

    def participants(self) -> Iterator[Model]:
        """Of each visit the head of the delegation, and the rest as a group."""
        for pk in range(1, self.rows + 1):
            yield Participant(visit_id=pk, person_id=self.person(), role="head", order=1)
            yield Participant(
                visit_id=pk, group="members of the delegation", group_size=self.any.choice((None, 4, 12)), order=2
            )

    def items(self) -> Iterator[Model]:
        """A meeting at every second visit."""
        for pk in range(1, self.rows + 1, 2):
            yield ItineraryItem(
                visit_id=pk, kind="meeting", title=f"Meeting on {self.any.choice(TOPICS)}", led_by_id=self.person()
            )

    def visit_agreements(self) -> Iterator[Model]:
        """Every fifth visit has to do with an agreement."""
        for pk in range(1, self.rows + 1, 5):
            yield VisitAgreement(visit_id=pk, kind="discussed", agreement_id=self.one())

    def follow_ups(self) -> Iterator[Model]:
        """What is to be done after every third visit."""
        for pk, visit in enumerate(range(1, self.rows + 1, 3), 1):
            due = date(self.any.randint(2020, 2027), self.any.randint(1, 12), 15)
            yield FollowUp(
                pk=pk, handle=f"f-{pk}", what=f"Send the notes on {self.any.choice(TOPICS)}", visit_id=visit,
                due_on=due, done_on=due if self.any.random() < 0.6 else None,
            )  # fmt: skip

    def undertakings(self) -> Iterator[Model]:
        """An area of every second agreement."""
        for pk, agreement in enumerate(range(1, self.rows + 1, 2), 1):
            yield Undertaking(
                pk=pk, handle=f"u-{pk}", agreement_id=agreement, wording=f"Joint work in {self.any.choice(TOPICS)}",
                standing=self.any.choice(("agreed", "planned", "explored")),
            )  # fmt: skip

    def programmes(self) -> Iterator[Model]:
        """Doctoral programmes, each under an agreement."""
        for pk in range(1, self.schemes + 1):
            yield Programme(
                pk=pk, handle=f"pr-{pk}", title=f"PhD programme in {self.any.choice(TOPICS)} {pk}",
                home_id=self.home(), agreement_id=self.one(), starts_on=self.date(),
            )  # fmt: skip

    def institutions(self) -> Iterator[Model]:
        """The partner of each programme."""
        for pk in range(1, self.schemes + 1):
            yield ProgrammeInstitution(programme_id=pk, organisation_id=self.partner())

    def cohorts(self) -> Iterator[Model]:
        """Two entries of each programme."""
        for pk in range(1, 2 * self.schemes + 1):
            yield Cohort(
                pk=pk, handle=f"c-{pk}", programme_id=(pk + 1) // 2, name=f"Entry {2020 + pk % 2}",
                started=self.any.choice((None, 6, 10)), enters_on=f"{2020 + pk % 2}-09",
            )  # fmt: skip

    def projects(self) -> Iterator[Model]:
        """As many projects as programmes."""
        for pk in range(1, self.schemes + 1):
            yield Project(
                pk=pk, handle=f"pj-{pk}", title=f"Project on {self.any.choice(TOPICS)} {pk}", home_id=self.home(),
                agreement_id=self.one(),
            )  # fmt: skip

    def funding(self) -> Iterator[Model]:
        """Money for every tenth agreement; of some the sum is not known."""
        for pk, agreement in enumerate(range(1, self.rows + 1, 10), 1):
            amount = self.any.choice((None, self.any.randint(5, 900) * 1000))
            yield Funding(
                pk=pk, handle=f"fu-{pk}", title=f"Grant for {self.any.choice(TOPICS)}", agreement_id=agreement,
                funder_id=self.partner(), amount=amount, currency="CNY" if amount else "", given_on=self.date(),
            )  # fmt: skip

    def statements(self) -> Iterator[Model]:
        """What a page says of every second agreement."""
        for pk, agreement in enumerate(range(1, self.rows + 1, 2), 1):
            yield Statement(
                pk=pk, handle=f"st-{pk}", record_kind="agreement", record_id=agreement, field="signed_on",
                source_id=self.any.randint(1, self.sources_held), paragraph=self.any.randint(1, 40),
                quotation=f"signed an agreement on {self.any.choice(TOPICS)}",
            )  # fmt: skip

    def gaps(self) -> Iterator[Model]:
        """Of every second agreement it is known that nobody stated its end, of every third visit its purpose."""
        for kind, field, step in (("agreement", "ends_on", 2), ("visit", "happens_on", 3)):
            for record_id in range(1, self.rows + 1, step):
                yield Gap(record_kind=kind, record_id=record_id, field=field, state="not_stated")
