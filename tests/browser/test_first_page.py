"""The first click of each role on the first page leads to exactly what it promised; pictures are reached by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser

FIRST = {
    "viewer": ("Terms", "7 agreements in the list"),
    "staff": ("Gaps worth closing", "7 agreements"),
    "manager": ("Agreements that need a decision", "7 to decide"),
    "admin": ("Gaps worth closing", "38 organisations"),
}


def rows(page: Page) -> int:
    """How many rows the list shows."""
    return page.locator("main tbody tr").count()


@pytest.mark.parametrize("account", FIRST)
def test_the_first_click_of_each_role_leads_to_as_many_rows_as_it_says(person: Person, account: str):
    part, link = FIRST[account]
    page = person.opens("/", account)
    page.get_by_role("region", name=part).get_by_role("link", name=link, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The register today")
    assert rows(page) == int(link.split()[0])


def test_the_nanjing_memorandum_stands_among_what_a_manager_must_decide(person: Person):
    page = person.opens("/", "manager")
    part = page.get_by_role("region", name="Agreements that need a decision")
    expect(part).to_contain_text("Unknown: no end date recorded")
    part.get_by_role("link", name="Nanjing Memorandum of Understanding").click()
    expect(page).to_have_url(re.compile(r"/agreements/\d+/$"))


def test_a_bar_leads_to_its_list_and_its_table_opens_by_keyboard(person: Person):
    page = person.opens("/", "viewer")
    picture = page.get_by_role("figure", name="Partners by place")
    picture.get_by_text("The same as a table").focus()
    page.keyboard.press("Enter")
    expect(picture.get_by_role("cell", name="6")).to_be_visible()
    picture.get_by_role("link", name="6", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/partnerships/\?place=\d+$"))
    assert rows(page) == 6
