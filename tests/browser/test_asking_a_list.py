"""A manager narrows the agreements down, and the list, its count and its export agree."""

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.steps import pick, titles

pytestmark = pytest.mark.browser

ALL = 7
BOTH_TRIPLE = "2022 agreement with JITRI and the Shanghai Yangtze Delta Innovation Institute"
IN_JIANGSU = {
    BOTH_TRIPLE,
    "Agreement with Nanjing Borui Life Science Research Institute on brain health research",
    "Agreement with Southeast University on a Joint Research Institute in Biomedical Engineering",
    "Nanjing Memorandum of Understanding",
    "PhD programme agreement with JITRI (new agreement)",
}


def asked(page: Page) -> dict[str, list[str]]:
    """The conditions that the address holds."""
    return parse_qs(urlsplit(page.url).query)


def in_jiangsu(person: Person) -> Page:
    """The agreements with partners in Jiangsu, as a manager finds them."""
    page = person.opens("/agreements/", "manager")
    rail = page.get_by_role("search", name="Filters")
    rail.locator("summary", has_text="A party is in").click()
    pick(page, rail.get_by_role("combobox", name="A party is in"), "jiangsu", "Jiangsu")
    rail.get_by_role("button", name="Show").click()
    expect(page.get_by_role("list", name="Conditions")).to_contain_text("Jiangsu")
    return page


def test_partners_in_a_province_are_found_and_every_condition_can_be_taken_out_again(person: Person):
    page = in_jiangsu(person)
    assert (set(titles(page)), len(titles(page))) == (IN_JIANGSU, len(IN_JIANGSU))
    expect(page.locator(".count")).to_contain_text(f"{len(IN_JIANGSU)} agreements")
    rail = page.get_by_role("search", name="Filters")
    rail.get_by_label("Words in the name").fill("memorandum")
    rail.get_by_role("button", name="Show").click()
    assert titles(page) == ["Nanjing Memorandum of Understanding"]
    conditions = page.get_by_role("list", name="Conditions")
    expect(conditions.locator(".chip")).to_have_count(2)
    conditions.get_by_role("link", name=re.compile("^Remove A party is in: Jiangsu")).click()
    expect(conditions.locator(".chip")).to_have_count(1)
    assert "place" not in asked(page)
    page.go_back()
    expect(conditions.locator(".chip")).to_have_count(2)
    page.go_back()
    assert set(titles(page)) == IN_JIANGSU
    expect(page.get_by_label("Words in the name")).to_have_value("")
    conditions.get_by_role("link", name="Clear all").click()
    expect(conditions).to_have_count(0)
    assert len(titles(page)) >= ALL


def test_a_head_sorts_both_ways_and_keeps_the_conditions(person: Person):
    page = in_jiangsu(person)
    head = page.get_by_role("columnheader", name="Agreement")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    first, order = titles(page), head.get_attribute("aria-sort")
    head.get_by_role("link").click()
    expect(head).not_to_have_attribute("aria-sort", order or "")
    assert (titles(page), set(first)) == (first[::-1], IN_JIANGSU)
    assert "place" in asked(page)


def test_a_span_of_dates_says_what_is_certain_and_shows_the_possible_ones_in_one_click(person: Person):
    page = person.opens("/agreements/", "manager")
    rail = page.get_by_role("search", name="Filters")
    rail.locator("summary", has_text=re.compile("^Signed$")).click()
    rail.get_by_label("Signed from").fill("2022")
    rail.get_by_label("Signed to").fill("2022")
    rail.get_by_role("button", name="Show").click()
    assert titles(page) == [BOTH_TRIPLE]
    expect(page.locator(".count")).to_contain_text("1 certain")
    possible = int(re.search(r"(\d+) possible", page.locator(".count").inner_text())[1])
    assert possible >= ALL - 1
    page.get_by_role("link", name="Show the possible ones too").click()
    expect(page.locator(".count")).to_contain_text("Both are shown")
    assert len(titles(page)) == 1 + possible
    page.get_by_role("link", name="Show the certain ones only").click()
    assert titles(page) == [BOTH_TRIPLE]


def test_the_export_holds_the_rows_of_the_list_in_their_order(person: Person, tmp_path: Path):
    page = in_jiangsu(person)
    page.get_by_role("columnheader", name="Signed", exact=True).get_by_role("link").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Export 5 rows")).click()
    waiting.value.save_as(tmp_path / "agreements.csv")
    with (tmp_path / "agreements.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == page.get_by_role("columnheader").all_inner_texts()
    assert [row[0] for row in rows] == titles(page)


def test_a_misspelt_condition_is_named_and_nothing_is_listed(person: Person):
    person.expects(400)
    page = person.opens("/agreements/?stattus=active&q=memorandum", "manager")
    expect(page.get_by_role("main")).to_contain_text("stattus")
    assert titles(page) == []
    page.get_by_role("link", name="Ask without what is wrong").click()
    assert titles(page) == ["Nanjing Memorandum of Understanding"]
    page.go_back()
    page.get_by_role("link", name="Show all agreements").click()
    assert len(titles(page)) >= ALL
