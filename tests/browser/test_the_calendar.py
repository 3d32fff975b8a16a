"""Somebody of the staff looks at the calendar, takes a visit's file, subscribes, and starts a visit from a file."""

import re
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import save
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261111
DTEND;VALUE=DATE:20261114
SUMMARY:Delegation of Southeast University
LOCATION:Liverpool
ATTENDEE;CN=A Guest:mailto:a@example.org
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:19261111
SUMMARY:Of another century
END:VEVENT
END:VCALENDAR
"""


def taken(page: Page, folder: Path) -> str:
    """A visit taken from a calendar file; the path of its page."""
    (folder / "guests.ics").write_text(FILE)
    page.goto("/visits/from-calendar/")
    inspect(page)
    page.get_by_label("Calendar file").set_input_files(folder / "guests.ics")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Event 2, from line 12: DTSTART is of another century: 1926-11-11."
    )
    inspect(page)
    page.get_by_role("button", name="Take this one").click()
    expect(page.get_by_label("Title")).to_have_value("Delegation of Southeast University")
    page.locator("#id_direction").select_option("inbound")
    page.locator("#id_home").select_option(index=1)
    save(page)
    return page.url


def test_a_visit_goes_from_a_calendar_file_to_the_calendar_and_to_a_feed(person: Person, tmp_path: Path):
    page = person.opens("/", "staff")
    visit = taken(page, tmp_path)
    page.goto("/calendar/?month=2026-10")
    page.get_by_role("link", name=re.compile("After.*November 2026")).click()
    expect(page).to_have_url(re.compile(r"month=2026-11"))
    expect(page.get_by_role("cell").filter(has_text="Delegation of Southeast University")).to_have_count(3)
    page.get_by_role("link", name="Show what is due").click()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Week 46, 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Week 46, 2026")
    expect(page.get_by_role("row", name=re.compile("Thursday 12 November"))).to_contain_text("day 2 of 3")
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Delegation of Southeast University").first.click()
    expect(page).to_have_url(visit)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Calendar file").click()
    waiting.value.save_as(tmp_path / "visit.ics")
    [event] = Calendar.from_ical((tmp_path / "visit.ics").read_bytes()).events
    assert str(event["SUMMARY"]) == "Delegation of Southeast University"


def test_a_filtered_list_is_subscribed_to_renewed_and_ended(person: Person):
    person.expects(404)
    page = person.opens("/visits/?direction=inbound", "staff")
    page.get_by_role("link", name="Subscribe to this list").click()
    inspect(page)
    page.get_by_label("Name").fill("Guests")
    page.get_by_role("button", name="Make the feed").click()
    first = page.get_by_label("Address of the feed").input_value()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert Calendar.from_ical(page.request.get(first).body()).calendar_name == "Guests"
    page.get_by_role("link", name="I have copied it").click()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name=re.compile("Renew the address.*Guests")).click()
    second = page.get_by_label("Address of the feed").input_value()
    assert [page.request.get(address).status for address in (first, second)] == [404, 200]
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("button", name=re.compile("Delete.*Guests")).click()
    expect(page.get_by_role("main")).to_contain_text("“Guests” is deleted.")
    assert page.request.get(second).status == 404
