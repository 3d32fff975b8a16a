"""The calendar's pages: days that are known, what stands apart, and strict addresses."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.access.models import Visibility
from partnerships.models import ItineraryItem, Preparation
from tests.asking import signed_in, words_of
from tests.samples import follow_up, make_many, somebody, visit

pytestmark = pytest.mark.django_db


def days(address: str, role: str = "viewer") -> dict[str, list[str]]:
    """The titles on each day of a calendar's page that has any."""
    page = signed_in(role).get(address).content.decode()
    cells = re.findall(r'<time datetime="([^"]+)">(.*?)(?=<time|</table>)', page, re.DOTALL)
    found = {day: re.findall(r'<a href="/[a-z-]+/\d+/">([^<]+)</a>', cell) for day, cell in cells}
    return {day: titles for day, titles in found.items() if titles}


def apart(address: str, role: str = "viewer") -> str:
    """The words below the table."""
    return words_of(signed_in(role).get(address).content.decode().partition("</table>")[2].partition("<footer")[0])


def test_a_visit_stands_on_each_of_its_known_days_and_on_no_other():
    visit("One day", happens_on="2026-11-12")
    visit("Three days", happens_on="2026-10-31/2026-11-02")
    visit("Begins", happens_on="2026-11-20/..")
    visit("Another month", happens_on="2026-09-12")
    shown = {"2026-10-31": ["Three days"], "2026-11-01": ["Three days"], "2026-11-02": ["Three days"]}
    assert days("/calendar/?month=2026-11") == shown | {"2026-11-12": ["One day"], "2026-11-20": ["Begins"]}
    assert days("/calendar/week/?week=2026-W45") == {"2026-11-02": ["Three days"]}
    page = words_of(signed_in().get("/calendar/?month=2026-11").content.decode())
    assert ("day 2 of 3" in page, "end not stated" in page) == (True, True)


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("2026-11", "November 2026, day not stated"),
        ("2026", "2026, day not stated"),
        ("2026-11-12~", "about 12 November 2026"),
        ("2026-10/2026-12", "October to December 2026"),
        ("2025/..", "2025 onwards"),
        ("2026-10-01/..", "1 October 2026 onwards"),
    ],
)
def test_a_visit_without_a_day_stands_apart_in_words(notation, words):
    visit("Somewhen", happens_on=notation)
    assert days("/calendar/?month=2026-11") == {}
    assert f"Somewhen inbound, requested, {words}" in apart("/calendar/?month=2026-11")
    assert "Somewhen" not in apart("/calendar/?month=2020-01")


def test_visits_without_a_date_are_counted_and_named():
    visit("Nobody knows when")
    visit("A month of some year", happens_on="XXXX-05")
    told = apart("/calendar/?month=2026-11")
    assert "2 visits without a date or without their year." in told
    assert ("Nobody knows when" in told, "May, year not stated" in told) == (True, True)


def test_the_conditions_of_the_list_narrow_the_calendar_down():
    visit("Planned", happens_on="2026-11-12", status="planned")
    visit("Asked for", happens_on="2026-11-12")
    address = "/calendar/?month=2026-11&status=planned"
    assert days(address) == {"2026-11-12": ["Planned"]}
    page = signed_in().get(address).content.decode()
    assert 'href="/calendar/?status=planned&amp;month=2026-12"' in page
    assert "Remove Status: planned" in words_of(page)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/calendar/?month=0001-01", "“0001-01” is no month of this calendar."),
        ("/calendar/?month=9999-12", "“9999-12” is no month of this calendar."),
        ("/calendar/week/?week=2025-W53", "“2025-W53” is no week of this calendar."),
        ("/calendar/?mnoth=2026-11", "mnoth"),
        ("/calendar/?week=2026-W48", "week"),
        ("/calendar/?month=2026-11&month=2026-12", "“month” was given more than once."),
        ("/calendar/?due=no", "“no” is no choice."),
        ("/calendar/?stattus=planned", "Did you mean “status”?"),
        ("/calendar/?sort=title", "A calendar has no “sort”."),
        ("/calendar/?status=nonsense", "status"),
    ],
)
def test_an_address_that_is_not_understood_shows_nothing_and_names_what_is_wrong(address, named):
    visit("Here", happens_on="2026-11-12")
    answer = signed_in().get(address)
    page = words_of(answer.content.decode())
    assert (answer.status_code, named in page, "Here" in page) == (400, True, False)


