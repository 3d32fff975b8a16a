"""What pasted rows are understood as, whatever the order of their columns, and what is refused with its line."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.visits.pasting import Unreadable, delegate_of, read


def understood(text: str, family_first: bool = False) -> list[tuple]:
    """Each row: name, family name, native script, form of address, post, organisation, part."""
    sheet = read(text)
    found = [delegate_of(row, sheet.holds, family_first) for row in sheet.rows]
    return [
        (one.name, one.family_name, one.native_name, one.title, one.post, one.organisation, one.role) for one in found
    ]


ZHANG = ("Zhang Jinghua", "Zhang", "张京华", "Mr", "Party Secretary", "Nanjing Municipal Government", "")


@pytest.mark.parametrize(
    "text",
    [
        "Name\tChinese name\tTitle\tPosition\tOrganisation\n"
        "Zhang Jinghua\t张京华\tMr\tParty Secretary\tNanjing Municipal Government",
        "Organisation;Position;Name;中文姓名;Title\n"
        "Nanjing Municipal Government;Party Secretary;Zhang Jinghua;张京华;Mr",
        '单位,职务,姓名,中文名,称谓\n"Nanjing Municipal Government",Party Secretary,Zhang Jinghua,张京华,Mr',
        "1\tMr\tZhang Jinghua\t张京华\tParty Secretary\tNanjing Municipal Government\tsomebody@example.org",
        "Party Secretary\tNanjing Municipal Government\tMr\t张京华\tZhang Jinghua\t+86 25 1234 5678",
        "No,E-mail,Name,Position,Institution\n1,a@example.org,Mr Zhang Jinghua 张京华,Party Secretary,"
        "Nanjing Municipal Government",
        "Surname\tGiven name\tChinese\tTitle\tPost\tUnit\nZhang\tJinghua\t张京华\tMr\tParty Secretary\t"
        "Nanjing Municipal Government",
    ],
    ids=["heads", "semicolons", "chinese heads", "no heads", "another order", "one cell for all", "two parts"],
)
def test_the_same_delegate_is_understood_in_any_order(text):
    assert understood(text) == [ZHANG]


@pytest.mark.parametrize(
    ("text", "family_first", "expected"),
    [
        ("Wei Zhang\nYulong Ding", False, [("Wei Zhang", "Zhang"), ("Yulong Ding", "Ding")]),
        ("Zhang Wei\nDing Yulong", True, [("Zhang Wei", "Zhang"), ("Ding Yulong", "Ding")]),
        ("ZHANG Wei\nYulong DING", False, [("ZHANG Wei", "ZHANG"), ("Yulong DING", "DING")]),
        ("姓名\n张伟\n欧阳修", False, [("张伟", "张"), ("欧阳修", "欧阳")]),
    ],
)
def test_family_names_are_told_by_the_script_the_capitals_or_what_was_said(text, family_first, expected):
    assert [one[:2] for one in understood(text, family_first)] == expected


def test_contact_details_are_left_out_and_a_formula_is_text():
    sheet = read("Name\tE-mail\tPhone\tNotes\n=HYPERLINK(1) Zhang\ta@example.org\t12345678\t=1+1")
    one = delegate_of(sheet.rows[0], sheet.holds, False)
    assert (one.name, one.notes) == ("=HYPERLINK(1) Zhang", "=1+1")
    assert "example" not in repr(one)


def test_who_leads_and_who_interprets_is_read_from_its_column():
    text = "Name\tPart\nA Bee\tHead of delegation\nC Dee\tinterpreter\nE Eff\tfriend"
    assert [one[-1] for one in understood(text)] == ["head", "interpreter", ""]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no row yet."),
        ("Name\tPost", "nothing below it"),
        ("\n".join(f"Person Number{n}" for n in range(201)), "These are 201 rows; at most 200"),
        ("\n".join(f"Person {n}" for n in range(5000)), "These are 5000 rows; at most 200"),
        ("x" * 100_001, "more than 100 kB"),
        ("\t".join("abcdefghijklmnopqrstuvwxyz"), "Line 1 has 26 columns"),
        ("Name\nA Bee\nC\x07 Dee", "Line 3: "),
        ("Name\tPost\nA Bee\tx\n\ty", "Line 3 names nobody"),
        (f"Name\nA Bee\n{'x' * 161}", "Line 3: the name has 161 characters"),
    ],
)
def test_what_is_not_taken_is_named_with_its_line_or_limit(text, sentence):
    with pytest.raises(Unreadable) as refused:
        understood(text)
    assert sentence in str(refused.value)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(st.text(max_size=12), max_size=12).map("\t".join))
def test_any_text_is_understood_or_refused_with_a_sentence(text):
    with suppress(Unreadable):
        assert all(one[0] for one in understood(text))
