"""An agreement is led from its proposal to the register by two people, with one return and one lost approval."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import pick, save
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser


def proposed(page: Page, title: str) -> str:
    """Record an agreement that is proposed; the path of its page."""
    page.goto("/agreements/new/")
    page.get_by_label("Title").fill(title)
    for number, (typed, name) in enumerate((("birm", "University of Birmingham"), ("jitri", "Jiangsu Industry"))):
        box = page.locator(f"[name=partys-{number}-organisation]").locator("xpath=..").get_by_role("combobox")
        pick(page, box, typed, name)
    page.locator("summary", has_text="In the office").click()
    page.get_by_label("Workflow step").select_option(label="proposed")
    save(page)
    return page.url


def decides(page: Page, step: str, decision: str, **typed: str) -> None:
    """Answer every question with yes by keyboard, and decide."""
    form = page.locator(f"form.step[action$='/{step}/']")
    expect(form).to_be_visible()  # a script fetches it into the record's page
    for question in form.locator(".question").all():
        question.get_by_label("yes", exact=True).focus()
        page.keyboard.press("Space")
    form.get_by_label(decision, exact=True).check()
    for label, words in typed.items():
        form.get_by_label(label).fill(words)
    form.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")


def stands(page: Page, words: str) -> None:
    """See where the agreement stands."""
    expect(page.locator(".way [aria-current=step]")).to_have_text(words)


def test_an_agreement_is_led_to_the_register_by_two_people(person: Person):
    person.expects(422)
    staff = person.opens("/", "staff")
    address = proposed(staff, "River exchange")
    stands(staff, "Proposed")
    expect(staff.locator("#steps")).to_contain_text("So somebody else must decide on it")

    manager = person.opens(address, "manager")
    decides(manager, "due-diligence", "Return it, to be changed and proposed anew", Why="Name the areas")
    expect(manager.locator("#steps")).to_contain_text(re.compile("Returned by manager on .*: Name the areas"))
    decides(manager, "due-diligence", "Approve it")
    stands(manager, "Initial due diligence")
    decides(manager, "academic-approval", "Approve it with conditions")
    expect(manager.get_by_role("alert")).to_contain_text("Conditions: Name the conditions.")
    manager.get_by_role("textbox", name="Conditions").fill("For two years")
    manager.locator("form.step button[type=submit]").click()
    stands(manager, "Academic approval")
    expect(manager.locator("#steps")).to_contain_text("Conditions: For two years")

    staff.goto(f"{address}edit/")
    staff.get_by_role("textbox", name="Purpose").fill("Students go both ways")
    save(staff)
    manager.goto(address)
    expect(manager.locator("#steps")).to_contain_text("(Purpose): approve again")
    inspect(manager)
    manager.set_viewport_size({"width": 1280, "height": 900})
    for step, place in (
        ("due-diligence", "Initial due diligence"),
        ("academic-approval", "Academic approval"),
        ("legal-review", "Legal review"),
    ):
        decides(manager, step, "Approve it")
        stands(manager, place)
    manager.get_by_role("button", name="Say that it is out for signature").click()
    stands(manager, "Out for signature")
    manager.get_by_role("group", name=re.compile("Birmingham.* signed")).get_by_role("textbox").nth(0).fill("2026")
    manager.get_by_role("button", name="Register it").click()
    expect(manager.get_by_role("alert")).to_contain_text("Say why it is not known who signed for Jiangsu")
    manager.get_by_label("Why, or a remark").fill("Their copy is on its way")
    manager.get_by_role("button", name="Register it").click()
    stands(manager, "Registered")
    expect(manager.get_by_text(re.compile(r"with the reference A-\d{4}-0001"))).to_be_visible()
    expect(manager.locator("#steps ol.steps").first.locator("> li")).to_have_count(9)