def test_a_refused_question_leads_to_the_list_of_what_else_was_asked():
    page = signed_in().get("/calendar/?month=2026-13&due=yes&status=planned").content.decode()
    assert re.findall(r'href="(/visits/[^"]*)">Ask without', page) == ["/visits/?status=planned"]
    assert signed_in().get("/visits/?status=planned").status_code == 200


def test_what_a_reader_may_not_see_is_on_no_day_and_in_no_count():
    hidden = {"visibility": Visibility.STAFF}
    one = visit("Secret day", happens_on="2026-11-12", **hidden)
    visit("Secret month", happens_on="2026-11", **hidden)
    visit("Secret date", **hidden)
    ItineraryItem.objects.create(visit=one, kind="talk", title="Secret talk", starts_at=time(10))
    follow_up("Secret task", visit=one, due_on=date(2026, 11, 12))
    for address in ("/calendar/?month=2026-11&due=yes", "/calendar/week/?week=2026-W46&due=yes"):
        assert "Secret" not in signed_in("viewer").get(address).content.decode()
        page = words_of(signed_in("staff").get(address).content.decode())
        assert ("Secret day" in page, "Secret date" in page, "Secret task" in page) == (True, True, True)
    assert "Secret talk" in page


def test_a_week_holds_the_items_at_their_times_and_only_on_known_days():
    one = visit("Short", happens_on="2026-03-29")
    long = visit("Long", happens_on="2026-03-28/2026-03-30")
    for of, title, more in (
        (one, "Lunch", {"starts_at": time(12), "ends_at": time(13)}),
        (one, "Welcome", {"starts_at": time(1, 30)}),
        (one, "Stroll", {}),
        (long, "Which day", {"starts_at": time(9)}),
        (long, "Tour", {"on_day": date(2026, 3, 28), "time": "after lunch"}),
    ):
        ItineraryItem.objects.create(visit=of, kind="meeting", title=title, **more)
    shown = days("/calendar/week/?week=2026-W13")
    assert shown == {"2026-03-28": ["Long", "Tour"], "2026-03-29": ["Long", "Short", "Welcome", "Lunch", "Stroll"]}
    page = words_of(signed_in().get("/calendar/week/?week=2026-W13").content.decode())
    assert [
        part in page for part in ("12:00–13:00 Lunch", "01:30 Welcome", "Stroll time not stated", "after lunch")
    ] == [True] * 4


def test_what_is_due_stands_there_only_if_asked_for_and_while_it_is_open():
    one = visit("Host", happens_on="2026-11-20", status="planned")
    follow_up("Send thanks", visit=one, due_on=date(2026, 11, 25), owner=somebody("staff"))
    follow_up("Done already", visit=one, due_on=date(2026, 11, 25), done_on=date(2026, 11, 24))
    Preparation.objects.create(visit=one, what="Book a room", due_on=date(2026, 11, 10))
    Preparation.objects.create(visit=one, what="No gifts", due_on=date(2026, 11, 10), is_needed=False)
    assert days("/calendar/?month=2026-11") == {"2026-11-20": ["Host"]}
    shown = {"2026-11-10": ["Book a room"], "2026-11-20": ["Host"], "2026-11-25": ["Send thanks"]}
    assert days("/calendar/?month=2026-11&due=yes") == shown
    assert days("/calendar/?month=2026-11&due=yes&status=cancelled") == {}


@pytest.mark.parametrize(
    ("address", "most"), [("/calendar/?month=2026-11&due=yes", 9), ("/calendar/week/?week=2026-W46&due=yes", 9)]
)
def test_a_calendar_costs_the_same_for_one_visit_and_for_thirty(address, most):
    client, counts = signed_in(), []
    for number in (1, 30):
        for one in make_many("visit", number):
            one.happens_on = "2026-11-12"
            one.save()
            ItineraryItem.objects.create(visit=one, kind="talk", title="Talk", starts_at=time(10))
            follow_up(visit=one, due_on=date(2026, 11, 12))
            visit("Somewhen")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most


def test_a_crowded_day_leads_to_its_week():
    for number in range(9):
        visit(f"Guest {number}", happens_on="2026-11-12")
    page = words_of(signed_in().get("/calendar/?month=2026-11").content.decode())
    assert "3 more in the week" in page
    assert len(days("/calendar/week/?week=2026-W46")["2026-11-12"]) == 9


def test_the_list_of_visits_leads_to_its_calendar_with_its_conditions():
    page = signed_in().get("/visits/?status=planned&sort=title").content.decode()
    assert ('href="/calendar/?status=planned"' in page, 'href="/account/feeds/new/?status=planned"' in page) == (
        True,
        True,
    )
