"""A visit is entered from a press note: by mouse, by keys alone, and on a phone; nothing typed is lost on the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.attachments.files import word
from tests.browser.person import Person
from tests.browser.steps import pick

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
NOTE = (
    "{title}\n"
    "The University of Birmingham welcomed a delegation of 12 from Nanjing Municipal Government on 14 May.\n"
    "Mr Zhang {name}, Party Secretary of {body}, led the delegation, which followed an agreement signed last year.\n"
    "They saw the wind tunnel and asked for two places for doctoral students.\n"
    "For more contact Ann Baker on +44 121 496 0102.\n"
)


def read(page: Page, title: str, name: str, body: str = "Lakeside Rowing Committee") -> None:
    """Paste the note and see its lines."""
    page.goto("/visits/from-text/")
    page.get_by_label("The text", exact=True).fill(NOTE.format(title=title, name=name, body=body))
    page.get_by_role("button", name="Read it").click()
    expect(page).to_have_url(re.compile(r"/from-text/\d+/$"))


def line(page: Page, kind: str, value: str) -> Locator:
    """The line of a kind that holds a value."""
    lines = page.get_by_role("group", name=re.compile(rf"^{kind} \d+$"))
    for one in lines.all():
        if any(value in box.input_value() for box in one.locator(".say input:not([type=hidden]), .say select").all()):
            return one
        if value in one.locator("q").inner_text():
            return one
    raise AssertionError(f"There is no line {kind}: {value}")


def keep(page: Page, kind: str, value: str) -> Locator:
    """Keep a line."""
    found = line(page, kind, value)
    found.get_by_label("Keep").check()
    return found


def recorded(page: Page) -> None:
    """See the visit's page."""
    expect(page).to_have_url(re.compile(r"/visits/\d+/$"))


def test_by_mouse_values_are_kept_corrected_left_out_and_added_from_selected_words(person: Person):
    person.expects(422)
    page = person.opens("/", "staff")
    read(page, "Rowers come to Birmingham", "Weiming")
    expect(page.locator("[data-count]")).to_contain_text("0 kept")
    for kind, value in (
        ("Organisation", "University of Birmingham"),
        ("Organisation", "Nanjing Municipal Government"),
        ("Organisation", "Lakeside Rowing Committee"),
        ("Group", "delegation"),
        ("Date", "14 May"),
    ):
        keep(page, kind, value)
    zhang = keep(page, "Person", "Zhang Weiming")
    expect(zhang.get_by_label("Family name is printed")).to_have_value("first")
    expect(keep(page, "Post", "Party Secretary").get_by_role("status")).to_contain_text("political opinions")
    keep(page, "Took part", "Zhang Weiming")
    wish = keep(page, "Asked for", "doctoral students")
    expect(wish.get_by_label("How the text says it")).to_be_hidden()
    wish.get_by_label("Asked for").fill("Two funded places for doctoral students")
    expect(wish.get_by_label("How the text says it")).to_be_visible()
    agreement = keep(page, "Agreement", "agreement")
    possible = agreement.get_by_label("Which one it is")
    expect(possible).to_have_value("")
    expect(possible).to_contain_text("Possibly")
    possible.select_option(index=1)
    agreement.get_by_label("What the visit has to do with it").select_option(label="the visit followed the signing")
    line(page, "Person", "Ann Baker").get_by_label("Leave out").check()

    words = page.locator("[data-paragraph='4'] p")
    words.evaluate(
        """one => {
            const at = one.firstChild, start = at.data.indexOf("the wind tunnel");
            getSelection().setBaseAndExtent(at, start, at, start + 15);
        }"""
    )
    expect(page.get_by_label("Words", exact=True)).to_have_value("the wind tunnel")
    page.get_by_label("Use as").select_option(label="Itinerary")
    page.get_by_role("button", name="Add the line").click()
    tour = line(page, "Itinerary", "the wind tunnel")
    expect(tour).to_be_in_viewport()
    expect(tour.get_by_label("Keep")).to_be_checked()
    tour.get_by_label("What it was").select_option("tour")

    page.get_by_label("When", exact=True).select_option(label="14 May")
    pick(page, page.get_by_role("combobox", name="After the visit"), "nanjing", "Nanjing")
    page.get_by_role("button", name="Add a follow-up").click()
    task = page.get_by_role("group", name="Follow-up 1")
    task.get_by_label("What").fill("Write to the rowers")
    task.get_by_label("Owner").select_option(label="manager")
    task.get_by_label("Due").fill("2031-02-03")
    page.get_by_role("button", name="Save the kept lines").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("These words are not in the paragraph")
    line(page, "Asked for", "Two funded places").get_by_label("How the text says it").select_option("implied")
    page.get_by_role("button", name="Save the kept lines").click()
    recorded(page)

    main = page.get_by_role("main")
    for words in ("Nanjing Municipal Government at University of Birmingham", "Zhang Weiming", "the wind tunnel"):
        expect(main).to_contain_text(words)
    expect(main).not_to_contain_text("0102")
    address = page.url
    page.goto("/statements/?q=two places for doctoral students")
    expect(page.get_by_role("main")).to_contain_text("Two funded places for doctoral students")
    page.goto(address)
    page.locator("#afterwards, [data-part]").first.scroll_into_view_if_needed()
    expect(main).to_contain_text("Write to the rowers")


