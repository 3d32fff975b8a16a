"""Signing in and out, and what a viewer is offered."""

import re

import pytest
from playwright.sync_api import expect

from partnerships.records.kinds import kinds
from tests.browser.person import Person
from tests.browser.steps import sign_in

pytestmark = pytest.mark.browser


def test_signing_in_leads_to_the_page_that_was_asked_for_and_out_of_everything(person: Person):
    page = person.opens("/agreements/?sort=type")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill("accord-demo")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/agreements/\?sort=type$"))
    page.get_by_text("Account: staff").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto("/agreements/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_said_so_and_the_name_is_kept(person: Person):
    page = person.opens("/")
    sign_in(page, "viewer", "not the password")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("password", re.IGNORECASE))
    expect(page.get_by_label("User name")).to_have_value("viewer")
    expect(page.get_by_label("Password")).to_have_value("")
    page.get_by_label("Password").fill("accord-demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="The register today")).to_be_visible()


def test_a_viewer_is_offered_nothing_that_a_viewer_may_not_do(person: Person):
    page = person.opens("/", "viewer")
    doing = page.get_by_role("link", name=re.compile("^(New [a-z]|Edit|Delete|Log a|Record a)"))
    for kind in kinds():
        page.goto(f"/{kind.path}/")
        expect(page.get_by_role("heading", name=kind.plural, exact=True)).to_be_visible()
        assert doing.all_inner_texts() == [], kind.path
    for path in ("/", "/visits/1/", "/organisations/19/"):
        page.goto(path)
        assert doing.all_inner_texts() == [], path
