"""Drawing: a plain value in, escaped HTML out, every mark with its word."""

from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from partnerships.values import draw, marks
from partnerships.values.dates import HonestDate
from partnerships.values.money import Money

HOSTILE = "<script>alert('x')</script>"
ESCAPED = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"
MAY = '<span class="mon" aria-hidden="true">' + "<i></i>" * 4 + '<i class="on"></i>' + "<i></i>" * 7 + "</span>"


class Reader(HTMLParser):
    """Collects the text and the tags of a fragment."""

    def __init__(self, fragment):
        super().__init__()
        self.text, self.tags = "", []
        self.feed(fragment)
        self.close()

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_chinese_is_marked_and_the_rest_is_left():
    assert draw.draw_text("Xi'an 西交利物浦大学 (XJTLU) <b>") == (
        'Xi&#x27;an <span lang="zh-Hans">西交利物浦大学</span> (XJTLU) &lt;b&gt;'
    )
    assert draw.draw_name("Zhang Wei", "张伟") == 'Zhang Wei <span lang="zh-Hans">张伟</span>'
    assert draw.draw_text("a\u202eb") == "<bdi>a\u202eb</bdi>"


@given(st.text())
def test_drawn_text_reads_as_it_was_written(text):
    drawn = draw.draw_text(text)
    shown = Reader(drawn)
    assert isinstance(drawn, SafeString)
    assert shown.text == text
    assert {tag for tag, _attributes in shown.tags} <= {"span", "bdi"}


@pytest.mark.parametrize(
    "drawn",
    [
        draw.draw_text(HOSTILE),
        draw.draw_name(HOSTILE),
        draw.draw_choice(HOSTILE),
        draw.draw_link("/x", HOSTILE),
        draw.draw_money(Money(as_stated=HOSTILE)),
        draw.draw_money(Money(Decimal(1), "GBP", HOSTILE)),
        draw.draw_date(HonestDate(wording=HOSTILE)),
        draw.draw_status(HOSTILE, "ok"),
    ],
)
def test_no_value_is_ever_markup(drawn):
    assert ESCAPED in drawn
    assert "<script" not in drawn


def test_a_link_leads_only_to_this_site_the_web_or_mail():
    assert draw.draw_link('/a?b="c', "x & y") == '<a href="/a?b=&quot;c">x &amp; y</a>'
    assert draw.draw_link("https://example.org", draw.draw_text("张")) == (
        '<a href="https://example.org"><span lang="zh-Hans">张</span></a>'
    )
    refused = ("javascript:alert(1)", " javascript:x", "//evil", "/\\evil", "data:x", "")
    assert [draw.draw_link(url, "x") for url in refused] == ["x"] * 6


def test_plain_kinds_are_words_and_figures():
    assert [
        draw.draw_bool(True),
        draw.draw_bool(False),
        draw.draw_number(1422),
        draw.draw_number(0),
        draw.draw_choice(gettext_lazy("Visit")),
    ] == ["Yes", "No", "1,422", "0", "Visit"]


def test_no_value_is_drawn_as_nothing_so_that_the_gap_can_stand_there():
    assert [
        draw.draw_text(None),
        draw.draw_name(""),
        draw.draw_choice(None),
        draw.draw_bool(None),
        draw.draw_number(None),
        draw.draw_money(None),
        draw.draw_money(Money()),
        draw.draw_date(None),
        draw.draw_date(HonestDate()),
    ] == [""] * 9


def test_money_shows_the_words_of_the_source_below():
    assert draw.draw_money(Money(Decimal("2700000"), "GBP", "£2.7 million", True)) == (
        'about GBP 2,700,000<span class="l2"><q>£2.7 million</q></span>'
    )
    assert draw.draw_money(Money(as_stated="millions")) == '<span class="unk">not stated</span> <q>millions</q>'


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (HonestDate.from_notation("2015-09"), "September 2015"),
        (HonestDate.from_notation("2015-09", "september  2015"), "September 2015"),
        (
            HonestDate.from_notation("2015-09", "autumn 2015"),
            'September 2015<span class="l2"><q>autumn 2015</q></span>',
        ),
        (HonestDate.from_notation("XXXX-05"), f'May{MAY} <span class="unk">year not stated</span>'),
        (HonestDate.from_notation("XXXX-05-12"), f'12 May{MAY} <span class="unk">year not stated</span>'),
        (HonestDate(wording="last year"), '<span class="unk">not stated</span> <q>last year</q>'),
        (date(2024, 5, 12), "12 May 2024"),
        (datetime(2024, 5, 12, 13, 5, tzinfo=UTC), "12 May 2024, 14:05"),
    ],
)
def test_a_date_is_drawn_as_far_as_it_is_known(value, html):
    assert draw.draw_date(value) == html


@pytest.mark.parametrize(
    ("state", "tone", "mark", "words"),
    [
        (None, "unk", marks.DASHED_RING, "not yet asked"),
        ("not_stated", "unk", marks.DASHED_SQUARE, "not stated"),
        ("not_applicable", "mut", marks.BARRED_RING, "not applicable"),
        ("withheld", "mut", marks.LOCK, "withheld"),
    ],
)
def test_a_gap_has_a_shape_and_a_word(state, tone, mark, words):
    assert draw.draw_gap(state) == f'<span class="st {tone}">{mark}<span>{words}</span></span>'


@pytest.mark.parametrize("tone", ["ok", "due", "stop", "unk", "mut"])
def test_a_status_has_a_shape_and_a_word(tone):
    shown = Reader(draw.draw_status("In force", tone))
    assert (shown.text, shown.tags[0], shown.tags[1][0]) == ("In force", ("span", {"class": f"st {tone}"}), "svg")


def test_each_basis_has_a_shape_and_a_word():
    bases = ("stated", "implied", "context", "not_stated", "general_knowledge", "differ")
    assert [Reader(draw.draw_basis(basis)).text for basis in bases] == [
        "stated",
        "implied",
        "by context",
        "not stated",
        "general knowledge",
        "sources differ",
    ]


def test_glyphs_are_hidden_from_readers_and_each_is_a_shape_of_the_sprite():
    glyphs = [mark for name, mark in vars(marks).items() if name.isupper() and not name.startswith("_")]
    sprite = (settings.BASE_DIR / "templates/partials/icons.html").read_text()
    assert len(set(glyphs)) == len(glyphs) == 12
    for glyph in glyphs:
        (_, svg), (_, use) = Reader(glyph).tags
        assert svg == {"class": "i", "aria-hidden": "true"}
        assert f'<symbol id="{use["href"][1:]}"' in sprite


def test_plain_text_of_any_value_keeps_numbers_as_numbers():
    assert [
        draw.plain(value)
        for value in (
            None,
            True,
            3,
            Decimal("2.50"),
            "x",
            HonestDate.from_notation("2015-09", "Sept"),
            HonestDate(wording="last year"),
            HonestDate(),
            Money(Decimal(5), "GBP"),
            date(2024, 5, 12),
            gettext_lazy("Visit"),
        )
    ] == [
        "",
        "Yes",
        3,
        Decimal("2.50"),
        "x",
        "September 2015",
        "not stated: “last year”",
        "",
        "GBP 5",
        "12 May 2024",
        "Visit",
    ]
    assert draw.plain_gap("withheld") == "withheld"
