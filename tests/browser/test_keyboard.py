"""Whoever uses the keyboard sees where they are; whoever points finds something to hit."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import come_into_view
from tests.browser.test_every_page import text_read

pytestmark = pytest.mark.browser

# Each type of page once: where it has the most to reach.
PAGES: dict[str, tuple[str, set[int], str | Callable[[Page], None]]] = {
    "home": ("manager", set(), "/"),
    "list": ("manager", set(), "/agreements/?sort=type&q=a"),
    "page of a long list": ("viewer", set(), "/statements/?per_page=25&page=3"),
    "refused list": ("viewer", {400}, "/agreements/?stattus=active"),
    "record": ("manager", set(), "/visits/2/"),
    "record of many": ("viewer", set(), "/organisations/2/"),
    "source": ("viewer", set(), "/sources/4/"),
    "new form": ("manager", set(), "/visits/new/"),
    "edit form": ("manager", set(), "/agreements/5/edit/"),
    "short form": ("staff", set(), "/visits/log/"),
    "requests": ("staff", set(), "/visits/requests/"),
    "what came after a visit": ("staff", set(), "/visits/2/afterwards/"),
    "visits in a line": ("viewer", set(), "/visits/2/chain/"),
    "signed at a visit": ("staff", set(), "/visits/2/signed/"),
    "minutes": ("staff", set(), "/visits/2/minutes/"),
    "minutes to write": ("staff", set(), "/visits/2/minutes/write/"),
    "evidence of an undertaking": ("staff", set(), "/undertakings/1/edit/?rows=1"),
    "brief": ("viewer", set(), "/visits/2/brief/"),
    "reviews": ("manager", set(), "/reviews/"),
    "review": ("manager", set(), "/agreements/1/review/"),
    "calendar": ("viewer", set(), "/calendar/"),
    "delete refused": ("manager", set(), "/organisations/2/delete/"),
    "delete": ("manager", set(), "/people/3/delete/"),
    "history": ("viewer", set(), "/visits/2/history/"),
    "timeline": ("viewer", set(), "/organisations/19/timeline/"),
    "notes": ("staff", set(), "/visits/2/notes/"),
    "search": ("viewer", set(), "/search/?q=nanjing"),
    "a text": ("staff", set(), "/visits/from-text/"),
    "lines of a text": ("staff", set(), text_read),
    "account": ("staff", set(), "/account/"),
    "feeds": ("staff", set(), "/account/feeds/"),
    "password": ("staff", set(), "/accounts/password/change/"),
    "not allowed": ("viewer", {403}, "/agreements/new/"),
    "patterns": ("admin", set(), "/patterns/"),
    "sign in": ("", set(), "/accounts/login/"),
    "workshop": ("admin", set(), "/admin/"),
    "table of the workshop": ("admin", set(), "/admin/partnerships/place/"),
    "form of the workshop": ("admin", set(), "/admin/partnerships/place/1/change/"),
}
AT_ONCE = 25  # presses of Tab between two looks at where they led
MOST_STEPS = 500
LEAST = 24  # pixels, as WCAG 2.2 asks for

# Before each Tab, what the last one led to: whether the focus is drawn, on the screen, not under a bar, and further on
# than before. An outline of the control, or of the box round it, that no focus leaves out.
WATCH = """() => {
    window.steps = [];
    const drawn = part => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== "rgba(0, 0, 0, 0)";
    };
    const look = one => {
        const whole = one.closest(".ts-control") ?? one;
        const box = whole.getClientRects()[0] ?? whole.getBoundingClientRect();
        const x = box.left + box.width / 2, y = box.top + box.height / 2;
        const top = document.elementFromPoint(x, y);
        const wrong = [];
        if (!drawn(one) && !drawn(whole)) wrong.push("no focus is drawn");
        if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) wrong.push("not on the screen");
        else if (top && !whole.contains(top) && !top.contains(whole)) wrong.push(`under ${top.outerHTML.slice(0, 60)}`);
        const before = window.last;
        if (before?.isConnected && !(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push("out of order");
        window.last = one;
        one.dataset.visited = "yes";
        return { name: (one.textContent || one.id).trim().slice(0, 60), html: one.outerHTML.slice(0, 120), wrong };
    };
    document.addEventListener("keydown", event => {
        const one = document.activeElement;
        if (event.key !== "Tab" || window.ended || one === window.last) return; // a day has a place each for its parts
        if (window.steps.length && (one === document.body || one.dataset.visited)) window.ended = true;
        else if (one !== document.body) window.steps.push(look(one));
    }, true);
}"""

# Controls that Tab has not reached although they are there to be used; arrows go from one radio button to the next.
MISSED = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0 && !one.dataset.visited)
    .filter(one => !(one.type === "radio" && document.querySelector(`[name="${one.name}"][data-visited]`)))
    .map(one => one.outerHTML.slice(0, 120))"""

# Targets that are too small and not in a line of text; boxes are pressed by their label too, and small ones may have room round them.
SMALL = """least => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[aria-hidden=true], .skip, .vh"))
    .filter(one => !(one.tagName === "A" && getComputedStyle(one).display === "inline"))
    .filter(one => {
        const label = one.matches("[type=checkbox], [type=radio]") ? one.closest(".form-check") ?? one : one;
        const box = (one.closest(".ts-control") ?? label).getBoundingClientRect();
        return box.width > 1 && (box.width < least || box.height < least);
    })
    .map(one => { const box = one.getBoundingClientRect(); return `${Math.round(box.width)}×${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`; })"""


def walk(page: Page) -> list[dict]:
    """Every place that Tab leads to, from the first to the last."""
    page.evaluate(WATCH)
    for _ in range(0, MOST_STEPS, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab", delay=2)  # what a box does on focus comes a moment later
        if page.evaluate("Boolean(window.ended)"):
            return page.evaluate("window.steps")
    raise AssertionError("Tab never comes to an end")


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(person: Person, name: str):
    account, statuses, way = PAGES[name]
    person.expects(*statuses)
    page = person.opens(way if isinstance(way, str) else "/", account)
    if not isinstance(way, str):
        way(page)
    come_into_view(page)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    steps = walk(page)
    assert account == "" or steps[0]["name"] in {"Skip to the page", "Skip to main content"}
    assert [step for step in steps if step["wrong"]] == []
    assert page.evaluate(MISSED) == []
    assert page.locator(".btn.pri:visible").count() <= 1


def test_the_skip_link_leads_past_the_bar(person: Person):
    page = person.opens("/agreements/", "manager")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/agreements/?sort=type&q=a", "/visits/new/", "/accounts/login/"])
def test_what_is_pressed_is_large_enough(person: Person, path: str, width: int):
    page = person.opens(path, "" if "login" in path else "manager", viewport={"width": width, "height": 900})
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    for button in page.locator("[data-add]").all():
        button.click()
    assert page.evaluate(SMALL, LEAST) == []


def test_escape_closes_a_menu_and_gives_the_focus_back(person: Person):
    page = person.opens("/", "viewer")
    summary = page.locator("summary", has_text="Account")
    summary.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()
