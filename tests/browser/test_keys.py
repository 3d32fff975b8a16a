"""Single letters walk through lists and on from record to record; they never act in fields, and can be switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import sign_in, titles

pytestmark = pytest.mark.browser


def link(page: Page, title: str):
    """The link of a row."""
    return page.locator("main").get_by_role("link", name=title, exact=True)


def test_letters_lead_through_a_list_into_a_record_and_on_to_the_next(person: Person):
    page = person.opens("/agreements/?sort=-title", "manager")
    names = titles(page)
    page.keyboard.press("j")
    expect(link(page, names[0])).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(link(page, names[1])).to_be_focused()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(names[1])
    walk = page.get_by_role("navigation", name="The list you came from")
    expect(walk).to_contain_text(f"2 of {len(names)} in the list")
    page.keyboard.press("n")
    expect(heading).to_have_text(names[2])
    page.keyboard.press("e")
    expect(page.get_by_role("complementary", name="What the sources say")).to_be_focused()
    walk.get_by_role("link", name="the list").press("Enter")
    expect(page).to_have_url(re.compile(r"/agreements/\?sort=-title$"))


def test_the_question_mark_shows_all_keys_and_gives_the_focus_back(person: Person):
    page = person.opens("/search/?q=nanjing", "viewer")
    page.keyboard.press("j")
    first = page.locator(".hits a.ttl").first
    expect(first).to_be_focused()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(first).to_be_focused()


def test_in_a_field_letters_are_letters(person: Person):
    page = person.opens("/agreements/", "manager")
    page.get_by_label("Words in the name").focus()
    page.keyboard.type("jkne?/")
    expect(page.get_by_label("Words in the name")).to_have_value("jkne?/")


def test_whoever_does_not_want_them_switches_them_off_for_the_account(person: Person):
    page = person.opens("/account/", "staff")
    page.get_by_label("Single letters act as keys").uncheck()
    page.get_by_role("button", name="Save preferences").click()
    page.goto("/agreements/")
    for key in ("j", "/", "?"):
        page.keyboard.press(key)
    expect(page.locator("body")).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/account/")
    page.get_by_label("Single letters act as keys").check()
    page.get_by_role("button", name="Save preferences").click()


def test_nobody_else_is_led_through_the_list_of_who_sat_here_before(person: Person):
    page = person.opens("/")
    sign_in(page, "manager")
    expect(page.get_by_role("heading", name="The register today")).to_be_visible()
    page.goto("/agreements/")
    path = page.locator("main tbody a.ttl").first.get_attribute("href")
    page.get_by_text("Account: manager").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "viewer")
    expect(page.get_by_role("heading", name="The register today")).to_be_visible()
    page.goto(path)
    expect(page.get_by_role("navigation", name="Where you are")).to_be_visible()
    expect(page.get_by_role("navigation", name="The list you came from")).to_have_count(0)
