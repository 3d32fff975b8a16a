"""Staff log the delegation from Nanjing from nothing to the brief and the calendar file, by mouse, keys or thumb."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser

ASKS = (
    "Industrial innovation and new kinds of R&D institute",
    "Talent exchange, branches or joint programmes, start-ups",
    "Wider university-to-university links",
)
FARTHEST = 500


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, where: Locator) -> None:
        """Put the focus there."""
        where.scroll_into_view_if_needed()
        where.click()

    def press(self, button: Locator) -> None:
        """Use a button or a link."""
        button.click()

    def choose(self, select: Locator, label: str) -> None:
        """Choose from a list of options."""
        select.select_option(label=label)

    def take(self, option: Locator, box: Locator) -> None:
        """Take what a type-ahead offers."""
        option.click()

    def write(self, where: Locator, text: str) -> None:
        """Type into a field."""
        self.go(where)
        self.page.keyboard.type(text)

    def pick(self, box: Locator, typed: str, name: str) -> None:
        """Type into a type-ahead and take one of what it offers."""
        self.write(box, typed)
        options = self.page.locator(f"#{box.get_attribute('aria-controls')}").get_by_role("option")
        option = options.and_(self.page.locator(".option")).filter(has_text=name).first
        expect(option).to_be_visible()
        self.take(option, box)
        expect(box).to_have_attribute("aria-expanded", "false")


class Keys(Mouse):
    """Never touches the mouse: Tab leads there, arrows and letters choose, Enter takes."""

    def go(self, where: Locator) -> None:
        """Tab on until the focus is there, or back where it lies behind."""
        is_here = "one => one === document.activeElement"
        ahead = "one => Boolean(document.activeElement.compareDocumentPosition(one) & 4)"
        key = "Tab" if where.evaluate(ahead) else "Shift+Tab"
        for _ in range(FARTHEST):
            if where.evaluate(is_here):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"No key leads to {where}")

    def press(self, button: Locator) -> None:
        """Use it with Enter."""
        self.go(button)
        self.page.keyboard.press("Enter")

    def choose(self, select: Locator, label: str) -> None:
        """Type what the option begins with."""
        self.go(select)
        self.page.keyboard.type(label)
        expect(select.locator("option:checked")).to_have_text(label)

    def take(self, option: Locator, box: Locator) -> None:
        """Go down to it, and take it."""
        for _ in range(40):
            if "active" in (option.get_attribute("class") or ""):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")


def row(page: Page, hand: Mouse, noun: str, number: int) -> Locator:
    """A row of the form, added where it isn't there yet."""
    found = page.get_by_role("group", name=f"{noun} {number}", exact=True)
    if not found.count():
        article = "an" if noun[0] in "AEIOU" else "a"
        hand.press(page.get_by_role("button", name=f"Add {article} {noun.lower()}", exact=True))
    return found


@pytest.mark.parametrize(
    ("way", "width"), [(Mouse, 1440), (Keys, 1440), (Mouse, 390)], ids=["mouse", "keyboard alone", "phone"]
)
def test_the_delegation_from_nanjing_is_logged_and_its_brief_and_calendar_file_are_at_hand(
    person: Person, way: type[Mouse], width: int
):
    title = f"Nanjing leaders, logged by {way.__name__} at {width}"
    page = person.opens("/visits/new/", "staff", viewport={"width": width, "height": 900})
    hand = way(page)

    hand.choose(page.get_by_label("Direction"), "inbound")
    hand.choose(page.get_by_label("Home"), "University of Birmingham")
    partner = page.get_by_role("combobox", name="Partner", exact=True)
    hand.pick(partner, "nanjing", "Nanjing Municipal Government")
    hand.write(page.get_by_role("group", name="When").get_by_role("textbox").last, "after the MoU signed in May")
    hand.write(page.get_by_label("Title"), title)

    head = row(page, hand, "Participant", 1)
    hand.pick(head.get_by_role("combobox", name="Person"), "jinghua", "Zhang Jinghua")
    hand.choose(head.get_by_role("combobox", name="Role"), "head of delegation")
    expect(head).to_contain_text("may be sensitive personal data")
    for number, (typed, name, part) in enumerate(
        [("frampton", "Jon Frampton", "lead host"), ("yulong", "Yulong Ding", "guide")], 2
    ):
        host = row(page, hand, "Participant", number)
        hand.choose(host.get_by_role("combobox", name="Side"), "host")
        hand.pick(host.get_by_role("combobox", name="Person"), typed, name)
        hand.choose(host.get_by_role("combobox", name="Role"), part)

    for number, (kind, what) in enumerate(
        [
            ("welcome", "Welcome at the Edgbaston campus"),
            ("tour", "Energy storage research"),
            ("external call", "Meeting with Birmingham City Council"),
        ],
        1,
    ):
        item = row(page, hand, "Item", number)
        hand.choose(item.get_by_label("Kind"), kind)
        hand.write(item.get_by_label("What").first, what)
    expect(page.get_by_role("group", name="Item 2", exact=True)).to_contain_text("Export control")

    for number, wording in enumerate(ASKS, 1):
        line = row(page, hand, "Line", number)
        hand.write(line.get_by_label("Wording"), wording)
        hand.choose(line.get_by_label("Standing"), "asked for")

    agreement = row(page, hand, "Agreement", 1)
    hand.pick(agreement.get_by_role("combobox", name=re.compile("^Agreement")).first, "nanjing", "Memorandum")
    hand.choose(agreement.get_by_label("Kind"), "the visit followed the signing")

    due = date.today() + timedelta(days=20)  # noqa: DTZ011, the office's day
    for number, what in enumerate(["Answer the three suggestions", "Send the energy storage brochure"], 1):
        follow_up = row(page, hand, "Follow-up", number)
        hand.write(follow_up.get_by_label("What").first, what)
        hand.choose(follow_up.get_by_label("Owner"), "manager")  # the first pages of staff are looked at elsewhere
        hand.write(follow_up.get_by_label("Due"), f"{due:%d%m%Y}")

    hand.press(page.get_by_text("What it belongs to", exact=True))
    hand.pick(page.get_by_role("combobox", name="After the visit"), "tim jones", "Tim Jones in Nanjing")
    hand.press(page.get_by_role("button", name="Save", exact=True))

    expect(page).to_have_url(re.compile(r"/visits/\d+/(#.*)?$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).to_contain_text("after the MoU signed in May")
    for words in (*ASKS, "Answer the three suggestions", "Tim Jones in Nanjing", "Energy storage research"):
        expect(page.locator("main")).to_contain_text(words)

    address = page.url.split("#")[0]
    hand.press(page.get_by_role("link", name="Brief", exact=True).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.locator("main")).to_contain_text("Zhang Jinghua")
    page.goto(address)
    with page.expect_download() as download:
        hand.press(page.get_by_role("link", name=re.compile("Calendar file")).first)
    assert "Answer the three suggestions" in download.value.path().read_text(encoding="utf-8")
