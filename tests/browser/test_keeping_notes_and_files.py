"""Somebody of the staff notes a call on a record's page, attaches a file, downloads it and sees the timeline."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.attachments.files import PDF
from tests.browser.person import Person

pytestmark = pytest.mark.browser


def opened(person: Person, account: str = "staff") -> Page:
    """The page of a visit."""
    page = person.opens("/visits/", account)
    page.locator("main tbody a.ttl").first.click()
    expect(page).to_have_url(re.compile(r"/visits/\d+/$"))
    return page


def test_a_note_is_added_in_place_and_stands_on_the_timeline(person: Person):
    page = opened(person)
    notes = page.locator("#notes")
    notes.scroll_into_view_if_needed()
    notes.get_by_text("Add a note").click()
    notes.get_by_label("Kind").select_option("call")
    notes.get_by_label(re.compile("^Note")).fill("They promised a draft.")
    notes.get_by_role("button", name="Save the note").click()
    expect(page).to_have_url(re.compile(r"/visits/\d+/#notes$"))
    expect(page.locator(".msgs")).to_contain_text("The note was added.")
    expect(notes.locator(".entries")).to_contain_text("They promised a draft.")
    timeline = page.locator("#timeline")
    timeline.scroll_into_view_if_needed()
    expect(timeline.locator(".tl").first).to_contain_text("They promised a draft.")
    timeline.get_by_role("link", name="Notes", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
    expect(page.locator(".tl")).to_contain_text("They promised a draft.")


def test_a_file_is_attached_downloaded_and_an_unfit_one_refused_by_name(person: Person, tmp_path: Path):
    page = opened(person)
    files = page.locator("#files")
    files.scroll_into_view_if_needed()
    files.get_by_text("Attach a file").click()
    files.get_by_label(re.compile("^File")).set_input_files(
        {"name": "备忘录 draft.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    files.get_by_label(re.compile("^What it is")).fill("Draft of the memorandum")
    files.get_by_role("button", name="Attach the file").click()
    expect(page).to_have_url(re.compile(r"/visits/\d+/#files$"))
    link = files.get_by_role("link", name="备忘录 draft.pdf").first
    with page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "got.pdf")
    assert (download.value.suggested_filename, (tmp_path / "got.pdf").read_bytes()) == ("备忘录 draft.pdf", PDF)
    person.expects(422)
    files.get_by_text("Attach a file").click()
    files.get_by_label(re.compile("^File")).set_input_files(
        {"name": "page.html", "mimeType": "text/html", "buffer": b"<html>"}
    )
    files.get_by_label(re.compile("^What it is")).fill("A web page")
    files.get_by_role("button", name="Attach the file").click()
    expect(page.locator(".errsum")).to_contain_text("“page.html” was not kept. Files that end in .html")
    expect(page.get_by_label(re.compile("^What it is"))).to_have_value("A web page")


def test_without_script_the_links_lead_to_the_parts_and_a_note_is_added(person: Person):
    page = person.opens("/visits/1/", "staff", java_script_enabled=False)
    page.get_by_role("link", name="All notes").click()
    page.get_by_text("Add a note").click()
    page.get_by_label(re.compile("^Note")).fill("Written without script.")
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_url(re.compile(r"/visits/1/#notes$"))
    page.get_by_role("link", name="All notes").click()
    expect(page.locator(".entries")).to_contain_text("Written without script.")
