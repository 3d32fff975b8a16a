"""Honest dates: what is typed, kept, read and refused."""

from datetime import date
from time import struct_time

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.values.dates import HonestDate, bounds_of, parse_typed, to_words
from partnerships.values.notation import accepted_forms

YEARS = st.integers(1, 9999).map("{:04d}".format)
DAYS = st.dates().map(date.isoformat)
EXACT = YEARS | st.dates().map(lambda day: day.isoformat()[:7]) | DAYS
KNOWN = EXACT | EXACT.map(lambda text: text + "~")
YEARLESS = st.dates().map(lambda day: f"XXXX{day.isoformat()[4:7]}") | st.dates().map(
    lambda day: f"XXXX{day.isoformat()[4:]}"
)
CLOSED = (
    st.tuples(KNOWN, KNOWN)
    .map(sorted)
    .filter(lambda ends: bounds_of(ends[0])[0] <= bounds_of(ends[1])[1])
    .map("/".join)
)
NOTATIONS = KNOWN | YEARLESS | CLOSED | KNOWN.map(lambda text: text + "/..") | KNOWN.map(lambda text: "../" + text)


@pytest.mark.parametrize(
    ("typed", "notation"),
    [
        ("", ""),
        ("2015-09", "2015-09"),
        ("Sep 2015", "2015-09"),
        ("Sept. 2015", "2015-09"),
        (" september   2015 ", "2015-09"),
        ("12 May 2024", "2024-05-12"),
        ("12th of May, 2024", "2024-05-12"),
        ("May 12, 2024", "2024-05-12"),
        ("12/05/2024", "2024-05-12"),
        ("3/4/2026", "2026-04-03"),
        ("3.4.2026", "2026-04-03"),
        ("2024-05-12", "2024-05-12"),
        ("2022", "2022"),
        ("２０２２", "2022"),
        ("May", "XXXX-05"),
        ("May, year not stated", "XXXX-05"),
        ("May (year not stated)", "XXXX-05"),
        ("12 May", "XXXX-05-12"),
        ("29 February", "XXXX-02-29"),
        ("XXXX-05", "XXXX-05"),
        ("about 2015", "2015~"),
        ("c. 2015", "2015~"),
        ("circa May 2015", "2015-05~"),
        ("2015~", "2015~"),
        ("2015 to 2018", "2015/2018"),
        ("from 2015 until 2018", "2015/2018"),
        ("2015-2018", "2015/2018"),
        ("2015–2018", "2015/2018"),
        ("Sep 2015 – Jun 2018", "2015-09/2018-06"),
        ("about 2015 to 2018", "2015~/2018"),
        ("2015-09/2018", "2015-09/2018"),
        ("from 2022", "2022/.."),
        ("since May 2022", "2022-05/.."),
        ("2022 onwards", "2022/.."),
        ("2022/..", "2022/.."),
        ("until 2026", "../2026"),
        ("../2026", "../2026"),
        ("2015年9月", "2015-09"),
        ("2015年9月3日", "2015-09-03"),
        ("9月", "XXXX-09"),
        ("2026/5/3", "2026-05-03"),
        ("2026.5.3", "2026-05-03"),
        ("2026.05", "2026-05"),
        ("2026 May", "2026-05"),
        ("2026, May 3", "2026-05-03"),
        ("12-May-2026", "2026-05-12"),
        ("12-14 May 2026", "2026-05-12/2026-05-14"),
        ("12th–14th of May, 2026", "2026-05-12/2026-05-14"),
        ("from 12 to 14 May 2026", "2026-05-12/2026-05-14"),
        ("May 12-14, 2026", "2026-05-12/2026-05-14"),
        ("28 May – 2 June 2026", "2026-05-28/2026-06-02"),
        ("28 May to 2 June 2026", "2026-05-28/2026-06-02"),
        ("May-June 2024", "2024-05/2024-06"),
        ("May to June 2024", "2024-05/2024-06"),
        ("12 May 2026 - 14 May 2026", "2026-05-12/2026-05-14"),
        ("2026年5月3日至5日", "2026-05-03/2026-05-05"),
        ("2026年5月3-5日", "2026-05-03/2026-05-05"),
        ("2026年5月28日至6月2日", "2026-05-28/2026-06-02"),
        ("2025年12月至2026年1月", "2025-12/2026-01"),
        ("二〇二六年五月十二日", "2026-05-12"),
        ("二零一九年十月三十一日", "2019-10-31"),
        ("十二月", "XXXX-12"),
        ("二○二六年五月三日至二十日", "2026-05-03/2026-05-20"),
    ],
)
def test_what_people_type_becomes_a_notation(typed, notation):
    assert parse_typed(typed).notation == notation


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("30 Feb 2015", "There is no 30 February 2015."),
        ("29 February 2015", "There is no 29 February 2015."),
        ("30 February", "There is no 30 February."),
        ("0000", "There is no year 0."),
        ("0000-05", "There is no year 0."),
        ("10000", "The year 10000 is too late: years run from 1 to 9999."),
        ("1 May 10000", "The year 10000 is too late: years run from 1 to 9999."),
        ("3/4/26", "Write the year with four figures: “26” could be more than one."),
        ("12 May 24", "Write the year with four figures: “24” could be more than one."),
        ("2015-13", "There is no month 13."),
        ("2018 to 2015", "The interval ends before it begins."),
        ("May to June", "An interval needs the year of both its ends."),
        ("12-14 May", "An interval needs the year of both its ends."),
        ("30 April - 31 April 2026", "There is no 31 April 2026."),
        ("14-12 May 2026", "The interval ends before it begins."),
        ("12-14 Mai 2026", "“12 Mai 2026” is not a date that can be read."),
        ("December to January 2026", "The interval ends before it begins."),
        ("二〇二六年二月三十日", "There is no 30 February 2026."),
        ("十十月", "“十十月” is not a date that can be read."),
        ("2011/12", "“2011/12” could be a month or two years: write 2015-09, or both years as 2015-2016."),
        ("../..", "An interval needs a beginning or an end."),
        ("about May", "A date without a year cannot be approximate too; keep “about” in the wording."),
        ("Last Year", "“Last Year” is not a date that can be read."),
        ("2015?", "“2015?” is not a date that can be read."),
        ("XXXX", "“XXXX” is not a date that can be read."),
        ("9" * 90, "The year 999999999999 is too late: years run from 1 to 9999."),
        ("x" * 101, "A date has at most 100 characters; this has 101."),
    ],
)
def test_a_refused_date_names_the_fault_and_the_accepted_forms(typed, reason):
    with pytest.raises(ValueError) as refused:
        parse_typed(typed)
    assert str(refused.value) == f"{reason} {accepted_forms()}"


