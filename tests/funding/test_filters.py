"""By which conditions money and projects are found, and what the money adds up to."""

from decimal import Decimal

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import FundingKind, Organisation, ProjectPartner, Subject
from tests.asking import listed, signed_in, words_of
from tests.samples import agreement, funding, home, organisation, place, programme, project, visit

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def summary(role: str = "viewer", conditions: str = "") -> list[str]:
    """What the list says that the money adds up to."""
    return signed_in(role).get(f"/funding/?{conditions}").context["summary"]


@pytest.fixture
def money(db) -> None:
    """Four sums and two unknown ones."""
    funding("Fund", amount=Decimal("2700000"), currency="GBP")
    funding("Grant", amount=Decimal("300.50"), currency="GBP")
    funding("Yuan", amount=Decimal("0"), currency="CNY")
    funding("Secret", amount=Decimal("99"), currency="GBP", **HIDDEN)
    funding("Unknown")
    funding("Pounds, how many nobody says", currency="GBP", amount_stated="some pounds")


def test_words_are_looked_for_in_the_title():
    with remembered():
        funding("BP sponsorship")
        funding("Joint fund")
    assert listed("funding", q="bp") == ["BP sponsorship"]


def test_money_is_found_by_who_gives_and_who_receives():
    bp, leeds = organisation("BP"), home("Leeds")
    funding("Given", funder=bp)
    funding("Received", recipient=bp, funder=leeds)
    funding("Returned", funder=bp, recipient=bp)
    assert listed("funding", funder=bp.pk) == ["Given", "Returned"]
    assert listed("funding", recipient=bp.pk) == ["Received", "Returned"]
    assert listed("funding", organisation=bp.pk) == ["Given", "Received", "Returned"]


def test_money_is_found_by_kind_stage_date_and_by_what_is_not_recorded():
    gift = FundingKind.objects.create(code="gift-x", label="gift")
    funding("Gift", kind=gift, stage="pledge", given_on="2024")
    funding("Plain")
    assert listed("funding", kind="gift-x") == listed("funding", stage="pledge") == ["Gift"]
    assert listed("funding", kind="unknown") == listed("funding", stage="unknown") == ["Plain"]
    assert listed("funding", date_from="2024") == ["Gift"]
    assert listed("funding", date_from="2024", date_possible="yes") == ["Gift", "Plain"]


def test_money_is_found_by_currency_and_amount(money):
    assert listed("funding", currency="GBP") == ["Fund", "Grant", "Pounds, how many nobody says"]
    assert listed("funding", currency="cny") == ["Yuan"]
    assert listed("funding", amount_known="yes") == ["Fund", "Grant", "Yuan"]
    assert listed("funding", amount_known="no") == ["Pounds, how many nobody says", "Unknown"]
    assert listed("funding", amount_from="300.5") == ["Fund", "Grant"]
    assert listed("funding", amount_from="2.7m", amount_to="2,700,000") == ["Fund"]
    assert listed("funding", amount_to="0") == ["Yuan"]


def test_money_is_found_by_what_it_belongs_to():
    signed, doctorate, works, came = agreement(), programme(), project(), visit()
    funding("Of the agreement", agreement=signed)
    funding("Of the programme", programme=doctorate)
    funding("Of the project", project=works)
    funding("Of the visit", visit=came)
    assert listed("funding", agreement=signed.pk) == ["Of the agreement"]
    assert listed("funding", programme=doctorate.pk) == ["Of the programme"]
    assert listed("funding", project=works.pk) == ["Of the project"]
    assert listed("funding", visit=came.pk) == ["Of the visit"]


def test_totals_stand_by_currency_and_name_what_they_leave_out(money):
    assert summary() == [
        "Sum of 1 record: CNY 0",
        "Sum of 2 records: GBP 2,700,300.50",
        "2 records without an amount",
    ]
    assert summary("manager")[1] == "Sum of 3 records: GBP 2,700,399.50"


def test_totals_are_those_of_the_filtered_rows_on_every_page(money):
    assert summary(conditions="currency=GBP&per_page=1") == [
        "Sum of 2 records: GBP 2,700,300.50; 1 record without an amount"
    ]
    assert summary(conditions="amount_known=yes&currency=CNY") == ["Sum of 1 record: CNY 0"]
    assert summary(conditions="amount_known=no") == ["2 records without an amount"]
    assert summary(conditions="q=zzz") == []


