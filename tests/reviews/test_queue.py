"""Which agreements wait for a decision, why each of them does, and who sees it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.access.roles import Role
from partnerships.memory import remembered
from partnerships.models import Agreement, AgreementRelation, Evidence, Review, VisitAgreement
from partnerships.records.pages import Look
from partnerships.reviews.filters import with_reasons
from partnerships.reviews.queue import Why, conditions, in_queue, in_words
from partnerships.values.dates import HonestDate
from partnerships.values.draw import plain
from tests.asking import listed, signed_in, words_of
from tests.samples import agreement, cohort, funding, home, organisation, programme, somebody, undertaking, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)
LONG_AGO = HonestDate.from_notation("2015-09-01")


def on(days: int, today: date = TODAY) -> HonestDate:
    """The day so many days from today."""
    return HonestDate.from_notation((today + timedelta(days=days)).isoformat())


def signed(title: str, ends: HonestDate | None = None, **more) -> Agreement:
    """An agreement signed long ago."""
    return agreement(title, signed_on=LONG_AGO, ends_on=ends or on(3000), **more)


def reviewed(one: Agreement, decision: str = "keep", **more) -> Review:
    """A decision about it."""
    more = {"snapshot": {}, "sha256": "0" * 64, "decided_by": "x", "decider": 1, "decided_on": TODAY, **more}
    return Review.objects.create(agreement=one, number=1, decision=decision, reason="So it is", **more)


def found(role: str = "manager") -> dict[str, tuple[list[str], list[str]]]:
    """Each agreement with its reasons, and what is said of it."""
    look = Look(somebody(role), Role[role.upper()], TODAY)
    told = {}
    for one in with_reasons(look.seen(Agreement.objects.all()), look):
        reasons = [
            why.value for why, condition in conditions(TODAY).items()
            if with_reasons(Agreement.objects.filter(pk=one.pk), look).filter(condition).exists()
        ]  # fmt: skip
        told[one.title] = (reasons, in_words(one, TODAY))
    return told


def test_each_reason_holds_on_its_days_and_is_said_in_words():
    signed("A", on(30))
    signed("B", on(91), review_on=TODAY)
    signed("C", HonestDate.from_notation("2026"))
    signed("D", on(-1))
    signed("E", on(20), notice_period="1 month")
    signed("F", event="suspended")
    signed("I", on(290), notice_period="200 days")
    signed("J", on(291), notice_period="200 days")
    signed("K", on(200), notice_period="200 days", event="lapsed")
    agreement("G", signed_on=HonestDate.from_notation("XXXX-05"))
    signed("H")
    dormant = "Dormant: no sign of life is recorded since 4 March 2025"
    assert found() == {
        "A": (["30", "90", "180", "dormant"], ["Ends in 30 days, on 3 April 2026", dormant]),
        "B": (["review", "180", "dormant"], ["Review due since 4 March 2026", "Ends in 91 days, on 3 June 2026", dormant]),
        "C": (["30", "90", "180", "unknown", "dormant"], ["May have ended already: 2026", "Whether it is in force is unknown: the dates are too vague to tell", dormant]),
        "D": (["ended"], ["Ended: 3 March 2026"]),
        "E": (["30", "90", "180", "notice", "dormant"], ["Ends in 20 days, on 24 March 2026", "Its last day for notice was 24 February 2026", dormant]),
        "F": (["suspended", "dormant"], ["Suspended", dormant]),
        "G": (["unknown", "perhaps"], ["Whether it is in force is unknown: no end date recorded"]),
        "H": (["dormant"], [dormant]),
        "I": (["notice-90", "dormant"], ["Last day for notice in 90 days, on 2 June 2026", dormant]),
        "J": (["dormant"], [dormant]),
        "K": ([], []),
    }  # fmt: skip


def test_what_is_refused_replaced_over_or_decided_stands_outside_the_queue():
    signed("Declined", on(-1), step="declined")
    signed("Terminated", on(10), event="terminated")
    old = signed("Replaced", on(-1))
    AgreementRelation.objects.create(agreement=signed("New", review_on=TODAY), kind="renews", to_agreement=old)
    reviewed(signed("Decided", on(10), review_on=TODAY + timedelta(days=5)))
    reviewed(signed("Back again", on(10), review_on=TODAY))
    reviewed(signed("Let go", on(10)), "lapse")
    reviewed(signed("Kept without a day", on(10)))
    look = Look(somebody("manager"), Role.MANAGER, TODAY)
    waiting = with_reasons(Agreement.objects.all(), look).filter(in_queue(TODAY))
    assert [one.title for one in waiting.order_by("title")] == ["Back again", "Kept without a day", "New"]
    assert {title: told for title, (why, told) in found().items() if why == [Why.DECIDED]} == {
        "Decided": ["Decided: keep it as it is; next review 9 March 2026"],
        "Let go": ["Decided: let it lapse; no further review is set"],
    }


def test_a_sign_of_life_counts_by_its_date_and_one_without_may_be_new():
    recent, vague, old = on(-300), HonestDate.from_notation("XXXX-05"), LONG_AGO
    for name, when in (("recent", recent), ("undated", vague), ("old", old)):
        VisitAgreement.objects.create(visit=visit(happens_on=when), agreement=signed(f"visit {name}"), kind="discussed")
        cohort(programme=programme(agreement=signed(f"cohort {name}"), starts_on=old), enters_on=when)
        funding(agreement=signed(f"funding {name}"), given_on=when)
        line = undertaking(agreement=signed(f"evidence {name}"))
        Evidence.objects.create(undertaking=line, visit=visit(happens_on=when))
    lost = visit(happens_on=recent, status="cancelled")
    VisitAgreement.objects.create(visit=lost, agreement=signed("visit cancelled old"), kind="discussed")
    secret = visit(happens_on=recent, visibility=Visibility.MANAGERS)
    VisitAgreement.objects.create(visit=secret, agreement=signed("visit secret"), kind="discussed")
    expected = {"recent": [], "undated": ["perhaps"], "old": ["dormant"], "secret": ["dormant"]}
    for title, (reasons, _) in found("staff").items():
        assert (title, reasons) == (title, expected[title.split()[-1]])
    assert found("manager")["visit secret"][0] == []


def test_the_queue_is_narrowed_by_reason_owner_reviewer_and_all_that_agreements_are():
    today = timezone.localdate()
    leeds = home("Leeds")
    with remembered():
        agreement(
            "Soon", parties=(leeds, organisation()), signed_on=LONG_AGO, ends_on=on(10, today), owner=somebody("staff")
        )
        agreement("Later", signed_on=LONG_AGO, ends_on=on(100, today), reviewer=somebody("manager"))
        agreement("Alive", signed_on=on(-100, today), ends_on=on(1000, today))
    assert listed("reviews") == ["Soon", "Later"]
    assert listed("reviews", why=["30", "dormant"]) == ["Soon", "Later"]
    assert listed("reviews", why="30", home=leeds.handle) == ["Soon"]
    assert listed("reviews", owner="test-staff") == listed("reviews", reviewer="unknown") == ["Soon"]
    assert listed("reviews", owner="unknown", reviewer="test-manager") == ["Later"]


@pytest.mark.parametrize("query", ["why=never", "whi=30", "owner=nobody-we-know", "page=x", "sort=colour"])
def test_a_question_that_nobody_can_answer_is_refused_in_all_three_ways(query):
    client = signed_in("manager")
    for way in ("", "board/", "timeline/", "export.csv"):
        assert client.get(f"/reviews/{way}?{query}").status_code == 400


def test_tabs_count_what_their_lists_hold_and_keep_the_other_conditions():
    today = timezone.localdate()
    with remembered():
        agreement("River", signed_on=LONG_AGO, ends_on=on(10, today))
        agreement("Hill", signed_on=LONG_AGO, ends_on=on(100, today))
        agreement("Hidden", signed_on=LONG_AGO, ends_on=on(10, today), visibility=Visibility.MANAGERS)
    for role, number in (("viewer", 1), ("manager", 2)):
        page = words_of(signed_in(role).get("/reviews/").content.decode())
        assert (
            f"Ending within 30 days {number} Ending within 90 days {number} Ending within 180 days {number + 1}" in page
        )
    page = signed_in("viewer").get("/reviews/?q=hill&why=dormant").content.decode()
    assert 'href="?q=hill&amp;why=180"' in page
    assert 'href="/reviews/board/?q=hill&amp;why=dormant"' in page
    assert "River" not in page


def test_an_approaching_last_day_for_notice_stands_alike_on_the_first_page_in_list_queue_board_and_timeline():
    today = timezone.localdate()
    with remembered():
        near = signed("Near", on(400, today), notice_period="360 days")
        signed("Far", on(500, today), notice_period="360 days")
        agreement(
            "Unsure", starts_on=HonestDate.from_notation("XXXX-05"), ends_on=on(400, today), notice_period="350 days"
        )
        visit_of(near)
    last, client = plain(today + timedelta(days=40)), signed_in("manager")
    why = f"Last day for notice in 40 days, on {last}"
    tile = client.get("/").content.decode().split('id="decisions"')[1].split("</section>")[0]
    assert f"2 to decide 2 owned by nobody . Near {why} · no owner Unsure Last day for notice in 50 days" in words_of(
        tile
    )
    assert listed("agreements", "manager", needs_decision="yes") == ["Near", "Unsure"]
    assert listed("reviews", why="notice-90") == ["Near", "Unsure"]
    queue = words_of(client.get("/reviews/").content.decode())
    assert "Last day for notice within 90 days 2" in queue
    for way in ("", "board/", "timeline/"):
        page = words_of(client.get(f"/reviews/{way}?why=notice-90").content.decode())
        assert (why in page, "Far" in page) == (True, False)
    assert f"{why}. Go to its review" in words_of(client.get(near.get_absolute_url()).content.decode())


def visit_of(one: Agreement) -> None:
    """A visit of late, as a sign of its life."""
    VisitAgreement.objects.create(
        visit=visit(happens_on=on(-30, timezone.localdate())), agreement=one, kind="discussed"
    )


def test_board_and_timeline_show_the_same_agreements_with_the_same_reasons():
    today = timezone.localdate()
    agreement("River", signed_on=LONG_AGO, ends_on=on(10, today), step="legal_review")
    agreement("Hill", signed_on=HonestDate.from_notation("XXXX-05"))
    client = signed_in("viewer")
    board = words_of(client.get("/reviews/board/").content.decode())
    assert "No step recorded 1 Hill Whether it is in force is unknown: no end date recorded no owner" in board
    assert "Legal review 1 River Ends in 10 days" in board
    line = words_of(client.get("/reviews/timeline/").content.decode())
    assert "May, year not stated , end not recorded , Whether it is in force is unknown" in line


@pytest.mark.parametrize(("way", "number"), [("", 8), ("board/", 7), ("timeline/", 7)])
def test_the_queue_costs_the_same_for_one_agreement_and_for_thirty(way, number, django_assert_num_queries):
    client = signed_in("manager")
    signed("First", on(-1), step="registered")
    client.get(f"/reviews/{way}")
    with django_assert_num_queries(number):
        client.get(f"/reviews/{way}")
    for one in range(30):
        signed(f"More {one}", on(-1), step="registered" if one % 2 else "")
    client.get(f"/reviews/{way}")
    with django_assert_num_queries(number):
        client.get(f"/reviews/{way}")
