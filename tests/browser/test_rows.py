"""Rows of a group on their parent's form: by keyboard alone, and without script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person
from tests.browser.steps import save, sign_in, titles

pytestmark = pytest.mark.browser

MOST_STEPS = 80


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until the wanted control has the focus."""
    for _ in range(MOST_STEPS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab never reaches {wanted}")


def names_in_rows(page: Page) -> list[str]:
    """What stands in the rows of other names that are not removed, in their order."""
    rows = page.locator("[data-formset=organisationnames] [data-row]:visible")
    return [row.get_by_label("Name").first.input_value() for row in rows.all()]


def add(page: Page, name: str) -> None:
    """Add a row by keyboard and fill it."""
    tab_to(page, page.get_by_role("button", name="Add a name"))
    page.keyboard.press("Enter")
    page.keyboard.type(name)


def test_rows_are_added_moved_removed_and_kept_by_keyboard_alone(person: Person):
    page = person.opens("/organisations/new/", "staff")
    tab_to(page, page.get_by_label("Name").first)
    page.keyboard.type("Institute of Keys")
    for name in ("First Name", "Second Name", "Third Name"):
        add(page, name)
    assert names_in_rows(page) == ["First Name", "Second Name", "Third Name"]

    third = page.get_by_role("group", name="Name 3")
    tab_to(page, third.get_by_role("button", name="Move up"), "Shift+Tab")
    page.keyboard.press("Enter")
    assert names_in_rows(page) == ["First Name", "Third Name", "Second Name"]
    expect(page.get_by_role("group", name="Name 2").get_by_role("button", name="Move up")).to_be_focused()
    page.keyboard.press("Enter")
    assert names_in_rows(page) == ["Third Name", "First Name", "Second Name"]
    moved = page.get_by_role("group", name="Name 1").get_by_role("button", name="Move down")
    expect(moved).to_be_focused()
    page.keyboard.press("Enter")
    assert names_in_rows(page) == ["First Name", "Third Name", "Second Name"]

    removed = page.get_by_role("group", name="Name 3").get_by_role("button", name="Remove")
    tab_to(page, removed)
    page.keyboard.press("Enter")
    assert names_in_rows(page) == ["First Name", "Third Name"]
    expect(page.get_by_role("button", name="Undo: keep Name 3")).to_be_focused()
    page.keyboard.press("Enter")
    assert names_in_rows(page) == ["First Name", "Third Name", "Second Name"]
    tab_to(page, page.get_by_role("group", name="Name 1").get_by_role("button", name="Remove"), "Shift+Tab")
    page.keyboard.press("Enter")
    assert names_in_rows(page) == ["Third Name", "Second Name"]

    tab_to(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/organisations/\d+/$"))
    saved = page.get_by_role("table", name="Names").locator("tbody tr td:first-child").all_inner_texts()
    assert saved == ["Third Name", "Second Name"]


def test_rows_that_are_saved_move_and_go_as_well(person: Person):
    page = person.opens("/organisations/new/", "staff")
    page.get_by_label("Name").first.fill("Institute of Saved Rows")
    for number, name in enumerate(("One", "Two", "Three"), 1):
        page.get_by_role("button", name="Add a name").click()
        page.get_by_role("group", name=f"Name {number}").get_by_label("Name").first.fill(name)
    save(page)
    page.get_by_role("link", name="Edit", exact=True).click()
    assert names_in_rows(page)[:3] == ["One", "Two", "Three"]
    page.get_by_role("group", name="Name 3").get_by_role("button", name="Move up").click()
    page.get_by_role("group", name="Name 1").get_by_role("button", name="Remove").click()
    save(page)
    saved = page.get_by_role("table", name="Names").locator("tbody tr td:first-child").all_inner_texts()
    assert saved == ["Three", "Two"]


def test_without_script_people_sign_in_filter_and_edit_rows(person: Person):
    page = person.opens("/", java_script_enabled=False)
    sign_in(page, "staff")
    expect(page.get_by_role("heading", name="The register today")).to_be_visible()

    page.goto("/organisations/")
    rail = page.get_by_role("search", name="Filters")
    rail.get_by_label("Words in the name").fill("shakespeare")
    rail.get_by_role("button", name="Show").click()
    assert titles(page) == ["Shakespeare Institute"]
    page.get_by_role("link", name=re.compile("^Remove Words in the name")).click()
    assert len(titles(page)) > 1

    page.goto("/visits/new/")
    page.get_by_label("Direction").select_option("outbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    page.get_by_label("Title").fill("A visit on plain pages")
    page.get_by_label("Status").select_option("happened")
    page.get_by_role("group", name="Participant 1").get_by_label("Or an unnamed group").fill("first group")
    save(page)
    people = page.get_by_role("table", name="Participants")
    expect(people).to_contain_text("first group")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("group", name="Participant 2").get_by_label("Or an unnamed group").fill("second group")
    page.get_by_role("group", name="Participant 1").get_by_label("Delete").check()
    save(page)
    expect(people).to_contain_text("second group")
    expect(people).not_to_contain_text("first group")
