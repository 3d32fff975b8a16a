"""What the pages of money and projects say, how both are entered, and by which words they are found."""

from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, transaction

from partnerships.access.models import Entry, Visibility
from partnerships.funding.totals import totals
from partnerships.memory import remembered
from partnerships.models import Funding, Organisation, Project, ProjectPartner, Subject
from tests.asking import errors_of, page_of, related, signed_in, submitted
from tests.samples import agreement, funding, home, organisation, place, project, undertaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def scholars(db) -> Project:
    """The projects of document 004: several, sponsored by the United Nations, in three fields."""
    with remembered():
        one = project(
            "United Nations-sponsored research projects",
            stands_for="unknown",
            home=home("Liverpool"),
            agreement=agreement("Founding"),
        )
        one.subjects.add(Subject.objects.create(code="covid-x", label="COVID-19"))
        one.places.add(place("Suzhou"))
        ProjectPartner.objects.create(project=one, organisation=organisation("XJTLU"), role="its scholars take part")
        undertaking("Pandemic research", project=one, standing="established")
        funding("Sponsorship", project=one, funder=organisation("United Nations"))
    return one


def test_a_project_shows_partners_lines_of_work_and_its_money(scholars):
    page, queries = page_of(scholars)
    assert queries == 11
    assert page.split("Facts ", 1)[1].split(" Notes All notes")[0] == (
        "Stands for several projects, number not stated Status not yet asked Home Liverpool Established by Founding "
        "Aims not yet asked Subjects COVID-19 Places Suzhou Starts not yet asked "
        "Partners 1 Partners Partner Part XJTLU its scholars take part "
        "Lines of work 1 Lines of work What Standing Evidence that it happened "
        "Pandemic research established not yet asked "
        "Funding 1 Show it in the list Sponsorship from United Nations"
    )
    assert related(scholars) == {"funding": (1, 1)}


def test_a_number_of_unnamed_projects_says_that_their_titles_are_not_stated():
    page, _ = page_of(project("Six research projects", stands_for="number", how_many=6))
    assert "6 projects, titles not stated." in page
    page, _ = page_of(project("A project", stands_for="number", how_many=1))
    assert "1 project, title not stated." in page


def test_a_project_is_found_by_the_words_of_its_subjects(scholars):
    line = Entry.objects.get(kind="project", record_id=scholars.pk)
    assert (line.words, "covid 19" in line.words_key) == ("COVID-19 ¦ Liverpool ¦ XJTLU", True)
    assert line.second == "several projects, number not stated · Liverpool and XJTLU"
    found = signed_in().get("/search/", {"q": "COVID-19"}, headers={"accept": "application/json"}).json()
    assert scholars.get_absolute_url() in [one["url"] for one in found]


def test_a_partner_that_may_not_be_seen_is_in_no_line(scholars):
    with remembered():
        partner = Organisation.objects.get(name="XJTLU")
        partner.visibility = Visibility.STAFF
        partner.save()
    assert "xjtlu" not in Entry.objects.get(kind="project", record_id=scholars.pk).words_key
    assert "XJTLU" not in page_of(scholars, "viewer")[0]


def test_a_sum_shows_the_figure_and_the_words_of_the_source():
    fund = funding("Fund", amount=Decimal("2700000"), currency="GBP", amount_stated="£2.7m", purpose="Joint projects")
    page, queries = page_of(fund)
    assert queries == 6
    assert page.split("Facts ", 1)[1].split(" Notes All notes")[0] == (
        "Amount GBP 2,700,000 £2.7m Funder not yet asked Recipient not yet asked Kind not yet asked "
        "Purpose Joint projects Date not yet asked"
    )


def test_a_sum_that_nobody_states_is_not_stated_and_never_blank():
    assert "Amount not yet asked Funder" in page_of(funding("Unknown"))[0]
    assert "Amount not stated further funding Funder" in page_of(funding("More", amount_stated="further funding"))[0]


def test_the_catalogue_says_from_whom_to_whom_and_how_much():
    with remembered():
        one = funding(
            "Fund",
            funder=organisation("BP"),
            recipient=organisation("Leeds"),
            amount=Decimal("2700000"),
            currency="GBP",
            amount_stated="£2.7m",
            purpose="Energy",
            project=project("Turbines"),
        )
    line = Entry.objects.get(kind="funding", record_id=one.pk)
    assert (line.second, line.words) == (
        "from BP to Leeds · GBP 2,700,000",
        "Energy ¦ £2.7m ¦ GBP 2,700,000 ¦ BP ¦ Leeds ¦ Turbines",
    )
    with remembered():
        Organisation.objects.filter(name="BP").update(name="Beyond")
    line.refresh_from_db()
    assert line.second == "from Beyond to Leeds · GBP 2,700,000"