def test_by_keys_alone(person: Person):
    page = person.opens("/visits/from-text/", "staff")
    box = page.get_by_label("The text", exact=True)
    box.focus()
    page.keyboard.insert_text(NOTE.format(title="Oars and keys", name="Weiguo", body="Lakeside Oars Committee"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/from-text/\d+/$"))
    page.wait_for_load_state()
    count = page.locator("[data-ln]").count()
    contacts = page.get_by_role("group", name=re.compile(r"^Contact \d+$")).count()
    page.keyboard.press("j")
    expect(page.locator("[data-ln]").first).to_be_focused()
    corrected = False
    for _ in range(count):
        here = page.evaluate("document.activeElement.getAttribute('aria-label')")
        quoted = page.evaluate("document.activeElement.querySelector('q').textContent")
        if here.startswith("Asked for") and not corrected:
            corrected = True
            page.keyboard.press("c")
            page.keyboard.type("two places")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("d" if here.startswith("Contact") or quoted == "Ann Baker" else "a")
    assert corrected
    assert contacts == 1
    expect(page.locator("[data-count]")).to_contain_text(f"{count - 2} kept, 0 to decide")
    page.keyboard.press("u")
    expect(page.get_by_label("Use as")).to_be_focused()
    page.keyboard.type("Itin")
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("the wind tunnel")
    page.keyboard.press("Enter")
    expect(page.locator("[data-ln]")).to_have_count(count + 1)
    expect(line(page, "Itinerary", "the wind tunnel").get_by_label("Keep")).to_be_checked()
    page.get_by_role("button", name="Save the kept lines").focus()
    page.keyboard.press("Enter")
    recorded(page)
    expect(page.get_by_role("main")).to_contain_text("the wind tunnel")


def test_on_a_phone_and_through_a_login_that_ends_nothing_is_lost(person: Person):
    person.expects(403)
    page = person.opens("/", "staff", **PHONE)
    read(page, "Paddles on a phone", "Weifeng", "Lakeside Paddles Committee")
    keep(page, "Organisation", "Nanjing Municipal Government")
    keep(page, "Person", "Zhang Weifeng").get_by_label("Form of address").fill("Party Secretary Mr")
    page.get_by_label("Title of the visit").fill("Paddles")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save the kept lines").click()
    page.get_by_role("link", name="Sign in again").click()
    sign_in_here(page)
    expect(page).to_have_url(re.compile(r"/from-text/\d+/$"))
    expect(page.get_by_label("Title of the visit")).to_have_value("Paddles")
    expect(line(page, "Person", "Zhang Weifeng").get_by_label("Form of address")).to_have_value("Party Secretary Mr")
    expect(line(page, "Organisation", "Nanjing").get_by_label("Keep")).to_be_checked()
    page.get_by_role("button", name="Save the kept lines").click()
    recorded(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Paddles")


def sign_in_here(page: Page) -> None:
    """Sign in where the page asks for it."""
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill("accord-demo")
    page.get_by_role("button", name="Sign in").click()


def test_a_file_with_macros_is_refused_by_name_and_a_draft_is_deleted(person: Person):
    person.expects(422)
    page = person.opens("/visits/from-text/", "staff")
    macros = {"name": "note.docx", "mimeType": "application/octet-stream", "buffer": word("word/vbaProject.bin")}
    page.get_by_label("Or a file").set_input_files(macros)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("“note.docx” can't be read. It holds macros.")
    read(page, "To be thrown away", "Weidong")
    page.get_by_role("link", name="Delete the draft").click()
    page.get_by_role("button", name="Delete the draft").click()
    expect(page.get_by_text("The draft was deleted.")).to_be_visible()
    expect(page.get_by_role("link", name="To be thrown away", exact=True)).to_have_count(0)
