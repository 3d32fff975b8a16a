"""Calendar files of visits, read back with the library that other programmes use."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from partnerships.access.models import Visibility
from partnerships.models import ItineraryItem
from tests.asking import signed_in, words_of
from tests.samples import follow_up, organisation, place, visit

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def file_of(one, role: str = "viewer") -> bytes:
    """The calendar file of a visit."""
    answer = signed_in(role).get(f"/visits/{one.pk}/visit.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def events(content: bytes) -> list:
    """The events of a calendar file."""
    return Calendar.from_ical(content).events


@pytest.mark.parametrize(
    ("notation", "starts", "ends"),
    [
        ("2026-11-12", date(2026, 11, 12), date(2026, 11, 13)),
        ("2024-02-28/2024-02-29", date(2024, 2, 28), date(2024, 3, 1)),
        ("2026-12-31", date(2026, 12, 31), date(2027, 1, 1)),
        ("2026-11-12/..", date(2026, 11, 12), None),
    ],
)
def test_a_visit_is_an_event_of_whole_days_that_ends_before_the_day_after(notation, starts, ends):
    [event] = events(file_of(visit(happens_on=notation)))
    assert (event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None) == (starts, ends)


def test_what_an_event_says_is_what_the_page_shows():
    one = visit(
        "Talks; a tour, “西安” \\ more",
        happens_on="2026-11-12",
        partner=organisation("西安交通大学"),
        place=place("Liverpool"),
        purpose="Sign, and eat",
        status="planned",
    )
    content = file_of(one)
    [event] = events(content)
    told = {name: str(event[name]) for name in ("SUMMARY", "LOCATION", "UID", "STATUS", "TRANSP", "URL")}
    assert told == {
        "SUMMARY": "Talks; a tour, “西安” \\ more",
        "LOCATION": "Liverpool",
        "UID": f"visit-{one.handle}@accord",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "URL": f"http://testserver/visits/{one.pk}/",
    }
    assert event["DESCRIPTION"] == f"Inbound: {one.home}, 西安交通大学.\nStatus: planned.\nSign, and eat"
    assert abs(event["DTSTAMP"].dt - datetime.now(UTC)).total_seconds() < 60
    lines = content.split(b"\r\n")
    assert (max(len(line) for line in lines) <= 75, b"\n" in b"".join(lines), lines[-1]) == (True, False, b"")


def test_a_changed_visit_keeps_its_name_and_counts_on():
    one = visit(happens_on="2026-11-12", status="planned")
    [before] = events(file_of(one))
    type(one).objects.filter(pk=one.pk).update(status="cancelled")
    [after] = events(file_of(one))
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_items_with_a_day_and_a_time_are_events_in_our_own_time():
    one = visit(happens_on="2026-03-28/2026-03-29")
    for title, more in (
        ("Welcome", {"on_day": date(2026, 3, 28), "starts_at": time(9), "ends_at": time(10)}),
        ("Summer time", {"on_day": date(2026, 3, 29), "starts_at": time(9)}),
        ("No day", {"starts_at": time(9)}),
        ("No time", {"on_day": date(2026, 3, 29)}),
    ):
        ItineraryItem.objects.create(visit=one, kind="meeting", title=title, **more)
    content = file_of(one)
    found = {str(event["SUMMARY"]): event for event in events(content)}
    assert list(found) == [one.title, "Welcome", "Summer time"]
    assert found["Welcome"]["DTSTART"].dt == datetime(2026, 3, 28, 9, tzinfo=LONDON)
    assert found["Welcome"]["DTEND"].dt == datetime(2026, 3, 28, 10, tzinfo=LONDON)
    assert found["Summer time"]["DTSTART"].dt.astimezone(UTC) == datetime(2026, 3, 29, 8, tzinfo=UTC)
    assert "DTEND" not in found["Summer time"]
    assert (content.count(b"BEGIN:VTIMEZONE"), b"TZID:Europe/London" in content) == (1, True)


def test_where_we_travel_a_time_is_that_of_the_place():
    one = visit(happens_on="2026-03-28", direction="outbound")
    ItineraryItem.objects.create(visit=one, kind="meeting", title="There", starts_at=time(9))
    content = file_of(one)
    assert events(content)[1]["DTSTART"].dt == datetime(2026, 3, 28, 9)  # noqa: DTZ001 - that is the point
    assert b"VTIMEZONE" not in content


@pytest.mark.parametrize(
    ("notation", "said"),
    [
        ("2027-05", "is recorded as May 2027. A calendar needs the day, and Accord makes none up."),
        ("", "is not recorded. A calendar needs the day, and Accord makes none up."),
    ],
)
def test_a_visit_without_a_day_says_what_is_missing(notation, said):
    answer = signed_in().get(f"/visits/{visit(happens_on=notation).pk}/visit.ics")
    assert (answer.status_code, said in words_of(answer.content.decode())) == (422, True)


def test_a_visit_that_is_hidden_has_no_file():
    one = visit(happens_on="2026-11-12", visibility=Visibility.STAFF)
    assert signed_in("viewer").get(f"/visits/{one.pk}/visit.ics").status_code == 404
    [event] = events(file_of(one, "staff"))
    assert event["CLASS"] == "CONFIDENTIAL"


def test_what_is_due_for_a_visit_without_a_day_is_in_its_file_and_what_is_done_or_hidden_is_not():
    one = visit()
    due = date(2026, 12, 18)
    follow_up("Answer the suggestions", visit=one, due_on=due)
    follow_up("Send the maps", visit=one, due_on=due, done_on=due, outcome="Sent.")
    follow_up("Ask the ministry", visit=one, due_on=due, visibility=Visibility.MANAGERS)
    follow_up("Thank the guide", due_on=due)
    told = [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in events(file_of(one))]
    assert told == [("Due: Answer the suggestions", due)]
