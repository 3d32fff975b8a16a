"""A manager reviews the memorandum with Nanjing: by the mouse, and once more by keys alone."""

import re
from collections.abc import Iterator

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, passes_of, served
from tests.browser.person import Person
from tests.browser.test_every_page import inspect

pytestmark = pytest.mark.browser
TITLE = "Nanjing Memorandum of Understanding"
AREAS = [
    "Research and innovation",
    "Industrial matchmaking, technology transfer and commercialisation",
    "Talent training",
    "Academic and people-to-people exchange",
    "Medicine and health",
]
NEXT = timezone.localdate().replace(month=2, day=2) + relativedelta(years=1)  # typed alike in every order of a date


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo of its own: what is decided about an agreement is never taken back, and other tests count what waits."""
    yield from served(tmp_path_factory.mktemp("reviews"))


@pytest.fixture(scope="module")
def passes(browser: Browser, server: Server) -> dict[str, dict]:
    """Who may look at it."""
    return passes_of(browser, server)


def sees_all_that_a_decision_needs(page: Page) -> None:
    """The record in words, exactly five areas with evidence or none, and what may be evidence."""
    known = page.get_by_role("region", name=re.compile("^The agreement"))
    for told in (
        "Memorandum of Understanding with a government",
        "University of Birmingham: signed by Tim Jones",
        "Nanjing Municipal Government: signatory not stated",
        "May, year not stated",
    ):
        expect(known).to_contain_text(told)
    state = page.get_by_role("region", name="Legal state, and what blocks a decision")
    expect(state).to_contain_text("Legal state: unknown, no end date recorded.")
    areas = page.get_by_role("region", name="Areas of cooperation: 5, none with evidence")
    assert areas.locator("> ul > li > span > a.strong").all_inner_texts() == AREAS
    expect(areas.get_by_text("Evidence: none yet.")).to_have_count(5)
    for told in (
        "Shakespeare across China, with Nanjing University",
        "Shakespeare across China, with Phoenix",
        "Joint Research Institute in Biomedical Engineering",
    ):
        expect(areas).to_contain_text(told)
    visits = page.get_by_role("region", name="Visits since the signing")
    expect(visits).to_contain_text("When not known: Nanjing city leaders")


def test_a_manager_decides_and_reads_it_again_as_it_was(person: Person):
    page = person.opens("/", "manager")
    tile = page.get_by_role("region", name="Agreements that need a decision")
    tile.get_by_role("link", name="Go through all that wait for a review").click()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name=TITLE).click()
    sees_all_that_a_decision_needs(page)
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})

    # Nothing is decided without a reason and a day, and what was typed stays.
    person.expects(422)
    page.get_by_label("ask the owner for what is missing", exact=True).check()
    page.get_by_label("Owner", exact=True).select_option(label="staff")
    expect(page.get_by_label("Who is asked").locator("option:checked")).to_have_text("the owner chosen above")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Say when the agreement is to be reviewed next.")
    expect(page.get_by_role("textbox", name="What is missing")).to_have_value(
        re.compile("the start date, the end date, the year of signing")
    )
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("textbox", name=re.compile("^Why")).fill("Its end is not known.")
    page.get_by_label("Next review").fill(NEXT.isoformat())
    page.get_by_label("Reviewer").select_option(label="manager")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"Review \\d+: {TITLE}"))
    inspect(page)
    expect(page.get_by_role("region", name="Decision", exact=True)).to_contain_text("staff is to see to this by")
    expect(page.get_by_role("link", name="See what was asked")).to_be_visible()
    kept = page.url
    said = page.get_by_role("main").inner_text()

    # Whoever reads only sees it, and what is recorded later changes nothing of it.
    viewer = person.opens(kept, "viewer")
    expect(viewer.get_by_role("region", name="Decision", exact=True)).to_contain_text("Its end is not known.")
    person.expects(403)
    address = re.sub(r"reviews/\d+/$", "", kept)
    answer = viewer.request.post(f"{address}review/", form={"decision": "end"}, headers={"referer": address})
    assert answer.status == 403
    manager = person.opens(f"{address}edit/", "manager")
    manager.get_by_label("Title").fill(f"{TITLE}, renamed")
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("renamed")
    page.goto(kept)
    assert re.sub(r"^.*As it was", "", page.get_by_role("main").inner_text(), flags=re.S) == re.sub(
        r"^.*As it was", "", said, flags=re.S
    )


def test_the_same_by_keys_alone_and_the_next_is_one_key_away(person: Person):
    page = person.opens("/reviews/", "manager")
    total = page.locator("main tbody tr").count()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="The list you came from")).to_contain_text(f"1 of {total}")
    first = page.url
    page.keyboard.press("d")
    page.keyboard.press("5")
    expect(page.get_by_label("keep it as it is")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("It is alive.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Conditions, and who disagrees")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Next review")).to_be_focused()
    page.keyboard.type(f"{NEXT:%d%m%Y}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Review 1: ")
    expect(page.get_by_role("region", name="Decision", exact=True)).to_contain_text("It is alive.")
    expect(page.get_by_role("navigation", name="The list you came from")).to_contain_text("Next")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Review: "))
    assert page.url != first

    # To end it, and to name who sees to it, takes no more than keys; what that leads to is a few keys away.
    page.keyboard.press("d")
    page.keyboard.press("4")
    expect(page.get_by_label("end it", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Nobody needs it.")
    page.get_by_label("Owner", exact=True).focus()
    page.keyboard.type("staff")
    page.keyboard.press("Tab")
    page.keyboard.type("manager")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Decision", exact=True)).to_contain_text("Nobody needs it.")
    page.get_by_role("link", name="Record its termination").press("Enter")
    expect(page.get_by_label("Legal event", exact=True)).to_be_focused()
