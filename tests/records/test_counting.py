"""A list is counted as far as is worth waiting for, and every page of it is there all the same."""

import pytest

from partnerships.records import listing
from tests.asking import signed_in
from tests.samples import organisation

pytestmark = pytest.mark.django_db


def page_of(address: str) -> str:
    """What staff see at an address."""
    answer = signed_in("staff").get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def _thirty(monkeypatch):
    """Thirty organisations, of which a list counts ten."""
    monkeypatch.setattr(listing, "COUNTED_TO", 10)
    monkeypatch.setattr(listing, "DEEP", 10)
    for number in range(30):
        organisation(f"Institute {number:02}")


@pytest.mark.usefixtures("_thirty")
def test_a_list_of_more_rows_than_are_counted_says_so():
    first = page_of("/organisations/?per_page=5")
    assert "More than 10 organisations" in first
    assert "Page 1" in first
    assert "Page 1 of" not in first
    assert "Export all rows (CSV)" in first


@pytest.mark.usefixtures("_thirty")
def test_a_page_beyond_what_is_counted_holds_its_rows_in_order_and_is_counted_exactly():
    deep = page_of("/organisations/?per_page=5&page=4")
    found = [name for name in (f"Institute {number:02}" for number in range(30)) if f">{name}<" in deep]
    assert found == [f"Institute {number:02}" for number in range(15, 20)]
    assert deep.index("Institute 15") < deep.index("Institute 19")
    assert "Page 4 of 6" in deep


@pytest.mark.usefixtures("_thirty")
def test_a_page_after_the_last_one_is_the_last():
    last = page_of("/organisations/?per_page=5&page=99")
    assert "There are fewer pages than that" in last
    assert ">Institute 29<" in last


def test_a_list_that_is_short_enough_is_counted_exactly(monkeypatch):
    monkeypatch.setattr(listing, "COUNTED_TO", 3)
    for number in range(3):
        organisation(f"Institute {number:02}")
    page = page_of("/organisations/")
    assert ("<b>3</b> organisations" in page, "Export 3 rows (CSV)" in page) == (True, True)
