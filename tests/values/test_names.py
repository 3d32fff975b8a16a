"""Names of persons in either order and two scripts."""

import pytest

from partnerships.values.names import display, guess_parts, lang_of, sort_key


@pytest.mark.parametrize(
    ("printed", "family_first", "parts"),
    [
        ("Tim Jones", False, ("Jones", "Tim")),
        ("Professor Dame Ann van der Berg", False, ("van der Berg", "Ann")),
        ("Zhang Wei", True, ("Zhang", "Wei")),
        ("Wei ZHANG", True, ("ZHANG", "Wei")),
        ("Liu, Yang", False, ("Liu", "Yang")),
        ("Mr Zhang", False, ("Zhang", "")),
        ("张伟", False, ("张", "伟")),
        ("欧阳修", False, ("欧阳", "修")),
        ("Dr.", False, ("", "")),
    ],
)
def test_a_printed_name_is_parted_into_family_and_given(printed, family_first, parts):
    assert guess_parts(printed, family_first) == parts


def test_persons_sort_by_family_name_in_either_order_and_script():
    people = [
        ("Zhang", "Wei", "Zhang Wei"),
        ("Ding", "Bo", "Bo Ding"),
        ("孙", "", "孙"),
        ("", "", "Liu Yang"),
        ("Étienne", "Luc", "Luc Étienne"),
    ]
    assert [person[2] for person in sorted(people, key=lambda person: sort_key(*person))] == [
        "Bo Ding",
        "Luc Étienne",
        "Liu Yang",
        "孙",
        "Zhang Wei",
    ]


def test_the_native_script_follows_the_printed_name_once():
    pairs = (("Zhang Wei", "张伟"), ("Zhang Wei 张伟", "张伟"), ("Zhang Wei", ""), ("", "张伟"))
    assert [display(*pair) for pair in pairs] == ["Zhang Wei 张伟", "Zhang Wei 张伟", "Zhang Wei", "张伟"]


def test_only_chinese_gets_a_language():
    assert (lang_of("张伟"), lang_of("Zhang")) == ("zh-Hans", "")
