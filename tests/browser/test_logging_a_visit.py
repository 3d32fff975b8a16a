"""Staff log a delegation: the office's daily work."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.steps import offers, pick, save

pytestmark = pytest.mark.browser


def test_staff_log_a_delegation_and_every_part_of_it_is_there_afterwards(person: Person):
    due = date.today() + timedelta(days=9)  # noqa: DTZ011, the office's day
    page = person.opens("/visits/", "staff")
    page.get_by_role("link", name="New visit").press("Enter")
    page.get_by_label("Direction").focus()
    page.keyboard.type("inbound")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Home")).to_be_focused()
    page.keyboard.type("University of B")

    partner = page.get_by_role("combobox", name="Partner", exact=True)
    offered = offers(page, partner, "nanjing")
    assert re.search("municipal government", offered.filter(has_text="Nanjing Municipal Government").inner_text())
    assert "university" in offered.filter(has_text="Nanjing University").locator(".l2").inner_text()
    names = [text.splitlines()[0] for text in offered.all_inner_texts()]
    for _ in range(names.index("Nanjing Municipal Government") + len(names)):
        if "Nanjing Municipal Government" in page.locator(".ts-dropdown .active").inner_text():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="The visit")).to_contain_text("Nanjing Municipal Government")

    page.get_by_role("group", name="When").get_by_role("textbox").first.fill("May")
    page.get_by_label("Title").fill("Nanjing delegation on rivers")
    page.get_by_label("Status").select_option("happened")

    first = page.get_by_role("group", name="Participant 1")
    pick(page, first.get_by_role("combobox", name="Person"), "jinghua", "Zhang Jinghua")
    page.get_by_role("button", name="Add a participant").press("Enter")
    second = page.get_by_role("group", name="Participant 2")
    expect(second.get_by_role("combobox", name="Side")).to_be_focused()
    second.get_by_label("Or an unnamed group").fill("river engineers")

    page.get_by_role("button", name="Add an item").click()
    item = page.get_by_role("group", name="Item 1")
    item.get_by_label("Kind").select_option("tour")
    item.get_by_role("textbox", name="What required").fill("Round the flood laboratory")

    page.get_by_role("button", name="Add a line").click()
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("Wording").fill("a joint laboratory for rivers")
    line.get_by_label("Standing").select_option(label="asked for")

    page.get_by_role("button", name="Add a follow-up").click()
    row = page.get_by_role("group", name="Follow-up 1")
    row.get_by_label("What").first.fill("Send the river maps")
    row.get_by_label("Owner").select_option(label="manager")
    row.get_by_label("Due").fill(due.isoformat())
    save(page)

    expect(page.get_by_role("status").first).to_contain_text("Nanjing delegation on rivers was recorded.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nanjing delegation on rivers")
    facts = page.get_by_role("region", name="Facts")
    expect(facts).to_contain_text("Inbound to University of Birmingham")
    expect(facts.get_by_role("link", name="Nanjing Municipal Government")).to_be_visible()
    expect(facts).to_contain_text(re.compile(r"May,?\s+year not stated"))
    people = page.get_by_role("table", name="Participants").get_by_role("row")
    expect(people.filter(has_text="Zhang Jinghua")).to_contain_text("visitor")
    expect(people.filter(has_text="river engineers")).to_contain_text("not stated")
    expect(page.get_by_role("table", name="Itinerary")).to_contain_text("Round the flood laboratory")
    asked = page.get_by_role("table", name="Asked, promised, signed").get_by_role("row")
    expect(asked.filter(has_text="a joint laboratory for rivers")).to_contain_text("asked for")
    told = page.get_by_role("table", name="Follow-ups").get_by_role("row").filter(has_text="Send the river maps")
    expect(told).to_contain_text("manager")
    expect(told).to_contain_text(f"{due.day} {due:%B %Y}")

    page.get_by_role("link", name="History").click()
    expect(page.locator(".hist > li").first).to_contain_text("staff")
    expect(page.locator(".hist")).to_contain_text("Nanjing delegation on rivers")
    page.goto("/follow-ups/")
    listed = page.get_by_role("row").filter(has_text="Send the river maps")
    expect(listed.get_by_role("link", name="Nanjing delegation on rivers")).to_be_visible()
    page.goto("/")
    expect(page.locator("#follow-ups").get_by_role("link", name="Send the river maps")).to_be_visible()


def test_a_visit_without_any_date_and_with_the_words_of_the_source_can_be_logged(person: Person):
    page = person.opens("/visits/new/", "staff")
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    page.get_by_label("Title").fill("Visit after the memorandum")
    page.get_by_label("Status").select_option("happened")
    page.get_by_role("group", name="When").get_by_role("textbox").last.fill("after the MoU signed in May")
    save(page)
    expect(page.get_by_role("region", name="Facts")).to_contain_text("after the MoU signed in May")


def test_a_date_that_cannot_be_read_is_named_and_nothing_typed_is_lost(person: Person):
    person.expects(422)
    page = person.opens("/visits/new/", "staff")
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    page.get_by_label("Title").fill("Visit at a strange time")
    page.get_by_label("Status").select_option("happened")
    page.get_by_role("group", name="When").get_by_role("textbox").first.fill("3/4/26")
    page.get_by_role("button", name="Add a follow-up").click()
    page.get_by_role("group", name="Follow-up 1").get_by_label("What").first.fill("Ask when it was")
    page.get_by_role("button", name="Save").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("^When")).press("Enter")
    when = page.get_by_role("group", name="When").get_by_role("textbox").first
    expect(when).to_be_focused()
    expect(when).to_have_value("3/4/26")
    expect(page.get_by_role("group", name="Follow-up 1").get_by_label("What").first).to_have_value("Ask when it was")
    when.fill("April 2026")
    save(page)
    expect(page.get_by_role("region", name="Facts")).to_contain_text("April 2026")
    expect(page.get_by_role("table", name="Follow-ups")).to_contain_text("Ask when it was")
