"""The workshop takes no value that the register's own forms refuse, and cleans what it takes alike."""

import pytest

from partnerships.models import Agreement, Funding, Organisation, Statement
from tests.asking import words_of
from tests.samples import make, organisation

pytestmark = pytest.mark.django_db


def sent(workshop, table: str, **fields):
    """The answer to a new row of a table, with these fields and no child rows."""
    page = workshop.get(f"/admin/partnerships/{table}/add/")
    formsets = [one.formset for one in page.context["inline_admin_formsets"]]
    counts = {f"{one.prefix}-{part}_FORMS": 0 for one in formsets for part in ("TOTAL", "INITIAL")}
    return workshop.post(f"/admin/partnerships/{table}/add/", counts | {"visibility": 1} | fields)


def refused(answer) -> str:
    """The words of a form that came back."""
    assert answer.status_code == 200
    return words_of(answer.content.decode())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a\x85b", "The text holds the control character U+0085. Delete it and try again."),
        ("a\u202eb", "The text holds U+202E, which turns the direction of writing. Delete it."),
        ("e" + "\u0323" * 11, "The text piles more than 10 accents on one letter."),
        ("\u200b\u3164", "This field is required."),
        ("a" * 201, "At most 200 characters can be kept; this has 201."),
    ],
)
def test_a_name_is_refused_as_on_the_form(workshop, name, sentence):
    assert sentence in refused(sent(workshop, "organisation", name=name))
    assert Organisation.objects.count() == 0


def test_a_name_is_cleaned_as_on_the_form(workshop):
    assert sent(workshop, "organisation", name=" Cafe\u0301 \u200b  Lab").status_code == 302
    assert [one.name for one in Organisation.objects.all()] == ["Café Lab"]


def test_remarks_are_limited(workshop):
    assert "At most 20000 characters can be kept; this has 20001." in refused(
        sent(workshop, "organisation", name="Lab", notes="a" * 20_001)
    )
    assert sent(workshop, "organisation", name="Lab", notes="a" * 20_000).status_code == 302


def test_a_web_address_of_another_kind_is_refused(workshop):
    answer = sent(workshop, "organisation", name="Lab", website="ftp://example.org")
    assert "Enter a web address that begins with http:// or https://." in refused(answer)


def test_a_day_in_another_order_is_refused(workshop):
    for day in ("3/4/26", "0001-01-01", "2201-01-01", "04-03-2026"):
        assert "Enter a day as 2026-03-04 or 04/03/2026" in refused(
            sent(workshop, "agreement", title="A", stands_for="one", review_on=day)
        )
    assert Agreement.objects.count() == 0


@pytest.mark.parametrize(
    "about",
    [
        {"record_kind": "rubbish", "record_id": 1},
        {"record_kind": "user", "record_id": 1},
        {"record_kind": "party", "record_id": 1},
        {"record_kind": "statement", "record_id": 1},
        {"record_kind": "organisation", "record_id": 999},
        {"record_kind": "organisation", "record_id": 2**63 - 1},
        {"record_kind": "organisation", "record_id": -1},
    ],
)
def test_a_statement_speaks_of_a_record_that_is_there(workshop, about):
    make("statement")
    fields = {"basis": "general_knowledge", "kind": "value", "rank": "normal", "text": "It is so."}
    assert "A statement speaks of a record that is there" in refused(sent(workshop, "statement", **fields, **about))
    assert Statement.objects.count() == 1
    there = {"record_kind": "organisation", "record_id": organisation().pk}
    assert sent(workshop, "statement", **fields, **there).status_code == 302


def test_a_currency_is_one_that_is_or_was_in_use(workshop):
    for rubbish in ("XYZ", "£", "gb", "1"):
        answer = sent(workshop, "funding", title="Fund", amount=5, currency=rubbish)
        assert "Enter the three letters of a currency, such as GBP or CNY." in refused(answer)
    assert [sent(workshop, "funding", title="F", amount=5, currency=one).status_code for one in ("GBP", "DEM")] == [
        302,
        302,
    ]
    assert Funding.objects.count() == 2


@pytest.mark.parametrize("amount", ["99999999999999.99", "1e20", "NaN", "Infinity", "0.001", "-1"])
def test_a_sum_that_can_not_be_kept_exactly_is_refused(workshop, amount):
    page = refused(sent(workshop, "funding", title="Fund", amount=amount, currency="GBP"))
    assert "Please correct the error" in page
    assert Funding.objects.count() == 0
