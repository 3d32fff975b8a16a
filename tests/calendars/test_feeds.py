"""Feeds: a secret address that shows what its owner may see, until it is renewed or its owner has left."""

import logging
import re
from datetime import date, time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from config.logs import OneLine
from partnerships.access.models import Visibility
from partnerships.access.roles import Role
from partnerships.calendars.feeds import OFTEN
from partnerships.calendars.models import digest_of
from partnerships.models import Feed, ItineraryItem, Preparation
from tests.asking import listed, signed_in, words_of
from tests.samples import agreement, follow_up, somebody, visit

pytestmark = pytest.mark.django_db


def subscribed(role: str = "viewer", conditions: str = "", **sent) -> str:
    """The path of a new feed, as the one page that shows it says."""
    sent = {"token": "t" * 20, "name": "Guests"} | sent
    answer = signed_in(role).post(f"/account/feeds/new/?{conditions}", sent)
    assert answer.status_code == 200, answer.content.decode()
    return path_in(answer)


def path_in(answer) -> str:
    """The path of the address on a page."""
    return re.search(r">http://testserver(/feeds/[^<]+)<", answer.content.decode())[1]


def titles(path: str) -> list[str]:
    """The events of a feed, as anybody who has its address reads them."""
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).events]


def test_a_feed_holds_the_visits_of_its_list_that_have_a_day():
    visit("Planned", happens_on="2026-11-12", status="planned")
    visit("Planned for May", happens_on="2027-05", status="planned")
    visit("Asked for", happens_on="2026-11-13")
    path = subscribed(conditions="status=planned")
    assert (titles(path), listed("visits", status="planned")) == (["Planned"], ["Planned for May", "Planned"])
    assert (
        "1 visit has no known day and is not in this calendar."
        in Calendar.from_ical(Client().get(path).content)["DESCRIPTION"]
    )
    visit("Planned later", happens_on="2026-12-01", status="planned")
    assert titles(path) == ["Planned later", "Planned"]


def test_a_feed_shows_what_its_owner_may_see_now():
    one = visit("Secret", happens_on="2026-11-12", visibility=Visibility.STAFF)
    ItineraryItem.objects.create(visit=one, kind="talk", title="Secret talk", starts_at=time(10))
    visit("Open", happens_on="2026-11-12")
    paths = {role: subscribed(role) for role in ("viewer", "staff")}
    assert titles(paths["viewer"]) == ["Open"]
    assert sorted(titles(paths["staff"])) == ["Open", "Secret", "Secret talk"]
    user = somebody("staff")
    user.groups.set(somebody("viewer").groups.all())
    assert titles(paths["staff"]) == ["Open"]


@pytest.mark.parametrize("change", ["unknown", "closed", "no role", "second factor"])
def test_an_address_that_opens_nothing_says_the_same_whatever_the_reason(change, settings):
    path, user = subscribed(), somebody("viewer")
    if change == "closed":
        user.is_active = False
        user.save()
    elif change == "no role":
        user.groups.clear()
    elif change == "second factor":
        settings.MFA_REQUIRED_ROLES = frozenset({Role.VIEWER})
    else:
        path = "/feeds/" + "x" * 43 + ".ics"
    unknown = Client().get("/feeds/nothing.ics")
    answer = Client().get(path)
    assert (answer.status_code, answer.content) == (404, unknown.content)


def test_the_secret_is_kept_nowhere_and_the_answer_in_no_cache():
    path = subscribed()
    secret = path.removeprefix("/feeds/").removesuffix(".ics")
    assert (len(secret), Feed.objects.get().digest) == (43, digest_of(secret))
    assert secret not in signed_in().get("/account/feeds/").content.decode()
    answer = Client().get(path)
    assert (answer["Cache-Control"], answer.cookies) == ("no-store", {})
    assert Client().post(path).status_code == 405


def test_no_line_of_the_log_holds_a_secret():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/feeds/abc-_1.ics",), None)
    assert OneLine("%(message)s").format(record) == "Not Found: /feeds/…"


def test_a_renewed_feed_has_another_address_and_the_old_one_is_dead():
    visit("Guest", happens_on="2026-11-12")
    old, feed = subscribed(), Feed.objects.get()
    answer = signed_in().post(f"/account/feeds/{feed.pk}/renew/", {"token": "r" * 20})
    new = path_in(answer)
    assert (titles(new), Client().get(old).status_code) == (["Guest"], 404)
    again = signed_in().post(f"/account/feeds/{feed.pk}/renew/", {"token": "r" * 20})
    assert (again.status_code, again["Location"], titles(new)) == (303, "/account/feeds/", ["Guest"])
    feed.refresh_from_db()
    assert feed.renewed_at is not None
    signed_in().post(f"/account/feeds/{feed.pk}/delete/", {"token": "d" * 20})
    assert (Client().get(new).status_code, Feed.objects.count()) == (404, 0)