def test_a_sum_of_approximate_amounts_is_approximate():
    funding(amount=Decimal(5), currency="EUR", is_approximate=True)
    funding(amount=Decimal(6), currency="EUR")
    assert summary() == ["Sum of 2 records, 1 of them approximate: about EUR 11"]


def test_the_office_reads_the_totals_above_the_rows():
    bp = organisation("BP")
    funding("Fund", amount=Decimal("2700000"), currency="GBP", funder=bp, recipient=bp)
    for number in range(3):
        funding(f"Unknown {number}", funder=bp)
    page = words_of(signed_in().get(f"/funding/?organisation={bp.pk}").content.decode())
    assert "Sum of 1 record: GBP 2,700,000; 3 records without an amount" in page


def test_a_project_is_found_by_home_partner_and_agreement():
    leeds, partner, signed = home("Leeds"), organisation("Partner"), agreement()
    one = project("Laboratory", home=leeds, agreement=signed)
    ProjectPartner.objects.create(project=one, organisation=partner)
    project("Nobody's")
    assert listed("projects", home=leeds.handle) == ["Laboratory"]
    assert listed("projects", home="unknown") == ["Nobody's"]
    assert listed("projects", partner=partner.pk) == listed("projects", agreement=signed.pk) == ["Laboratory"]


def test_a_project_is_found_by_place_subject_status_and_start():
    china = place("China", kind="country", handle="china")
    law, art = (Subject.objects.create(code=f"{name}-x", label=name) for name in ("law", "art"))
    one = project("Laboratory", status="planned", starts_on="2024")
    one.places.set([place("Xi'an", parent=china), place("Nanjing", parent=china)])
    one.subjects.set([law, art])
    project("Hidden site").places.add(place("Site", parent=china, **HIDDEN))
    assert (listed("projects", place=china.pk), len(listed("projects", "manager", place=china.pk))) == (
        ["Laboratory"],
        2,
    )
    assert listed("projects", subject=["law-x", "art-x"]) == ["Laboratory"]
    assert (listed("projects", status="planned"), listed("projects", status="unknown")) == (
        ["Laboratory"],
        ["Hidden site"],
    )
    assert listed("projects", starts_from="2024", starts_to="2024") == ["Laboratory"]


def test_money_of_a_body_that_may_not_be_seen_is_in_no_list_and_no_sum():
    secret = organisation("Secret", **HIDDEN)
    funding("Given", funder=secret, amount=Decimal(7), currency="GBP")
    assert (listed("funding"), summary(), listed("funding", "manager")) == ([], [], ["Given"])
    assert signed_in().get(f"/funding/?funder={Organisation.objects.get().pk}").status_code == 400


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ("currency=XYZ", "“XYZ” is no currency in use. Write its three letters, such as GBP or CNY."),
        ("currency=£", "“£” is no currency in use."),
        ("amount_from=lots", "“lots” is not an amount."),
        ("amount_from=-5", "“-5” is not an amount."),
        ("amount_from=NaN", "“NaN” is not an amount."),
        ("amount_to=1e400", "“1e400” is not an amount."),
        ("amount_from=GBP 5", "Enter the figure alone; the currency has a condition of its own."),
        ("amount_from=99999999999999999999", "The amount is too large"),
        ("amount_from=6&amount_to=5", "The span ends below its start. Exchange the two amounts."),
        ("amount_known=perhaps", "perhaps is not one of the available choices"),
        ("founder=1", "Did you mean “funder”?"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(conditions, sentence):
    answer = signed_in().get(f"/funding/?{conditions}")
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)


def test_a_body_that_was_met_when_money_was_confirmed_has_no_part_in_it_by_that():
    ours, theirs = home("Ours"), organisation("Theirs")
    funding("Confirmed there", visit=visit(home=ours, partner=theirs))
    funding("Theirs", funder=theirs)
    assert listed("funding", organisation=theirs.pk) == ["Theirs"]
    assert listed("funding", home=ours.handle) == ["Confirmed there"]
