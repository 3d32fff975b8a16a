"""One box finds everything, forgivingly."""

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "found", "near"),
    [
        ("西交利物浦", "Xi'an Jiaotong-Liverpool University", False),
        ("Xian Jiaotong", "Xi'an Jiaotong University", False),
        ("Birmigham", "University of Birmingham", True),
        ("Southest", "Southeast University", True),
    ],
)
def test_a_slash_leads_to_the_box_and_the_box_finds(person: Person, typed: str, found: str, near: bool):
    page = person.opens("/agreements/", "viewer")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Search the register")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.insert_text(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Search: {typed}")
    hits = page.locator("section").filter(has=page.get_by_role("heading", name="Spelt or sounding nearly so"))
    place = hits if near else page.get_by_role("main")
    expect(place.get_by_role("link", name=found, exact=True)).to_be_visible()


def test_what_nothing_contains_is_said_so(person: Person):
    page = person.opens("/search/?q=zzzqqqxxx", "viewer")
    expect(page.get_by_role("main")).to_contain_text("Nothing in the register contains “zzzqqqxxx”.")
