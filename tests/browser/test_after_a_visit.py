"""After a visit: a promise gets its evidence, what was to be done is done and checked, minutes and thanks are kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import pick, save, sign_in
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser
AGREEMENT = "Nanjing Memorandum of Understanding"


def happened(page: Page) -> str:
    """Record a visit that happened and what was asked for; the path of its page."""
    page.goto("/visits/new/")
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    page.get_by_label("Title").fill("Lake engineers")
    page.get_by_label("Status").select_option("happened")
    save(page)
    address = page.url.partition("#")[0]
    page.goto(f"/undertakings/new/?visit={address.rstrip('/').rpartition('/')[2]}")
    page.get_by_label("Wording").fill("A summer school")
    page.get_by_label("Standing").select_option("asked")
    save(page)
    return address


def test_what_comes_after_a_visit_is_recorded_and_nothing_is_invented(person: Person):
    staff = person.opens("/", "staff")
    address = happened(staff)

    # What shows that the promise came to something: a kind of record, then one of it.
    staff.goto(f"{address}afterwards/")
    staff.get_by_role("link", name="Add evidence A summer school").click()
    row = staff.get_by_role("group", name="Piece 1")
    row.get_by_label("Kind of record").select_option("programme")
    pick(staff, row.get_by_role("combobox", name="Which one"), "jitri", "Birmingham-JITRI PhD programme")
    row.get_by_label("Kind of record").select_option("agreement")
    expect(row.locator(".item")).to_have_count(0)
    pick(staff, row.get_by_role("combobox", name="Which one"), "nanjing", AGREEMENT)
    save(staff)
    expect(staff.get_by_role("table", name="Evidence")).to_contain_text(AGREEMENT)

    # A follow-up that keeps it: one does it, another checks it.
    staff.goto(f"{address}afterwards/")
    staff.get_by_role("link", name="Add a follow-up A summer school").click()
    staff.get_by_label("What", exact=False).first.fill("Send the dates")
    staff.get_by_label("Owner", exact=True).select_option("staff")
    staff.get_by_label("Checked by", exact=True).select_option("manager")
    save(staff)
    staff.goto(f"{staff.url}done/")
    inspect(staff)
    staff.get_by_label("What was done").fill("Sent by letter.")
    staff.get_by_role("button", name="It is done").click()
    manager = person.opens(f"{address}afterwards/", "manager")
    expect(manager.locator("[data-part-body]")).to_contain_text("Sent by letter. · to be checked by manager")
    manager.get_by_role("link", name="Check it").click()
    expect(manager.get_by_role("main")).to_contain_text("Sent by letter.")
    inspect(manager)
    manager.get_by_role("button", name="I checked it").click()
    expect(manager.get_by_role("region", name="Facts")).to_contain_text("done and checked")

    # An agreement was signed here; the visit has no date, so the agreement's own stays as it is.
    staff.goto(f"{address}afterwards/")
    staff.get_by_role("link", name="Record an agreement signed here").click()
    pick(staff, staff.get_by_role("combobox", name="Agreement"), "nanjing", AGREEMENT)
    staff.get_by_role("button", name="Record the signing").click()
    expect(staff.get_by_role("status").first).to_contain_text("Its date stays: May, year not stated")

    # The debrief, and thanks.
    staff.get_by_label("What went as planned").fill("They saw the lake.")
    staff.get_by_role("button", name="Record the debrief").click()
    expect(staff.locator(".way [aria-current=step]")).to_have_text("Debriefed")
    staff.goto(f"{address}afterwards/")
    staff.get_by_role("link", name="Add somebody to thank").click()
    staff.get_by_label("Or whom, in words").fill("The boatmen")
    save(staff)
    staff.goto(f"{address}afterwards/")
    staff.get_by_role("link", name="Say that it was sent The boatmen").click()
    inspect(staff)
    staff.get_by_role("button", name="They were sent today").click()
    staff.goto(f"{address}afterwards/")
    expect(staff.locator("[data-part-body]")).to_contain_text(re.compile("The boatmen\\s*sent"))

    # Minutes, twice.
    for text in ("We met.\nThey asked.", "We met.\nThey promised."):
        staff.goto(f"{address}minutes/write/")
        staff.get_by_label("Minutes").fill(text)
        staff.get_by_role("button", name="Save as the next version").click()
        expect(staff).to_have_url(re.compile("/minutes/$"))
    expect(staff.get_by_role("main")).to_contain_text("+ They promised.")
    inspect(staff)
    staff.goto(f"{address}minutes/1/")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Minutes, version 1")
    staff.goto(f"{address}afterwards/")
    inspect(staff)


def test_evidence_is_chosen_without_script(person: Person):
    page = person.opens("/undertakings/1/edit/?rows=1", "staff", java_script_enabled=False)
    row = page.get_by_role("group", name="Piece 1")
    row.get_by_label("Kind of record").select_option("programme")
    row.get_by_label("Or type its name").fill("Birmingham-JITRI")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table", name="Evidence")).to_contain_text("Birmingham-JITRI PhD programme")


def test_minutes_come_back_after_a_lost_line_and_go_when_one_signs_out(person: Person):
    person.loses_the_line()
    page = person.opens("/")
    sign_in(page, "staff")
    page.goto("/visits/1/minutes/write/")
    page.get_by_label("Minutes").fill("Said on a train.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.locator("[data-draft-says]")).to_contain_text("nothing is lost")
    context = page.context
    page.close()  # else it would send what waits as soon as the line is back
    context.set_offline(False)
    page = context.new_page()
    page.goto("/visits/1/delegates/")
    page.get_by_label("Rows of delegates").fill("Wanda Farrow")
    page.goto("/visits/1/minutes/write/")
    expect(page.get_by_label("Minutes")).to_have_value("Said on a train.")
    page.goto("/visits/1/delegates/")
    expect(page.get_by_label("Rows of delegates")).to_have_value("Wanda Farrow")
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("User name")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('accord-draft:'))") == []
