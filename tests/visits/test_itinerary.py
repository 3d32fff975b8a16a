"""Itineraries by day and time, what clashes in them, and who stands where among the participants."""

from datetime import date, time

import pytest

from partnerships.access.models import Visibility
from partnerships.models import ItineraryItem, Person, Visit
from partnerships.values.dates import HonestDate
from partnerships.visits.clashes import warnings
from tests.asking import errors_of, page_of, submitted
from tests.samples import home, make, organisation, person, place, somebody, visit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def item(one: Visit, title: str, times: str = "", day: date | None = DAY, joined=(), **more) -> ItineraryItem:
    """An item from and to such hours: "10-11", "10-" or nothing."""
    start, _, end = times.partition("-")
    row = ItineraryItem.objects.create(
        visit=one,
        title=title,
        kind="meeting",
        on_day=day,
        starts_at=time(int(start)) if start else None,
        ends_at=time(int(end)) if end else None,
        **more,
    )
    row.joined_by.set(joined)
    return row


def test_a_person_or_a_place_at_two_things_at_once_is_pointed_out_with_both():
    one, ding, hall = visit(), person("Yulong Ding"), place("Great Hall")
    item(one, "Welcome", "9-10", led_by=ding, place=hall)
    item(one, "Tour", "10-12", joined=[ding])
    item(one, "Talk", "11-13", led_by=ding)
    item(one, "Lunch", "12-", place=hall)
    item(one, "Signing", "12-14", place=hall)
    item(one, "Next day", "11-13", day=date(2026, 6, 16), led_by=ding)
    item(one, "Some time", "", led_by=ding)
    assert warnings(one, somebody("staff")) == [
        "Yulong Ding is asked for twice on 15 June 2026: “Tour”, 10:00–12:00, and “Talk”, 11:00–13:00.",
        "Great Hall is asked for twice on 15 June 2026: “Lunch”, from 12:00, and “Signing”, 12:00–14:00.",
    ]


def test_other_visits_clash_too_but_none_that_is_off_or_may_not_be_seen():
    ding, one = person("Yulong Ding"), visit()
    item(one, "Tour", "10-12", led_by=ding)
    for title, more in {
        "River people": {},
        "Called off": {"status": "cancelled"},
        "Secret people": {"visibility": Visibility.MANAGERS},
    }.items():
        item(visit(title, **more), f"Talk to {title}", "11-12", joined=[ding])
    said = "Yulong Ding is asked for twice on 15 June 2026: “Tour”, 10:00–12:00, and “Talk to {0}”, 11:00–12:00 of the visit “{0}”."
    assert warnings(one, somebody("staff")) == [said.format("River people")]
    assert warnings(one, somebody("manager")) == [said.format("River people"), said.format("Secret people")]
    Person.objects.update(visibility=Visibility.MANAGERS)
    assert warnings(one, somebody("staff")) == []


def test_a_day_outside_the_visit_is_pointed_out():
    one = visit(happens_on=HonestDate.from_notation("2026-06-14/2026-06-15"))
    item(one, "Tour")
    item(one, "Dinner", day=date(2026, 6, 16))
    assert warnings(one, somebody("staff")) == [f"“Dinner” is on 16 June 2026; the visit is {one.happens_on.words}."]


def test_the_page_shows_the_itinerary_by_day_and_time_with_who_joins_in_twelve_queries():
    one = make("visit", happens_on=HonestDate.from_notation("2026-06-15"))
    hidden = person("Secret Guest", visibility=Visibility.MANAGERS)
    item(
        one, "Tour", "14-15", joined=[person("Yulong Ding"), person("Jon Frampton"), hidden], shown="The dry laboratory"
    )
    item(one, "Welcome", "9-10")
    item(one, "Dinner", day=None)
    page, queries = page_of(one)
    shown = page.split("Itinerary", 1)[1].split("Not recorded")[0]
    assert (
        shown.index("Welcome 15 June 2026 09:00–10:00") < shown.index("Tour The dry laboratory") < shown.index("Dinner")
    )
    assert "Yulong Ding · Jon Frampton" in shown or "Jon Frampton · Yulong Ding" in shown
    assert "Secret Guest" not in page
    assert queries <= 12


@pytest.fixture
def sides(db) -> dict:
    """The least that a visit is recorded with."""
    return {"direction": "inbound", "home": home().pk, "partner": organisation().pk, "status": "requested"}


def rows(prefix: str, *given: dict) -> dict:
    """The inputs of child rows."""
    inputs = {f"{prefix}-TOTAL_FORMS": len(given)}
    return inputs | {f"{prefix}-{at}-{name}": value for at, row in enumerate(given) for name, value in row.items()}


def test_a_second_head_of_a_delegation_is_refused_by_name(sides):
    zhang, liu = person("Zhang Jinghua"), person("Liu Wei")
    heads = [{"side": "visitor", "person": one.pk, "role": "head"} for one in (zhang, liu)]
    answer = submitted("visits", **sides, **rows("participants", *heads))
    assert "Zhang Jinghua leads the delegation already, on the same side. A delegation has one head." in errors_of(
        answer
    )
    assert Visit.objects.count() == 0
    heads[1]["side"] = "host"
    assert submitted("visits", **sides, **rows("participants", *heads)).status_code == 303


def test_a_person_on_both_sides_is_refused_by_name(sides):
    both = [
        {"side": side, "person": person("Zhang Jinghua").pk if side == "visitor" else None} for side in ("visitor",)
    ]
    both.append({"side": "host", "person": both[0]["person"]})
    answer = submitted("visits", **sides, **rows("participants", *both))
    assert "Zhang Jinghua stands on both sides, as visitor and as host. Choose one of them." in errors_of(answer)
    assert Visit.objects.count() == 0


def test_an_item_keeps_its_day_times_and_who_joins_and_a_clash_is_a_warning_after_saving(sides):
    ding, chen = person("Yulong Ding"), person("Chen Li")
    talk = {"kind": "talk", "on_day": "2026-06-15", "starts_at": "10:00", "ends_at": "11:30", "led_by": ding.pk}
    items = [talk | {"title": "Talk"}, talk | {"title": "Tour", "joined_by": [chen.pk, ding.pk], "shown": "Rigs"}]
    answer = submitted("visits", **sides, **rows("itineraryitems", *items))
    assert answer.status_code == 303
    saved = [
        (one.title, one.on_day, one.starts_at, one.ends_at, one.joined_by.count())
        for one in ItineraryItem.objects.all()
    ]
    assert saved == [("Talk", DAY, time(10), time(11, 30), 0), ("Tour", DAY, time(10), time(11, 30), 2)]
    told = [str(one) for one in answer.wsgi_request._messages]
    assert any("Yulong Ding is asked for twice on 15 June 2026" in one for one in told)


def test_an_item_that_ends_before_it_starts_or_on_no_day_is_refused(sides):
    item_typed = {"kind": "talk", "title": "Talk", "starts_at": "11:00", "ends_at": "10:00"}
    answer = submitted("visits", **sides, **rows("itineraryitems", item_typed))
    assert "The item ends before it starts. Correct one of the two times." in errors_of(answer)
    answer = submitted("visits", **sides, **rows("itineraryitems", item_typed | {"on_day": "2026-02-30"}))
    assert answer.status_code == 422
    assert 'value="2026-02-30"' in answer.content.decode()
    assert Visit.objects.count() == 0
