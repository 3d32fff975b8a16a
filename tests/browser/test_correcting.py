"""An admin puts a name right in Django's admin, and the record remembers."""

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser


def test_a_correction_in_the_workshop_stands_in_the_records_history(person: Person):
    page = person.opens("/admin/", "admin")
    page.get_by_role("link", name="Organisations", exact=True).first.click()
    page.get_by_role("searchbox").or_(page.locator("#searchbar")).first.fill("Phoenix")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Phoenix Publishing & Media Group").click()
    page.get_by_label("Name:", exact=True).first.fill("Phoenix Publishing & Media Group (put right)")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    page.get_by_role("link", name="Phoenix Publishing & Media Group (put right)").last.click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("History")
    latest = page.locator(".hist > li").first
    expect(latest).to_contain_text("admin")
    expect(latest.locator("del")).to_have_text(["Phoenix Publishing & Media Group"])
    expect(latest.locator("ins")).to_have_text(["Phoenix Publishing & Media Group (put right)"])


def test_nobody_else_enters_the_workshop(person: Person):
    person.expects(403, 404)
    for account in ("viewer", "staff", "manager"):
        page = person.opens("/admin/partnerships/organisation/", account)
        expect(page.get_by_text("Phoenix")).to_have_count(0)
        expect(page.locator("#changelist")).to_have_count(0)
