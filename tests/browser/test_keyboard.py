"""Whoever uses the keyboard sees where they are; whoever points finds something to hit."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import come_into_view

pytestmark = pytest.mark.browser

PAGES = ["/agreements/?sort=type&q=a", "/visits/new/", "/visits/2/"]
MOST_STEPS = 400
LEAST = 24  # pixels, as WCAG 2.2 asks for

# Where the focus is, and whether it is drawn: an outline (of the control, or of the box round it) that no focus leaves out.
HERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const drawn = part => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== "rgba(0, 0, 0, 0)";
    };
    const box = one.getBoundingClientRect();
    const bar = document.querySelector(".savebar")?.getBoundingClientRect();
    const inBar = one.closest(".savebar");
    one.dataset.visited = "yes";
    return {
        html: one.outerHTML.slice(0, 120),
        text: one.textContent.trim(),
        drawn: drawn(one) || drawn(one.closest(".ts-control") ?? one),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: Boolean(bar && !inBar && box.top >= bar.top && box.bottom <= bar.bottom),
    };
}"""

# Controls that Tab has not reached although they are there to be used.
MISSED = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0 && !one.dataset.visited)
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
    found = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (found and here["html"] == found[0]["html"]):
            return found
        found.append(here)
    raise AssertionError("Tab never comes to an end")


@pytest.mark.parametrize("path", PAGES)
def test_tab_reaches_every_control_from_the_skip_link_on_and_shows_where_it_is(person: Person, path: str):
    page = person.opens(path, "manager")
    come_into_view(page)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    steps = walk(page)
    assert steps[0]["text"] == "Skip to the page"
    assert [step for step in steps if not step["drawn"]] == []
    assert [step for step in steps if not step["seen"] or step["covered"]] == []
    assert page.evaluate(MISSED) == []


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
