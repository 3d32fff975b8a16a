"""Saving has one effect, loses nothing of anybody's, and unsaved work is not left by mistake."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.person import Person
from tests.browser.steps import new_person, titles

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_on_save_makes_one_record(person: Person, script: bool):
    name = f"Dora Double {script}"
    page = person.opens("/people/new/", "staff", java_script_enabled=script)
    page.get_by_label("Name as printed").fill(name)
    page.get_by_role("button", name="Save").dblclick()
    expect(page).to_have_url(re.compile(r"/people/\d+/$"))
    page.goto(f"/people/?q={name}")
    assert titles(page) == [name]


def test_the_second_of_two_tabs_sees_three_versions_and_saves_knowingly(person: Person):
    person.expects(409)
    first = person.opens("/", "staff")
    address = new_person(first, "Ada Before")
    second = person.opens(f"{address}edit/", "manager")
    first.goto(f"{address}edit/")
    first.get_by_label("Name as printed").fill("Ada Theirs")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Ada Theirs")

    second.get_by_label("Name as printed").fill("Ada Mine")
    second.locator("summary", has_text="In the office").click()
    second.get_by_label("Remarks").fill("A remark that was long to type")
    second.get_by_role("button", name="Save").click()
    told = second.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told).to_contain_text("staff changed this record")
    row = second.get_by_role("table", name="What differs").get_by_role("row").filter(has_text="Ada Before")
    assert row.get_by_role("cell").all_inner_texts() == ["Ada Before", "Ada Theirs", "Ada Mine"]
    expect(second.get_by_label("Name as printed")).to_have_value("Ada Mine")
    expect(second.get_by_label("Remarks")).to_have_value("A remark that was long to type")
    first.reload()
    expect(first.get_by_role("heading", level=1)).to_have_text("Ada Theirs")

    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Ada Mine")
    expect(second.get_by_role("region", name="Facts")).to_contain_text("A remark that was long to type")


def leave(page: Page) -> list[str]:
    """Try to leave by a link; the kinds of question that the browser asked. The answer is to stay."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Agreements", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(300)
    page.remove_listener("dialog", stay)
    return asked


def test_leaving_unsaved_work_warns_and_staying_keeps_it(person: Person):
    page = person.opens("/people/new/", "staff")
    page.get_by_label("Name as printed").fill("Una Unsaved")
    assert leave(page) == ["beforeunload"]
    expect(page.get_by_label("Name as printed")).to_have_value("Una Unsaved")


def test_an_added_row_is_unsaved_work_too(person: Person):
    page = person.opens("/people/new/", "staff")
    page.get_by_role("button", name="Add a contact point").click()
    page.get_by_role("group", name="Contact point 1").get_by_label("As written").fill("nobody@example.org")
    assert leave(page) == ["beforeunload"]


def test_nothing_warns_where_nothing_is_unsaved(person: Person):
    page = person.opens("/people/new/", "staff")
    page.get_by_label("Name as printed").click()
    assert leave(page) == []
    expect(page).to_have_url(re.compile("/agreements/$"))


def test_a_form_sent_back_with_errors_is_still_unsaved(person: Person):
    person.expects(422)
    page = person.opens("/people/new/", "staff")
    page.locator("summary", has_text="In the office").click()
    page.get_by_label("Remarks").fill("Somebody without a name")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Remarks").click()
    assert leave(page) == ["beforeunload"]
