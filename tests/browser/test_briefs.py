"""Staff open the brief of a visit from its page, go from a line to its record, and take the Word file along."""

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser


def test_staff_open_a_brief_and_download_it_for_word(person: Person):
    page = person.opens("/visits/?q=Nanjing+city+leaders", "staff")
    page.locator("main tbody").get_by_role("link", name="Nanjing city leaders").first.click()
    page.get_by_role("link", name="Brief", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nanjing city leaders at the University of Birmingham")
    expect(page.get_by_role("region", name="Who comes")).to_contain_text("family name first: Zhang")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download for Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.get_by_role("region", name="Agreements").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nanjing Memorandum of Understanding")


@pytest.mark.parametrize("address", ["/visits/2/brief/", "/organisations/3/brief/"])
def test_nothing_hinders_anybody_at_a_brief(person: Person, address: str):
    page = person.opens(address, "manager")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    inspect(page)
