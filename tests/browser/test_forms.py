"""Forms say how they understood what was typed, and nobody has to leave them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person
from tests.browser.steps import offers, pick, save

pytestmark = pytest.mark.browser


def add(page: Page, box: Locator, typed: str) -> Locator:
    """Type into a type-ahead and choose its last line; the dialog that opens."""
    box.click()
    box.press_sequentially(typed, delay=10)
    page.get_by_role("option", name="as a new").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def test_a_date_is_read_back_while_one_types(person: Person):
    page = person.opens("/visits/new/", "staff")
    when = page.get_by_role("group", name="When")
    box = when.get_by_role("textbox").first
    box.press_sequentially("May")
    expect(when).to_contain_text("Read as May, year not stated")
    box.fill("2020 to 2022")
    expect(when).to_contain_text("Read as 2020 to 2022")
    box.fill("3/4/26")
    expect(when).to_contain_text("Write the year with four figures")
    box.fill("")
    expect(when).not_to_contain_text("four figures")


def test_a_sum_is_read_back_and_one_box_keeps_currency_and_about(person: Person):
    page = person.opens("/funding/new/", "staff")
    page.get_by_label("Title").fill("A sum of a phrase")
    page.get_by_label("Amount", exact=True).fill("about RMB 1,422 billion")
    expect(page.locator("#div_id_amount")).to_contain_text("Read as CNY 1,422,000,000,000, approximately")
    save(page)
    expect(page.get_by_role("region", name="Facts")).to_contain_text("about CNY 1,422,000,000,000")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_form_that_comes_back_still_says_how_the_date_was_understood(person: Person, script: bool):
    person.expects(422)
    page = person.opens("/visits/new/", "staff", java_script_enabled=script)
    page.get_by_role("group", name="When").get_by_role("textbox").first.fill("May")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("group", name="When")).to_contain_text("Read as May, year not stated")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_unknown_stands_beside_its_field_and_a_value_wins(person: Person, script: bool):
    page = person.opens("/visits/new/", "staff", java_script_enabled=script)
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    page.get_by_label("Title").fill(f"Nobody knows when {script}")
    page.get_by_label("When, if it is not known").select_option("not stated")
    page.get_by_label("Purpose, if it is not known").select_option("withheld")
    page.get_by_label("Purpose", exact=True).fill("To talk")
    save(page)
    expect(page.get_by_role("status").first).to_contain_text(
        "“Purpose” has a value, so that it is no longer kept as withheld."
    )
    expect(page.get_by_role("region", name="Facts")).to_contain_text("not stated")
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_label("When, if it is not known")).to_have_value("not_stated")
    if script:
        expect(page.get_by_label("Purpose, if it is not known")).to_be_hidden()
        expect(page.get_by_label("Where, if it is not known")).to_be_visible()


def test_a_value_is_given_with_the_words_that_prove_it(person: Person):
    person.expects(422)
    page = person.opens("/organisations/new/", "staff")
    page.get_by_label("Name").first.fill("Institute of Proofs")
    page.locator("summary", has_text="Where was this read?").press("Enter")
    row = page.get_by_role("group", name="Source 1")
    row.get_by_label("Which value it proves").select_option("Kind")
    pick(page, row.get_by_role("combobox", name="Source"), "nanjing city", "Nanjing city leaders")
    row.get_by_label("Paragraph").fill("5")
    page.get_by_role("button", name="Save").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("needs its source, paragraph and words")
    summary.get_by_role("link").first.press("Enter")
    expect(row.get_by_label("Quotation")).to_be_focused()
    page.keyboard.type("led the delegation")
    save(page)
    expect(page.get_by_role("complementary")).to_contain_text("led the delegation")


def test_a_record_that_is_not_there_is_added_in_place_by_keyboard(person: Person):
    person.expects(422)
    page = person.opens("/visits/new/", "staff")
    partner = page.get_by_role("combobox", name="Partner", exact=True)
    partner.click()
    partner.press_sequentially("Nanjing Municipal Goverment", delay=10)
    line = page.locator(".ts-dropdown .create:visible")
    expect(line).to_have_text("Add “Nanjing Municipal Goverment” as a new organisation …")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add a new organisation")
    expect(dialog).to_contain_text("Did you mean one of these?")
    expect(dialog.get_by_role("button", name="Nanjing Municipal Government")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "!document.hasFocus() || document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(partner).to_be_focused()

    partner.fill("")
    dialog = add(page, partner, "Nanjing Municipal Goverment")
    dialog.get_by_role("button", name="Nanjing Municipal Government").press("Enter")
    expect(page.locator("#div_id_partner .item")).to_have_text("Nanjing Municipal Government")


def test_nothing_is_added_unasked_and_an_added_one_is_chosen(person: Person):
    person.expects(422)
    page = person.opens("/visits/new/", "staff")
    partner = page.get_by_role("combobox", name="Partner", exact=True)
    partner.click()
    partner.press_sequentially("Bureau of Unasked Things", delay=10)
    expect(page.locator(".ts-dropdown .create:visible")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog")).to_be_hidden()
    partner.fill("")
    dialog = add(page, partner, "Bureau of Unasked Things")
    dialog.get_by_label("Name").fill("")
    dialog.get_by_role("button", name="Add this organisation").click()
    expect(dialog.get_by_role("alert")).to_be_focused()
    dialog.get_by_label("Name").fill("Bureau of Asked Things")
    dialog.get_by_role("button", name="Add this organisation").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#div_id_partner .item")).to_have_text("Bureau of Asked Things")
    expect(partner).to_be_focused()
    found = page.request.get("/organisations/pick/?q=asked things").json()["results"]
    assert [one["text"] for one in found] == ["Bureau of Asked Things"]


def test_a_phone_shows_who_when_to_whom_and_why_at_once(person: Person):
    page = person.opens("/visits/new/", "staff", viewport={"width": 390, "height": 844}, has_touch=True)
    bar = page.locator(".savebar").bounding_box()
    for name in ("Direction", "Home", "Purpose"):
        box = page.get_by_label(name).first.bounding_box()
        assert (box["height"] >= 44, box["y"] + box["height"] <= bar["y"]) == (True, True), (name, box, bar)
    assert page.get_by_label("Purpose", exact=True).evaluate("one => getComputedStyle(one).fontSize") == "16px"
    assert page.get_by_role("button", name="Save").bounding_box()["height"] >= 44


def test_staff_log_a_delegation_on_one_form_from_its_page_in_the_news(person: Person):
    """Journey A up to its sixth step, with people and bodies that nobody has recorded."""
    page = person.opens("/visits/new/", "staff")
    page.get_by_label("Direction").select_option("inbound")
    page.get_by_label("Home").select_option(label="University of Birmingham")
    partner = page.get_by_role("combobox", name="Partner", exact=True)
    lines = [text.split("\n") for text in offers(page, partner, "nanjing").all_inner_texts()]
    told = {name: rest for name, *rest in lines}
    assert told["Nanjing Municipal Government"] != told["Nanjing University"]
    page.get_by_role("option").filter(has_text="Nanjing Municipal Government").first.click()

    when = page.get_by_role("group", name="When")
    when.get_by_role("textbox").last.fill("after the MoU signed in May")
    page.get_by_label("Purpose", exact=True).fill("To continue discussions")

    first = page.get_by_role("group", name="Participant 1")
    dialog = add(page, first.get_by_role("combobox", name="Person"), "Zhang Jinghuo")
    expect(dialog).to_contain_text("Zhang Jinghua")
    dialog.get_by_label("the first one").check()
    dialog.get_by_label("Form of address").fill("Mr")
    dialog.get_by_role("textbox", name="Role").fill("Party Secretary")
    notice = dialog.get_by_text("This role may tell of political opinions")
    expect(notice).to_be_visible()
    dialog.get_by_label("A role may be sensitive personal data").check()
    dialog.get_by_role("button", name="Add this person").click()
    expect(first.locator(".item").first).to_have_text("Zhang Jinghuo")
    first.get_by_role("combobox", name="Role").select_option("head of delegation")

    for number, (name, role) in enumerate((("Jon Frampton", "lead host"), ("Yulong Ding", "guide")), 2):
        page.get_by_role("button", name="Add a participant").click()
        row = page.get_by_role("group", name=f"Participant {number}")
        row.get_by_role("combobox", name="Side").select_option("host")
        pick(page, row.get_by_role("combobox", name="Person"), name.split()[-1], name)
        row.get_by_role("combobox", name="Role").select_option(role)

    items = (
        ("welcome", "Welcome at Edgbaston"),
        ("tour", "Energy storage"),
        ("external call", "Birmingham City Council"),
    )
    for number, (kind, what) in enumerate(items, 1):
        page.get_by_role("button", name="Add an item").click()
        row = page.get_by_role("group", name=f"Item {number}")
        row.get_by_label("Kind").select_option(kind)
        row.get_by_label("What").first.fill(what)
        care = row.get_by_text("Export control")
        expect(care).to_be_visible(visible=kind == "tour")

    for number, ask in enumerate(("industrial innovation", "talent exchange", "university-to-university links"), 1):
        page.get_by_role("button", name="Add a line").click()
        row = page.get_by_role("group", name=f"Line {number}")
        row.get_by_label("Wording").fill(ask)
        row.get_by_label("Standing").select_option("asked for")
    save(page)

    told = page.get_by_role("status").first
    expect(told).to_contain_text("Nanjing Municipal Government at University of Birmingham was recorded.")
    expect(told).to_contain_text("Export control")
    facts = page.get_by_role("region", name="Facts")
    expect(facts).to_contain_text("after the MoU signed in May")
    people = page.get_by_role("table", name="Participants").get_by_role("row")
    head = people.filter(has_text="Zhang Jinghuo")
    expect(head).to_contain_text("Mr · family name Zhang")
    expect(head).to_contain_text("Party Secretary")
    expect(head).to_contain_text("a role may be sensitive personal data")
    asked = page.get_by_role("table", name="Asked, promised, signed").get_by_role("row")
    assert asked.filter(has_text=re.compile("asked for")).count() == 3
