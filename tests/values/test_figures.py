"""What a picture draws of a term is never surer than its dates."""

from datetime import date

import pytest

from partnerships.values.dates import HonestDate
from partnerships.values.figures import (
    UNKNOWN,
    Mark,
    Years,
    draw_axis,
    draw_share,
    draw_strip,
    draw_two_ways,
    share,
    term,
)

TODAY = date(2026, 1, 1)
YEARS = Years(date(2020, 1, 1), date(2029, 12, 31), TODAY)


def when(notation: str) -> HonestDate:
    """A date as it is stored."""
    return HonestDate.from_notation(notation)


@pytest.mark.parametrize(
    ("start", "end", "marks"),
    [
        ("", "", [UNKNOWN]),
        ("XXXX-05", "", [UNKNOWN]),
        ("XXXX-05", "XXXX-06", [UNKNOWN]),
        ("2022", "", [Mark("may", 20.01, 30.0), Mark("fading", 30.0, 60.01)]),
        ("", "2024", [Mark("rising", 0, 39.99), Mark("may", 39.99, 50.01)]),
        ("2022", "2024", [Mark("may", 20.01, 30.0), Mark("sure", 30.0, 39.99), Mark("may", 39.99, 50.01)]),
        ("2019", "2035", [Mark("sure", 0.0, 100.0)]),
        ("2022/..", "", [Mark("fading", 20.04, 60.01)]),
    ],
)
def test_a_term_is_drawn_as_sure_as_its_dates(start, end, marks):
    assert term(YEARS, when(start), when(end)) == marks


def test_a_term_without_end_goes_on_to_the_edge():
    assert term(YEARS, when("2022-01-01"), when(""), goes_on=True)[-1] == Mark("sure", 20.04, 100)


def test_a_term_that_ends_before_it_surely_began_is_still_drawn():
    drawn = draw_strip(term(YEARS, when("2022"), when("2021")))
    assert 'width="-' not in drawn


def test_the_axis_holds_all_years_that_can_be_told_apart_and_few_ticks():
    years = Years.around([when("1900"), when("2024"), when("2200"), when("XXXX-05")], TODAY)
    assert (years.first, years.last) == (date(2011, 1, 1), date(2036, 12, 31))
    assert [year for _, year in years.ticks] == [2011, 2016, 2021, 2026, 2031, 2036]
    assert Years.around([], TODAY).first == date(2025, 1, 1)


def test_words_in_a_picture_are_escaped_and_nothing_has_a_style():
    drawn = draw_axis("a", "<b>", "</desc>", YEARS.draw("b", "t", "d"))
    assert ("<b>" in drawn, "&lt;b&gt;" in drawn, "style=" in drawn) == (False, True, False)


def test_bars_are_as_long_as_their_numbers():
    assert (share(1, 4), share(3, 0)) == (25.0, 0.0)
    assert 'width="25.0%"' in draw_share(1, 4)
    assert "<rect" not in draw_share(0, 4)
    two = draw_two_ways(1, 2, 2)
    assert ('x="25.0%"' in two, two.count("<rect")) == (True, 2)
    assert draw_two_ways(1, 0, 1, unknown=True).count('class="open"') == 1
