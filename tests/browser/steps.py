"""What people do again and again: sign in, pick a record, save."""

import re

from playwright.sync_api import Locator, Page, expect

from config.safety import DEMO_PASSWORD


def sign_in(page: Page, account: str, password: str = DEMO_PASSWORD) -> None:
    """Fill the sign-in form and send it."""
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill(account)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def offers(page: Page, box: Locator, typed: str) -> Locator:
    """The records that a type-ahead offers for what is typed."""
    box.click()
    box.press_sequentially(typed, delay=20)
    found = page.locator(f"#{box.get_attribute('aria-controls')}").get_by_role("option").and_(page.locator(".option"))
    expect(found.first).to_be_visible()
    return found


def pick(page: Page, box: Locator, typed: str, name: str) -> None:
    """Type into a type-ahead and click one of the records that it offers."""
    offers(page, box, typed).filter(has_text=name).first.click()
    expect(box).to_have_attribute("aria-expanded", "false")


def save(page: Page) -> None:
    """Save the form, and see the record's page."""
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"/\d+/(#.*)?$"))


def titles(page: Page) -> list[str]:
    """The titles of a list's rows, in their order, once the page is there."""
    page.wait_for_load_state()
    return page.locator("main tbody tr a.ttl").all_inner_texts()


def new_person(page: Page, name: str) -> str:
    """Record somebody; the path of the page."""
    page.goto("/people/new/")
    page.get_by_label("Name as printed").fill(name)
    save(page)
    return page.url


def come_into_view(page: Page) -> None:
    """See the parts of a page that are read when they come into view."""
    # By hand, as a person scrolls: `scrollIntoView` would also move the place from which Tab goes on.
    page.evaluate(
        """async () => {
            for (const part of document.querySelectorAll("[data-part]")) {
                scrollTo(0, part.getBoundingClientRect().top + scrollY);
                for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
            }
        }"""
    )
    expect(page.locator("[data-part]:not([data-asked])")).to_have_count(0)
    expect(page.locator("[data-part][aria-busy]")).to_have_count(0)
