"""One's own account in a browser: an app is set up and asked for, and choices follow to another browser."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from config.safety import DEMO_PASSWORD
from tests.browser.person import Person
from tests.browser.steps import sign_in
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser
HALF_MINUTE = 30


def code_of(secret: str) -> str:
    """The code that an app shows now, with time to type it."""
    left = HALF_MINUTE - time.time() % HALF_MINUTE
    if left < 5:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // HALF_MINUTE))


def own_window(person: Person, account: str) -> Page:
    """A window with a sign-in of its own, which may end without ending that of other tests."""
    page = person.opens("/accounts/login/")
    sign_in(page, account)
    expect(page.get_by_role("heading", name="The register today")).to_be_visible()
    return page


def confirm(page: Page) -> None:
    """Say once more who it is."""
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def test_an_app_is_set_up_asked_for_and_taken_away(person: Person):
    page = own_window(person, "viewer")
    page.get_by_text("Account: viewer").click()
    page.get_by_role("link", name="Your account").click()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Set up an app").click()
    inspect(page)
    confirm(page)
    inspect(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspect(page)
    secret = page.locator("code.key").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.locator(".codes li")).to_have_count(10)
    spare = page.locator(".codes li").first.inner_text()
    inspect(page)
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(page, "viewer")
    expect(page.get_by_role("heading", name="Type the code of your app")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This code is not right")).to_be_visible()
    inspect(page)
    page.get_by_label("Code").fill(spare)  # the app's own next code comes only after half a minute
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="The register today")).to_be_visible()
    page.goto("/accounts/mfa/totp/deactivate/")
    confirm(page)
    inspect(page)
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("The authenticator app is taken away")).to_be_visible()


def test_theme_density_and_names_follow_to_another_browser(person: Person):
    page = own_window(person, "staff")
    page.get_by_text("Account: staff").click()
    with page.expect_response("**/account/look/") as kept:
        page.get_by_role("button", name="Dark").click()
    assert kept.value.status == 204
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/account/")
    expect(page.get_by_label("Dark", exact=True)).to_be_checked()
    page.get_by_label("Compact rows").check()
    page.get_by_label("Chinese characters first").check()
    page.get_by_role("button", name="Save preferences").click()
    expect(page.get_by_text("Your preferences are saved.")).to_be_visible()
    elsewhere = own_window(person, "staff")
    elsewhere.goto("/organisations/?q=Southeast")
    root = elsewhere.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "dark")
    expect(root).to_have_attribute("data-density", "compact")
    expect(elsewhere.locator("a.ttl", has_text="Southeast University").first).to_have_text(
        "东南大学 Southeast University"
    )
    inspect(elsewhere)
    elsewhere.goto("/account/")
    for label in ("As the device", "Roomy rows", "As printed"):
        elsewhere.get_by_label(label).check()
    elsewhere.get_by_role("button", name="Save preferences").click()
    page.goto("/organisations/?q=Southeast")
    expect(page.locator("html")).to_have_attribute("data-density", "normal")


def test_without_script_the_switch_works_as_a_form(person: Person):
    page = person.opens("/accounts/login/", java_script_enabled=False)
    sign_in(page, "manager")
    page.goto("/people/?sort=name")
    page.get_by_text("Account: manager").click()
    page.get_by_role("button", name="Dark").click()
    expect(page).to_have_url(f"{person.address}/people/?sort=name")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_text("Account: manager").click()
    page.get_by_role("button", name="As the device").click()
    expect(page.locator("html")).to_have_attribute("data-kept-theme", "auto")
