"""A visit is led from its request to what happened: by mouse, and once by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import pick, save
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser


def requested(page: Page, title: str) -> str:
    """Record a request; the path of its page."""
    page.goto("/visits/new/")
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(index=1)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Status").select_option("requested")
    save(page)
    return page.url


def stands(page: Page, words: str) -> None:
    """See where the visit stands."""
    expect(page.locator(".way [aria-current=step]")).to_have_text(words)


def test_a_visit_is_led_from_request_to_what_happened_by_mouse(person: Person):
    person.expects(422)
    staff = person.opens("/", "staff")
    address = requested(staff, "River engineers")
    stands(staff, "Requested")
    staff.get_by_label("Kind").select_option(label="exploratory")
    staff.get_by_role("button", name="Triage the request").click()
    stands(staff, "Triaged")

    manager = person.opens(address, "manager")
    manager.get_by_role("button", name="Approve the visit").click()
    stands(manager, "Approved")

    staff.goto(address)
    staff.get_by_role("button", name="Say that it is planned").click()
    expect(staff.get_by_role("alert")).to_contain_text("Choose who of our own leads.")
    staff.get_by_role("group", name="When").get_by_role("textbox").first.fill("2020")
    pick(staff, staff.get_by_role("combobox", name="Who of our own leads"), "ding", "Yulong Ding")
    staff.get_by_role("button", name="Say that it is planned").click()
    stands(staff, "Planned")
    expect(staff.get_by_role("table", name="Participants")).to_contain_text("Yulong Ding")

    staff.locator("#preparing").scroll_into_view_if_needed()
    staff.locator(".tasks li", has_text="Rooms booked").get_by_role("button", name="Done").click()
    expect(staff.locator("#preparing .done")).to_contain_text("Rooms booked")
    inspect(staff)

    staff.set_viewport_size({"width": 390, "height": 800})
    staff.get_by_label("not as planned", exact=True).check()
    staff.get_by_role("button", name="Say that it happened").click()
    stands(staff, "Happened")
    expect(staff.get_by_role("region", name="Facts")).to_contain_text(re.compile("happened, not as planned"))


def test_a_request_is_triaged_by_keyboard_alone(person: Person):
    page = person.opens("/", "staff")
    requested(page, "Bridge builders")
    page.get_by_label("Kind").focus()
    page.keyboard.type("explor")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.get_by_role("button", name="Triage the request").evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    stands(page, "Triaged")


@pytest.mark.parametrize("address", ["/visits/requests/", "/visits/2/cancel/", "/visits/2/preparing/new/"])
def test_the_pages_round_a_visit(person: Person, address: str):
    page = person.opens(address, "manager")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    inspect(page)
