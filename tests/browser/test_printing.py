"""On paper stands what the screen says, without what only a screen can do."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import come_into_view

pytestmark = pytest.mark.browser


def printed(page: Page) -> None:
    """See the page as it is printed: black on white, without the shell and without a button."""
    come_into_view(page)
    page.emulate_media(media="print")
    shell = page.locator("header.bar, footer.foot, .btn, .rail, .views, nav.crumb")
    assert [one.is_visible() for one in shell.all()].count(True) == 0
    assert page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    ) == [
        "rgb(255, 255, 255)",
        "rgb(0, 0, 0)",
    ]


def test_a_list_prints_its_conditions_how_sure_they_are_and_repeats_its_heads(person: Person):
    page = person.opens("/agreements/?signed_from=2022&signed_possible=yes", "manager", color_scheme="dark")
    printed(page)
    expect(page.locator(".chip").first).to_contain_text("Signed from: 2022")
    expect(page.locator(".chip a").first).to_be_hidden()
    expect(page.locator(".count")).to_contain_text("1 certain, 6 possible")
    assert page.locator("main thead").evaluate("one => getComputedStyle(one).display") == "table-header-group"
    assert page.locator("main tbody tr").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"


def test_a_record_prints_what_is_unknown_and_where_the_rest_was_read(person: Person):
    page = person.opens("/agreements/5/", "manager")
    printed(page)
    expect(page.get_by_role("region", name="Facts")).to_contain_text("not stated")
    expect(page.get_by_role("complementary")).to_contain_text("003 ¶9")
    expect(page.locator("#notes, #files, [data-keys-open]").and_(page.locator(":visible"))).to_have_count(0)
