"""A list of delegates is pasted, looked at and added, also without script; another visit starts from it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.steps import save
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser
ROWS = (
    "Organisation\tName\tChinese\tPost\tE-mail\n"
    "Nanjing Municipal Government\tZhang Jinghua\t张京华\tParty Secretary\tnobody@example.org\n"
    "Nanjing Botany College\t{name}\t\tDean\t\n"
)


def new_visit(page, title: str) -> None:
    """Record a visit."""
    page.goto("/visits/new/")
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Status").select_option("happened")
    save(page)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_delegates_are_pasted_looked_at_and_added(person: Person, script: bool):
    page = person.opens("/", "staff", java_script_enabled=script)
    new_visit(page, f"Pasted {script}")
    page.goto(f"{page.url}delegates/")
    page.get_by_label("Rows of delegates").fill(ROWS.format(name="Wanda Farrow" if script else "Otto Pell"))
    page.get_by_role("button", name="Read the rows").click()
    table = page.get_by_role("table", name="What was understood of each line")
    expect(table.get_by_label("Line 2, who Zhang Jinghua is").locator("option:checked")).to_contain_text(
        "Zhang Jinghua"
    )
    expect(table.get_by_role("row").nth(2)).to_contain_text("Dean")
    page.get_by_role("button", name="Add to the visit").click()
    expect(page).to_have_url(re.compile(r"/visits/\d+/$"))
    people = page.get_by_role("table", name="Participants")
    expect(people).to_contain_text("Dean, Nanjing Botany College")
    expect(people).to_contain_text("Zhang Jinghua")
    page.goto(f"{page.url}another/")
    expect(page.get_by_role("group", name="Participant 1")).to_contain_text("Zhang Jinghua")


def test_the_page_has_no_fault_before_and_after_reading(person: Person):
    person.expects(422)
    page = person.opens("/visits/1/delegates/", "staff")
    inspect(page)
    page.get_by_label("Rows of delegates").fill(ROWS.format(name="Ida Quill") + "A body alone\t\n")
    page.get_by_role("button", name="Read the rows").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 4 names nobody")
    inspect(page)
