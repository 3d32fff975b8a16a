"""What is proposed from texts is right nine times in ten at least, and a long text is read in no time."""

from pathlib import Path
from time import process_time

import pytest

from partnerships.access.roles import Role
from partnerships.intake.knowing import gazetteer_for
from partnerships.intake.measuring import measure
from partnerships.intake.recognition import Gazetteer, Known, recognise
from partnerships.intake.recognition.people import family_first
from partnerships.models import OrganisationName
from partnerships.records import catalogue
from tests.samples import home, organisation

NOTES = Path(__file__).parent / "notes"


def lines(text: str, gazetteer: Gazetteer | None = None) -> set[tuple[str, str]]:
    """Kinds and values that are proposed."""
    return {(one.kind, one.measured) for one in recognise(text, gazetteer or Gazetteer())}


def filled() -> Gazetteer:
    """The names that the notes share with the register."""
    made = Gazetteer()
    names = [("University of Birmingham", "伯明翰大学", True), ("University of Liverpool", "利物浦大学", True)]
    names += [("Southeast University", "东南大学", False), ("Sichuan University", "四川大学", False)]
    for pk, (latin, han, ours) in enumerate(names, 1):
        made.add(Known("organisation", pk, latin, ours), latin, han)
    return made


@pytest.mark.parametrize("gazetteer", [filled(), Gazetteer()], ids=["filled", "empty"])
def test_nine_proposals_in_ten_are_right_on_ten_press_notes(gazetteer):
    measured = measure(NOTES, NOTES, gazetteer)
    assert measured.there.total() == 216
    assert measured.precision >= 0.9, measured.wrong
    assert measured.recall >= 0.8, measured.missed


def test_a_name_is_found_in_both_scripts_and_orders():
    known = Gazetteer()
    known.add(Known("organisation", 7, "Sun Yat-Sen University"), "Sun Yat-Sen University", "SYSU", "中山大学")
    known.add(Known("person", 8, "Zhang Jinghua"), "Zhang Jinghua")
    for text in ("They met at Sun Yat Sen University.", "They met SYSU.", "他们访问中山大学。"):
        assert ("organisation", "Sun Yat-Sen University") in lines(text, known)
    assert ("person", "Zhang Jinghua") in lines("Then Jinghua Zhang spoke.", known)


@pytest.mark.parametrize(
    ("text", "words", "notation"),
    [
        ("They came on 12–14 May 2026.", "12–14 May 2026", "2026-05-12/2026-05-14"),
        ("They came from 28 May to 2 June 2026.", "28 May to 2 June 2026", "2026-05-28/2026-06-02"),
        ("They came on May 12-14, 2026.", "May 12-14, 2026", "2026-05-12/2026-05-14"),
        ("代表团于2026年5月3日至5日来访。", "2026年5月3日至5日", "2026-05-03/2026-05-05"),
        ("协议于二〇二六年五月十二日签署。", "二〇二六年五月十二日", "2026-05-12"),
        ("They came on 12 and 13 May 2026.", "12 and 13 May 2026", ""),
        ("They came on 12 May and left on 14 May 2026.", "12 May", "XXXX-05-12"),
    ],
)
def test_days_of_a_visit_are_read_together_and_not_the_last_of_them_alone(text, words, notation):
    found = [one for one in recognise(text, Gazetteer()) if one.kind == "date"]
    assert (found[0].value, found[0].more["notation"]) == (words, notation)


def test_suggestions_are_asked_and_a_bullet_that_tells_a_visit_is_no_area():
    text = (
        "I have two suggestions: 1. To share a laboratory. We could do much. 2. To exchange staff.\n"
        "We work together in the following areas:\n- Rivers - all of them\n- Leaders visited us this year."
    )
    found = lines(text)
    assert {("ask", "To share a laboratory"), ("ask", "To exchange staff"), ("area", "Rivers")} <= found
    assert [value for kind, value in found if kind == "area"] == ["Rivers"]


def test_a_place_is_told_by_the_words_beside_it_and_is_none_inside_an_office():
    text = (
        "Dr Emily Foster, Head of China Partnerships, visited Leeds and worked at the Edgbaston campus.\n"
        "The Lakeside Institute of Rivers, based in Stratford-upon-Avon, has the University campus in mind."
    )
    assert {value for kind, value in lines(text) if kind == "place"} == {
        "Leeds",
        "Edgbaston campus",
        "Stratford-upon-Avon",
    }


@pytest.mark.parametrize(
    ("name", "first"),
    [("Zhang Weiming", True), ("Ouyang Nana", True), ("Yulong Ding", False), ("Tim Jones", False), ("Ma Li", False)],
)
def test_a_name_that_begins_with_a_chinese_family_name_and_ends_with_none_is_printed_family_first(name, first):
    assert family_first(name) is first


def test_a_quotation_stands_in_its_paragraph_and_has_at_most_fifteen_words():
    text = (NOTES / "en1.txt").read_text(encoding="utf-8")
    paragraphs = [line for line in text.split("\n") if line.strip()]
    for one in recognise(text, filled()):
        assert one.quotation in paragraphs[one.span.paragraph - 1]
        assert len(one.quotation.split()) <= 15


@pytest.mark.parametrize(
    "piece", ["A ", "Aa", "University ", "a.", "张校长", "1. ", "Mr A ", "Science and ", "£1", "+44 ", "a@"]
)
def test_a_text_made_to_be_slow_is_read_in_seconds(piece):
    before = process_time()
    recognise(piece * (4_000 // len(piece)), filled())
    assert process_time() - before < 5


def test_a_hidden_name_is_never_proposed(db):
    home("Our University")
    secret = organisation("Hidden Ministry Partners", visibility=3)
    OrganisationName.objects.create(organisation=secret, value="HMPX", kind="acronym")
    catalogue.rebuild()
    text = "They met HMPX in Leeds."
    assert ("organisation", secret.name) in lines(text, gazetteer_for(Role.MANAGER))
    assert ("organisation", secret.name) not in lines(text, gazetteer_for(Role.STAFF))
