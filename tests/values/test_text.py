"""Text: what is refused, what is cleaned, and the keys it is found by."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnerships.values.text import clean_text, has_han, is_han, normalise, pinyin, squeezed
from partnerships.values.validators import no_control_characters, web_address


@pytest.mark.parametrize(
    "bad",
    ["a\x00b", "a\ud800b", "a\x07b", "a\x7fb", "a\u202eb", "a\u2066b", "e" + "\u0301" * 11, "e" + "\u0301" * 5000],
)
def test_text_that_cannot_be_kept_or_read_is_refused_with_a_sentence(bad):
    with pytest.raises(ValueError, match=r"^The text .*\.$"):
        clean_text(bad, multiline=True)
    with pytest.raises(ValidationError):
        no_control_characters(bad)


def test_an_exact_quotation_refuses_only_what_cannot_be_stored():
    odd = " a\t\u202e b\x07\r\ne\u0301 "
    assert clean_text(odd, exact=True) == odd
    for bad in ("a\x00", "a\udfff"):
        with pytest.raises(ValueError):
            clean_text(bad, exact=True)


def test_one_line_is_trimmed_and_composed_and_keeps_no_break_spaces():
    assert clean_text("  Cafe\u0301 \t of\r\n\n10\u00a0km ") == "Café of 10\u00a0km"


def test_lines_keep_their_blanks_and_get_one_kind_of_end():
    assert clean_text(" a  b\r\nc\rd\n", multiline=True) == "a  b\nc\nd"


def test_ten_marks_on_a_letter_are_kept():
    assert clean_text("q" + "\u0323" * 10) == "q" + "\u0323" * 10


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Xi'an Jiaotong-Liverpool", "xian jiaotong liverpool"),
        ("Xi’an", "xian"),
        ("Université  d‘Été", "universite dete"),
        ("Straße", "strasse"),
        ("ＸＪＴＬＵ", "xjtlu"),
        ("A\u00a0B_C/D", "a b c d"),
        ("西交利物浦大学（XJTLU）", "西交利物浦大学 xjtlu"),
        ("…", ""),
    ],
)
def test_the_search_key_forgives_case_accents_apostrophes_and_signs(text, key):
    assert normalise(text) == key


def test_the_part_of_a_name_is_contained_in_its_key():
    assert normalise("Xian Jiaotong") in normalise("Xi'an Jiaotong-Liverpool University")
    assert squeezed("Liver pool") == squeezed("Liverpool") == "liverpool"


@given(st.text())
def test_a_search_key_is_its_own_key(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_clean_text_is_clean(text):
    try:
        cleaned = clean_text(text)
    except ValueError:
        return
    assert clean_text(cleaned) == cleaned


def test_pinyin_is_toneless_and_in_one_word():
    assert [pinyin(text) for text in ("西交利物浦大学", "南京 Nanjing 大学", "Nanjing", "")] == [
        "xijiaoliwupudaxue",
        "nanjingdaxue",
        "",
        "",
    ]


def test_chinese_is_recognised():
    assert [(has_han(text), is_han(text)) for text in ("张伟", "Zhang 张", "Zhang", "", "西交（利物浦）")] == [
        (True, True),
        (True, False),
        (False, False),
        (False, False),
        (True, True),
    ]


@pytest.mark.parametrize("address", ["https://www.xjtlu.edu.cn/en/", "http://example.org:8080/a?b=c#d"])
def test_http_addresses_are_accepted(address):
    assert web_address(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://example.org",
        "//example.org",
        "example.org",
        "https://",
        "https://exa mple.org",
        "http://[::1",
        "java\tscript:alert(1)",
        "https://example.org\x00",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ValidationError):
        web_address(address)


NOTHING = [
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u00ad",
    "\u3164",
    "\u034f",
    "\u115f",
    "\u2800",
    "\u200d\u200c",
    "\ufe0f",
    " \u200b ",
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_that_shows_nothing_is_empty(text):
    assert [clean_text(text), clean_text(text, multiline=True), clean_text(text, exact=True)] == ["", "", ""]


def test_signs_that_nobody_sees_go_and_joiners_that_scripts_need_stay():
    assert clean_text("\ufeffLiver\u00adpool\u200b Univer\u2060sity") == "Liverpool University"
    for word in ("می\u200cخواهم", "क\u094d\u200dष", "👩\u200d🔬", "❤\ufe0f", "葛\U000e0100"):
        assert clean_text(word) == word


@pytest.mark.parametrize("bad", ["a\x80b", "a\x85b", "a\x9fb"])
def test_control_characters_of_the_second_set_are_refused(bad):
    with pytest.raises(ValueError, match=r"^The text holds the control character U\+00"):
        clean_text(bad)


def test_accents_are_counted_across_signs_that_nobody_sees():
    for between in ("\u200b", "\u200d", "\u034f"):
        with pytest.raises(ValueError, match="piles more than 10 accents"):
            clean_text("q" + "\u0323" * 6 + between + "\u0323" * 6)
