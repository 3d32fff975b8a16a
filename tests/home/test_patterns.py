"""The pattern page shows every state of every mark, to admins alone."""

import pytest

from partnerships.home.patterns import marks
from partnerships.values import draw
from tests.asking import signed_in, words_of

pytestmark = pytest.mark.django_db


def test_the_pattern_page_is_for_admins():
    asked = [signed_in(role).get("/patterns/").status_code for role in ("viewer", "staff", "manager", "admin")]
    assert asked == [403, 403, 403, 200]


def test_every_state_that_can_be_drawn_stands_on_the_pattern_page():
    page = words_of(signed_in("admin").get("/patterns/").content.decode())
    drawn = {str(mark) for _, rows in marks() for _, mark in rows}
    assert {str(draw.draw_gap(state)) for state in draw._GAPS} <= drawn
    assert {str(draw.draw_basis(basis)) for basis in draw._BASES} <= drawn
    assert len([row for row in marks() if row[0] == "States"][0][1]) == len(draw._TONES)
    assert "There are 6 problems" in page