def test_a_nul_character_in_a_date_is_refused():
    with pytest.raises(ValueError) as refused:
        parse_typed("2015\x00")
    assert str(refused.value) == "The text holds a NUL character, which cannot be kept. Delete it and try again."


@pytest.mark.parametrize(
    "example", ["12 May 2024", "12–14 May 2024", "May 2024", "2024", "May (year not stated)", "about 2015"]
)
def test_every_form_that_the_error_names_is_accepted(example):
    assert example in accepted_forms()
    assert parse_typed(example).notation


@pytest.mark.parametrize(
    ("notation", "words", "bounds"),
    [
        ("2015", "2015", (date(2015, 1, 1), date(2015, 12, 31))),
        ("2015-09", "September 2015", (date(2015, 9, 1), date(2015, 9, 30))),
        ("2024-02", "February 2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-05-12", "12 May 2024", (date(2024, 5, 12), date(2024, 5, 12))),
        ("XXXX-05", "May, year not stated", (None, None)),
        ("XXXX-05-12", "12 May, year not stated", (None, None)),
        ("2015~", "about 2015", (date(2015, 1, 1), date(2015, 12, 31))),
        ("2015/2018", "2015 to 2018", (date(2015, 1, 1), date(2018, 12, 31))),
        ("2026-05-12/2026-05-14", "12 to 14 May 2026", (date(2026, 5, 12), date(2026, 5, 14))),
        ("2026-05-28/2026-06-02", "28 May to 2 June 2026", (date(2026, 5, 28), date(2026, 6, 2))),
        ("2024-05/2024-06", "May to June 2024", (date(2024, 5, 1), date(2024, 6, 30))),
        ("2024-05-02/2024-06", "2 May 2024 to June 2024", (date(2024, 5, 2), date(2024, 6, 30))),
        ("2022/..", "2022 onwards", (date(2022, 1, 1), None)),
        ("../2026", "until 2026", (None, date(2026, 12, 31))),
        ("0001", "0001", (date(1, 1, 1), date(1, 12, 31))),
        ("9999", "9999", (date(9999, 1, 1), date(9999, 12, 31))),
        ("", "", (None, None)),
    ],
)
def test_a_notation_reads_in_words_and_has_bounds(notation, words, bounds):
    assert (to_words(notation), bounds_of(notation)) == (words, bounds)


