"""Light and dark: chosen by the reader, kept by the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser


def lightness(page: Page) -> float:
    """How light the page's ground is, from 0 to 1."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])
    return (red + green + blue) / 765


def test_dark_applies_at_once_and_stays(person: Person):
    page = person.opens("/", "viewer", color_scheme="light")
    assert lightness(page) > 0.8
    page.get_by_text("Account: viewer").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert lightness(page) < 0.3
    page.goto("/agreements/")
    assert lightness(page) < 0.3
    page.get_by_text("Account: viewer").click()
    page.get_by_role("button", name="As the device").click()
    assert lightness(page) > 0.8


def test_without_a_choice_the_page_follows_the_device(person: Person):
    page = person.opens("/accounts/login/", color_scheme="dark")
    assert lightness(page) < 0.3
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    assert lightness(page) > 0.8
