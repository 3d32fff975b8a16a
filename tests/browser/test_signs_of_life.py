"""On the memorandum of Nanjing: a candidate is linked, stands there as the last sign of life, and is taken back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser
SHAKESPEARE = "Access to and understanding of Shakespeare across China, with Nanjing University"


def test_a_candidate_is_linked_by_keyboard_seen_and_taken_back(person: Person):
    page = person.opens("/agreements/?q=nanjing+memorandum", "staff")
    page.get_by_role("link", name="Nanjing Memorandum of Understanding").click()
    signs = page.locator("#signs")
    signs.scroll_into_view_if_needed()
    expect(signs.locator("dt")).to_have_count(5)
    expect(signs).to_contain_text("Joint Research Institute in Biomedical Engineering")
    expect(signs).to_contain_text("Phoenix Publishing & Media Group")
    line = signs.locator("dt", has_text="Academic and people-to-people exchange").locator("+ dd")
    expect(line).to_contain_text("Evidence: none yet")
    line.get_by_role("button", name=re.compile(f"^Link it.*{SHAKESPEARE}$")).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("is linked with")
    expect(line).to_contain_text("when, is not known")
    expect(line).not_to_contain_text("Evidence: none yet")
    line.get_by_role("button", name="Take the link away").press("Enter")
    expect(line).to_contain_text("Evidence: none yet")
    assert person.faults == []


def test_signs_of_life_and_money_can_be_read_by_everybody(person: Person):
    page = person.opens("/agreements/?q=nanjing+memorandum", "staff")
    page.get_by_role("link", name="Nanjing Memorandum of Understanding").click()
    page.goto(f"{page.url}signs/")
    inspect(page)
    page.goto("/programmes/?q=dicp")
    page.get_by_role("link", name="UoL/DICP dual PhD programme in Energy research").click()
    page.goto(f"{page.url}money/")
    inspect(page)