def test_nobody_touches_the_feed_of_another():
    path, feed = subscribed(), Feed.objects.get()
    for role in ("staff", "admin"):
        for act in ("renew", "delete"):
            assert signed_in(role).post(f"/account/feeds/{feed.pk}/{act}/", {"token": "z" * 20}).status_code == 404
        assert "Guests" not in signed_in(role).get("/account/feeds/").content.decode()
    assert Client().get(path).status_code == 200


def test_a_feed_is_made_once_and_not_by_looking():
    client = signed_in()
    assert client.get("/account/feeds/new/?status=planned").status_code == 200
    assert client.get("/account/feeds/own/").status_code == 405
    assert Feed.objects.count() == 0
    subscribed()
    again = client.post("/account/feeds/new/?", {"token": "t" * 20, "name": "Guests"})
    assert (again.status_code, Feed.objects.count()) == (303, 1)
    missing = client.post("/account/feeds/new/", {"name": "Guests"})
    assert (missing.status_code, Feed.objects.count()) == (400, 1)
    empty = client.post("/account/feeds/new/?status=planned", {"token": "e" * 20, "name": ""})
    assert (empty.status_code, Feed.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    "conditions", ["stattus=planned", "status=nonsense", "page=2", "status=planned&q=" + "x" * 2000]
)
def test_conditions_that_the_list_refuses_make_no_feed(conditions):
    answer = signed_in().post(f"/account/feeds/new/?{conditions}", {"token": "t" * 20, "name": "Guests"})
    assert (answer.status_code, Feed.objects.count()) == (400, 0)


def test_a_feed_whose_conditions_no_longer_hold_is_empty_and_says_so():
    visit("Guest", happens_on="2026-11-12")
    path = subscribed(conditions="status=planned")
    Feed.objects.update(conditions="direction=sideways")
    made = Calendar.from_ical(Client().get(path).content)
    assert (made.events, "a condition of this feed no longer holds" in made["DESCRIPTION"]) == ([], True)
    assert "Nothing: a condition no longer holds" in words_of(signed_in().get("/account/feeds/").content.decode())


def test_the_own_feed_holds_own_visits_and_what_is_due():
    me, other = somebody("staff"), somebody("manager")
    mine = visit("Mine", happens_on="2026-11-12", owner=me)
    theirs = visit("Theirs", happens_on="2026-11-12", owner=other)
    follow_up("Write to them", visit=theirs, owner=me, due_on=date(2026, 11, 20))
    follow_up("Done", visit=mine, owner=me, due_on=date(2026, 11, 20), done_on=date(2026, 11, 19))
    follow_up("Of another", visit=mine, owner=other, due_on=date(2026, 11, 20))
    follow_up("No day", visit=mine, owner=me)
    Preparation.objects.create(visit=mine, what="Book a room", owner=me, due_on=date(2026, 11, 5))
    path = path_in(signed_in("staff").post("/account/feeds/own/", {"token": "o" * 20}))
    assert titles(path) == ["Mine", "Due: Write to them", "Due: Book a room"]
    theirs.visibility = Visibility.MANAGERS
    theirs.save()
    assert titles(path) == ["Mine", "Due: Book a room"]


def test_reading_is_noted_limited_and_costs_the_same_for_many():
    cache.clear()
    path = subscribed()
    counts = []
    for number in (1, 30):
        for _ in range(number):
            ItineraryItem.objects.create(
                visit=visit(happens_on="2026-11-12"), kind="talk", title="Talk", starts_at=time(9)
            )
        Client().get(path)
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        counts.append(sum('"partnerships_' in query["sql"] for query in queries))  # not those of the shared cache
    assert counts == [5, 5]
    assert Feed.objects.get().last_read_at.date() == timezone.now().date()
    statuses = [Client().get(path).status_code for _ in range(OFTEN)]
    assert (statuses[0], statuses[-1]) == (200, 429)


def test_ones_own_feed_has_the_days_of_agreements_that_one_sees_to():
    cache.clear()
    agreement(
        "MoU", owner=somebody("staff"), ends_on="2027-12-31", notice_period="6 months", review_on=date(2026, 12, 31)
    )
    agreement("Of nobody", ends_on="2027-12-31")
    path = path_in(signed_in("staff").post("/account/feeds/own/", {"token": "t" * 20}))
    assert sorted(titles(path)) == ["MoU: ends", "MoU: last day for notice", "MoU: review due"]
    calendar = words_of(signed_in("staff").get("/calendar/?month=2027-12&due=yes").content.decode())
    assert ("MoU" in calendar, "Of nobody" in calendar) == (True, False)
