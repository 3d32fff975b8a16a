"""A visit is logged on a phone in under a minute, and whatever happens to the line or the login, nothing typed is lost.

A minute holds about 20 touches and 60 letters typed with a thumb; the counts below are printed with `-s`.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import offers, sign_in, titles
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MOST_TOUCHES, MOST_KEYS, MOST_KEYS_ALONE = 9, 30, 70


class Counted:
    """Touches and keys, each counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.touches, self.keys = page, 0, 0

    def touch(self, what) -> None:
        """Touch something."""
        what.tap()
        self.touches += 1

    def type(self, words: str) -> None:
        """Type letter by letter into what has the focus."""
        for letter in words:
            self.press(letter)

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def go_to(self, what) -> None:
        """Press Tab until something has the focus."""
        while not what.evaluate("one => one === document.activeElement"):
            self.press("Tab")
            assert self.keys < 200


def logged(page: Page) -> str:
    """Where the saved visit stands."""
    expect(page).to_have_url(re.compile(r"/visits/\d+/$"))
    return page.url


def fill_in(page: Page, group: str) -> None:
    """The least that a visit is logged with, in words."""
    page.get_by_label("To us").check()
    page.get_by_label("Or as you know them").fill(group)
    page.get_by_label("At home").select_option(label="University of Birmingham")


def told(page: Page):
    """The line that says where what was typed is kept."""
    return page.locator("[data-draft-says]")


def test_a_visit_is_logged_by_touch(person: Person):
    page = person.opens("/", "staff", **PHONE)
    by_hand = Counted(page)
    by_hand.touch(page.get_by_role("link", name="Log a visit").first)
    by_hand.touch(page.get_by_label("To us"))
    by_hand.touch(page.get_by_role("combobox", name="Who", exact=True))
    by_hand.type("nanj")
    by_hand.touch(page.locator(".ts-dropdown:visible .option", has_text="Nanjing Municipal Government"))
    by_hand.touch(page.get_by_role("button", name="Today"))
    page.get_by_label("At home").select_option(label="University of Birmingham")
    by_hand.touches += 2  # a list of the phone's own: open it, choose
    expect(page.get_by_role("group", name="When")).to_contain_text("Read as")
    page.get_by_label("Why").focus()
    by_hand.touches += 1
    by_hand.type("Talent exchange")
    by_hand.touch(page.get_by_role("button", name="Save visit"))
    logged(page)
    print(f"\nby touch: {by_hand.touches} touches, {by_hand.keys} keys")
    assert (by_hand.touches <= MOST_TOUCHES, by_hand.keys <= MOST_KEYS) == (True, True)
    facts = page.get_by_role("region", name="Facts")
    expect(facts).to_contain_text("Talent exchange")
    expect(facts).to_contain_text("happened")
    page.goto("/visits/log/")
    expect(page.get_by_label("At home").locator("option:checked")).to_have_text("University of Birmingham")


def test_a_visit_is_logged_by_keyboard_alone(person: Person):
    page = person.opens("/visits/log/", "staff")
    by_key = Counted(page)
    page.get_by_label("To us").focus()
    by_key.press("Space")
    by_key.press("Tab")
    by_key.type("nanjing")
    options = page.locator(".ts-dropdown:visible .option")
    expect(options.filter(has_text="Nanjing Municipal Government")).to_be_visible()
    for _ in range(options.count()):
        if "Nanjing Municipal Government" in page.locator(".ts-dropdown:visible .active").inner_text():
            break
        by_key.press("ArrowDown")
    by_key.press("Enter")
    by_key.go_to(page.get_by_role("group", name="When").get_by_role("textbox").first)
    by_key.type("May")
    by_key.go_to(page.get_by_label("At home"))
    by_key.type("University of B")
    by_key.go_to(page.get_by_label("Why"))
    by_key.type("Talent exchange")
    by_key.press("Enter")
    logged(page)
    print(f"\nby keyboard: {by_key.keys} keys")
    assert by_key.keys <= MOST_KEYS_ALONE
    expect(page.get_by_role("region", name="Facts")).to_contain_text(re.compile(r"May,?\s+year not stated"))
    expect(page.get_by_role("region", name="Facts")).to_contain_text("Talent exchange")