@pytest.mark.parametrize(
    ("typed", "chosen", "kept"),
    [
        ("2,700,000", "GBP", (Decimal("2700000.00"), "GBP")),
        ("£2.7m", "", (Decimal("2700000.00"), "GBP")),
        ("GBP 2.7 million", "GBP", (Decimal("2700000.00"), "GBP")),
        ("0", "CNY", (Decimal("0.00"), "CNY")),
        ("", "CNY", (None, "CNY")),
        ("¥1.2 million", "CNY", (1_200_000, "CNY")),
        ("¥100", "JPY", (100, "JPY")),
        ("$5m", "AUD", (5_000_000, "AUD")),
        ("2.5亿元人民币", "", (250_000_000, "CNY")),
        ("2.7 million pounds", "", (2_700_000, "GBP")),
        ("", "", (None, "")),
    ],
)
def test_an_amount_is_typed_as_people_write_it(typed, chosen, kept):
    answer = submitted("funding", title="Fund", amount=typed, currency=chosen)
    assert answer.status_code == 303
    assert Funding.objects.values_list("amount", "currency").get() == kept


@pytest.mark.parametrize(
    ("typed", "chosen", "sentence"),
    [
        ("lots", "", "“lots” is not an amount. Enter a figure such as 2,700,000, 2.7m or GBP 2.7 million."),
        ("5", "", "An amount needs its currency. Choose it, or type it with the amount: GBP 2.7m."),
        ("$5", "", "“$” stands for several currencies: write USD, AUD, CAD, HKD or another, or choose the currency."),
        ("¥5", "GBP", "“¥” stands for several currencies: write CNY or JPY, or choose the currency."),
        ("£5", "CNY", "The amount is typed in GBP, and CNY is chosen. Make them agree."),
        ("5.123", "GBP", "The amount has more than two places after the point."),
        ("-5", "GBP", "“-5” is not an amount."),
        ("5%", "GBP", "“%” is not a currency in use."),
        ("1e309", "GBP", "“1e309” is not an amount."),
        ("NaN", "GBP", "“NaN” is not an amount."),
        ("5", "ZZZ", "Select a valid choice. ZZZ is not one of the available choices."),
    ],
)
def test_an_amount_that_can_not_be_read_says_what_is_accepted(typed, chosen, sentence):
    answer = submitted("funding", title="Fund", amount=typed, currency=chosen)
    assert sentence in errors_of(answer)
    assert (Funding.objects.count(), f'value="{typed}"' in answer.content.decode()) == (0, True)


def test_the_form_shows_the_amount_as_people_read_it_and_keeps_an_old_currency():
    one = funding("Fund", amount=Decimal("2700000"), currency="DEM")
    page = signed_in("staff").get(f"/funding/{one.pk}/edit/").content.decode()
    assert 'value="2,700,000"' in page
    assert '<option value="DEM" selected>DEM, no longer in use</option>' in page


def test_a_project_is_entered_with_its_partners_and_counts_what_it_stands_for():
    partner = organisation("Partner")
    rows = {
        "projectpartners-TOTAL_FORMS": 1,
        "projectpartners-0-organisation": partner.pk,
        "projectpartners-0-role": "host",
    }
    answer = submitted("projects", title="Six projects", stands_for="number", how_many=6, **rows)
    made = Project.objects.get()
    assert (answer.status_code, made.home, made.how_many, [str(one) for one in made.partners.all()]) == (
        303,
        None,
        6,
        ["Partner"],
    )
    answer = submitted("projects", title="One", stands_for="one", how_many=6)
    assert "Give a number exactly where the record stands for a number of projects." in errors_of(answer)


MOST = Decimal("9999999999999.99")


def test_the_largest_sum_that_can_be_kept_is_kept_and_added_up_exactly():
    many = [Funding(title=f"Fund {number}", handle=f"f{number}", amount=MOST, currency="CNY") for number in range(1000)]
    Funding.objects.bulk_create([*many, Funding(title="More", amount=Decimal("0.07"), currency="CNY")])
    assert Funding.objects.filter(amount=MOST).count() == 1000
    assert Funding.objects.first().amount == MOST
    assert totals(Funding.objects.all(), {}) == ["Sum of 1001 records: CNY 9,999,999,999,999,990.07"]


def test_sums_of_pennies_are_exact():
    amounts = ["0.10", "0.20", "0.70", "1422000000000.01", "4.35", "1.15", "2.675"[:4]]
    for amount in amounts:
        funding(amount=Decimal(amount), currency="GBP")
    added = sum(map(Decimal, amounts))
    assert totals(Funding.objects.all(), {}) == [f"Sum of 7 records: GBP {added:,}"]


def test_a_sum_of_more_than_fifteen_digits_is_refused():
    answer = submitted("funding", title="Fund", amount="10,000,000,000,000", currency="GBP")
    assert "The amount is too large: at most 13 digits before the point can be kept." in errors_of(answer)
    said = submitted("statements", number="12345678901234567")
    assert "Ensure that there are no more than 15 digits in total." in errors_of(said)
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        funding(amount=MOST + 1, currency="GBP")