@pytest.mark.parametrize(
    "notation",
    [
        "2015-9",
        "15",
        "2015-09-",
        "2015?",
        "2015%",
        "199X",
        "XXXX",
        "XXXX-05~",
        "2015/",
        "/2015",
        "../..",
        "0000",
        "2015 ",
        "2018/2015",
        "XXXX-05/XXXX-06",
        "2015-02-29",
        "XXXX-02-30",
        "2015-00",
        "2015-01-00",
        "2015/2016/2017",
        "２０１５",
        "-2015",
    ],
)
def test_a_notation_outside_the_subset_is_refused(notation):
    with pytest.raises(ValueError):
        HonestDate.from_notation(notation)


@given(NOTATIONS)
def test_words_read_back_as_the_notation_they_came_from(notation):
    assert parse_typed(to_words(notation)).notation == notation


@given(NOTATIONS)
def test_a_notation_can_be_typed_as_it_is(notation):
    assert parse_typed(notation).notation == notation


@settings(deadline=None)
@given(NOTATIONS.filter(lambda notation: "XXXX" not in notation))
def test_bounds_agree_with_the_edtf_library(notation):
    parsed = parse_edtf(notation)
    theirs = tuple(
        date(*bound[:3]) if isinstance(bound, struct_time) else None
        for bound in (parsed.lower_strict(), parsed.upper_strict())
    )
    assert bounds_of(notation) == theirs


@settings(deadline=None)
@given(YEARLESS)
def test_the_edtf_library_accepts_a_date_without_a_year(notation):
    assert str(parse_edtf(notation)) == notation


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        outcome = parse_typed(text)
    except ValueError as refused:
        outcome = str(refused)
    assert outcome.endswith(".") if isinstance(outcome, str) else HonestDate.from_notation(outcome.notation) == outcome


def test_the_claims_of_a_date_follow_its_notation():
    claims = {
        notation: (made.is_approximate, made.is_open, made.starts_open, made.year_known, made.month_without_year)
        for notation in ("", "2015", "2015~", "2022/..", "../2026", "XXXX-05")
        for made in [HonestDate.from_notation(notation)]
    }
    assert claims == {
        "": (False, False, False, False, None),
        "2015": (False, False, False, True, None),
        "2015~": (True, False, False, True, None),
        "2022/..": (False, True, False, True, None),
        "../2026": (False, False, True, True, None),
        "XXXX-05": (False, False, False, False, 5),
    }


def test_a_relative_date_has_words_and_no_bounds():
    relative = HonestDate(wording="last year")
    assert (bool(relative), str(relative), relative.earliest, relative.latest) == (True, "“last year”", None, None)
    assert not HonestDate()