def test_without_a_line_it_is_kept_and_sent_once_when_the_line_is_back(person: Person):
    person.loses_the_line()
    page = person.opens("/visits/log/", "staff", **PHONE)
    fill_in(page, "Guests without a line")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save visit").click()
    expect(told(page)).to_contain_text("not sent yet; nothing is lost")
    page.context.set_offline(False)
    logged(page)
    assert titles_of(page, "Guests without a line") == ["Guests without a line at University of Birmingham"]


def titles_of(page: Page, words: str) -> list[str]:
    """The visits whose titles hold these words."""
    page.goto(f"/visits/?q={words}")
    return titles(page)


def test_an_answer_that_is_lost_leads_to_one_visit(person: Person):
    person.loses_the_line()
    page = person.opens("/visits/log/", "staff")
    fill_in(page, "Guests of a lost answer")

    def lose(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/visits/log/", lose)
    page.get_by_role("button", name="Save visit").click()
    expect(told(page)).to_contain_text("not sent yet; nothing is lost")
    page.unroute("**/visits/log/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/visits/log/")
    expect(page.get_by_label("Or as you know them")).to_have_value("Guests of a lost answer")
    page.get_by_role("button", name="Save visit").click()
    logged(page)
    assert len(titles_of(page, "Guests of a lost answer")) == 1
    page.goto("/visits/log/")
    expect(page.get_by_label("Or as you know them")).to_have_value("")


@pytest.mark.parametrize("address", ["/visits/log/", "/visits/new/"])
def test_a_login_that_ends_meanwhile_brings_everything_back(person: Person, address: str):
    page = person.opens("/accounts/login/")
    sign_in(page, "staff")
    page.goto(address)
    if address == "/visits/new/":
        page.get_by_label("Direction").select_option("inbound")
        page.get_by_label("Title").fill("Guests of an ended login")
        page.get_by_label("Home").select_option(label="University of Birmingham")
        page.get_by_label("Status").select_option("happened")
        page.get_by_role("button", name="Add a follow-up").click()
        page.get_by_role("group", name="Follow-up 1").get_by_label("What").first.fill("Write again")
        offers(page, page.get_by_role("combobox", name="Partner", exact=True), "nanjing").first.click()
    else:
        fill_in(page, "Guests of an ended login")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    expect(told(page)).to_contain_text("You are signed out.")
    told(page).get_by_role("link", name="Sign in again").click()
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill("accord-demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(f"{address}$"))
    expect(told(page)).to_contain_text("nothing is lost")
    page.get_by_role("button", name="Save").click()
    logged(page)
    if address == "/visits/new/":
        expect(page.get_by_role("table", name="Follow-ups")).to_contain_text("Write again")
        expect(page.get_by_role("region", name="Facts")).to_contain_text("Nanjing")


def test_another_user_of_the_same_phone_sees_no_draft(person: Person):
    page = person.opens("/accounts/login/")
    sign_in(page, "staff")
    page.goto("/visits/log/")
    page.get_by_label("Or as you know them").fill("Guests of somebody else")
    expect(told(page)).to_contain_text("Kept on this device")
    page.context.clear_cookies(name="sessionid")
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, "manager")
    page.goto("/visits/log/")
    expect(page.get_by_label("Or as you know them")).to_have_value("")


def test_an_impossible_date_is_named_and_everything_typed_is_there(person: Person):
    person.expects(422)
    page = person.opens("/visits/log/", "staff")
    fill_in(page, "Guests of no day")
    page.get_by_role("group", name="When").get_by_role("textbox").first.fill("31 February 2026")
    page.get_by_role("button", name="Save visit").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Or as you know them")).to_have_value("Guests of no day")
    page.get_by_role("button", name="Not known").click()
    page.get_by_role("button", name="Save visit").click()
    logged(page)


def test_the_post_calls_for_a_word_of_care(person: Person):
    page = person.opens("/visits/log/", "staff", **PHONE)
    page.get_by_text("Who led it, and what is next").click()
    page.get_by_label("Post").fill("Party Secretary")
    expect(page.get_by_text("sensitive personal data")).to_be_visible()


def test_the_page_has_no_fault(person: Person):
    page = person.opens("/visits/log/", "staff")
    page.evaluate("for (const part of document.querySelectorAll('form details')) part.open = true")
    inspect(page)


def test_a_double_touch_on_save_makes_one_visit_without_script_too(person: Person):
    page = person.opens("/visits/log/", "staff", java_script_enabled=False)
    fill_in(page, "Guests of two touches")
    page.get_by_role("button", name="Save visit").dblclick()
    logged(page)
    assert len(titles_of(page, "Guests of two touches")) == 1
