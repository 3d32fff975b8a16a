"""What a viewer and a manager come for, from the first page on; staff and admins have journeys of their own beside this."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import titles

pytestmark = pytest.mark.browser
MEMORANDUM = "Nanjing Memorandum of Understanding"


def heading(page: Page, words: str) -> None:
    """See a page of this heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def test_a_viewer_asks_on_a_phone_what_we_have_in_jiangsu_and_where_it_was_read(person: Person):
    page = person.opens("/", "viewer", viewport={"width": 390, "height": 844})
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox", name="Search the register").fill("jiangsu")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Jiangsu", exact=True).click()
    heading(page, "Jiangsu")
    here = page.locator("section").filter(has=page.get_by_role("heading", name="Organisations here", exact=True))
    many = int(here.locator(".n").inner_text())
    here.get_by_role("link", name=re.compile("^Show all")).click()
    heading(page, "Organisations")
    assert len(titles(page)) == many
    page.goto("/search/?q=memorandum")
    page.get_by_role("main").get_by_role("link", name=MEMORANDUM).first.click()
    facts = page.get_by_role("region", name="Facts")
    expect(page.get_by_role("region", name="Where it stands")).to_contain_text("no end date recorded")
    expect(facts).to_contain_text(re.compile(r"May,?\s+year not stated"))
    sources = page.get_by_role("complementary", name="What the sources say")
    sources.get_by_role("link", name=re.compile(r"^003 ¶14")).first.click()
    expect(page.get_by_role("region", name="Facts").locator("q")).not_to_be_empty()
    expect(page.get_by_role("link", name=re.compile("^(Edit|Delete|Record a)"))).to_have_count(0)


def test_a_manager_goes_through_what_needs_a_decision_by_keyboard_alone(person: Person):
    page = person.opens("/", "manager")
    page.get_by_role("region", name="Agreements that need a decision").get_by_role("link", name="to decide").press(
        "Enter"
    )
    heading(page, "Agreements")
    names = titles(page)
    for _ in range(names.index(MEMORANDUM) + 1):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, MEMORANDUM)
    page.keyboard.press("e")
    expect(page.get_by_role("complementary")).to_contain_text("signed by Professor Jones in May")
    page.get_by_role("region", name="What is next").get_by_role("link", name="Name somebody").press("Enter")
    heading(page, "Edit agreement")
    page.get_by_label("Owner", exact=True).focus()
    page.keyboard.type("manager")
    page.get_by_label("Why this change").focus()
    page.keyboard.type("Somebody must ask for the dates")
    page.keyboard.press("Enter")
    heading(page, MEMORANDUM)
    expect(page.get_by_role("status").first).to_contain_text(MEMORANDUM)
    expect(page.get_by_role("region", name="Facts")).to_contain_text("manager")
    page.get_by_role("link", name="History").press("Enter")
    expect(page.locator(".hist > li").first).to_contain_text("Somebody must ask for the dates")
    page.go_back()
    walk = page.get_by_role("navigation", name="The list you came from")
    expect(walk).to_contain_text(f"{names.index(MEMORANDUM) + 1} of {len(names)}")
    page.keyboard.press("n")
    heading(page, names[names.index(MEMORANDUM) + 1])
