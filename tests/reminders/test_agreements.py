"""Reminders of agreements: at the office's intervals, each once, to those concerned, with what they assume."""

from datetime import date, timedelta

import pytest

from partnerships.access.roles import Role
from partnerships.letters.actions import deliver
from partnerships.models import Agreement, AgreementRelation, AgreementType, Gap, Letter, ReminderInterval
from partnerships.records.pages import Look
from partnerships.reminders.agreements import agreements
from partnerships.reminders.digest import compose
from tests.reminders.test_digest import reader
from tests.samples import agreement

END = date(2027, 12, 31)
pytestmark = pytest.mark.django_db


def told(*days: date) -> dict[date, list[str]]:
    """What a letter of each of these days says of agreements; days without one are left out."""
    found = {}
    for day in days:
        compose(day)
        deliver()
        lines = [
            line for letter in Letter.objects.filter(key__startswith=f"due:{day}") for line in letter.text.split("\n")
        ]
        if said := [line[2:] for line in lines if line.startswith("- ")]:
            found[day] = said
    return found


def test_an_end_is_reminded_of_at_each_interval_once_whatever_days_are_missed():
    agreement("MoU", owner=reader(), ends_on=END.isoformat())
    before = {days: END - timedelta(days=days) for days in (366, 365, 364, 179, 178, 30, 0)}
    assert told(*before.values()) == {
        before[365]: ["MoU: ends 31 December 2027, in 365 days."],
        before[179]: ["MoU: ends 31 December 2027, in 179 days."],
        before[30]: ["MoU: ends 31 December 2027, in 30 days."],
    }


def test_what_a_vague_end_is_taken_for_is_said():
    agreement("MoU", owner=reader(), ends_on="2027", notice_period="6 months")
    assert told(END - timedelta(days=180), date(2026, 6, 1)) == {
        END - timedelta(days=180): [
            "MoU: ends 31 December 2027, in 180 days. "
            "No day is stated for its end (2027): taken as 31 December 2027, the last that it can mean."
        ],
        date(2026, 6, 1): [
            "MoU: last day for notice 1 July 2026, in 30 days. Counted from its notice period, 6 months. "
            "No day is stated for its end (2027): taken as 1 January 2027, the first that it can mean."
        ],
    }


def test_owner_reviewer_and_watchers_are_reminded_as_far_as_they_see_it():
    owner, reviewer, watcher = reader("manager"), reader("staff"), reader("viewer")
    one = agreement("MoU", owner=owner, reviewer=reviewer, review_on=date(2026, 5, 4), visibility=2)
    one.watchers.add(watcher, owner)
    compose(date(2026, 5, 4))
    assert {letter.to for letter in Letter.objects.all()} == {owner, reviewer}


def test_an_unknown_end_reminds_once_a_quarter_unless_there_is_none():
    me = reader()
    agreement("Open", owner=me)
    agreement("Evergreen", owner=me, ending="evergreen")
    none = agreement("Has none", owner=me)
    Gap.objects.create(record_kind="agreement", record_id=none.pk, field="ends_on", state="not_applicable")
    words = "Open: no end is recorded, so that nothing can remind of it. Ask for it, or say how it ends."
    assert told(date(2026, 6, 30), date(2026, 7, 2), date(2026, 7, 3), date(2026, 10, 1)) == {
        date(2026, 7, 2): [words],
        date(2026, 10, 1): [words],
    }


@pytest.mark.parametrize("over", [{"event": "terminated"}, {"step": "withdrawn"}])
def test_what_is_over_reminds_of_nothing(over):
    agreement("MoU", owner=reader(), ends_on=END.isoformat(), **over)
    assert told(END - timedelta(days=180)) == {}


def test_what_was_renewed_reminds_of_nothing():
    one = agreement("MoU", owner=reader(), ends_on=END.isoformat())
    AgreementRelation.objects.create(agreement=agreement("New"), to_agreement=one, kind="renews")
    assert told(END - timedelta(days=180)) == {}


def test_a_type_has_intervals_of_its_own_in_place_of_the_general_ones():
    of_type = AgreementType.objects.create(code="x", label="x")
    ReminderInterval.objects.create(deadline="end", days_before=200, type=of_type)
    agreement("MoU", owner=reader(), ends_on=END.isoformat(), type=of_type)
    assert list(told(END - timedelta(days=200), END - timedelta(days=180))) == [END - timedelta(days=200)]


def test_the_letters_of_many_agreements_cost_what_those_of_one_cost(django_assert_num_queries):
    me = reader()
    look = Look(me, Role.STAFF, END - timedelta(days=180))
    agreements(look)
    for _ in range(2):
        with django_assert_num_queries(4):
            agreements(look)
        for number in range(15):
            agreement(f"MoU {number}", owner=me, ends_on=END.isoformat(), review_on=END)
    assert Agreement.objects.count() == 30


def test_a_letter_that_no_mail_server_took_gives_its_reminders_to_the_next():
    agreement("MoU", owner=reader(), ends_on=END.isoformat())
    for days in (180, 179, 178):
        compose(END - timedelta(days=days))
    assert ["MoU: ends 31 December 2027, in 178 days." in letter.text for letter in Letter.objects.all()] == [True]
    deliver()
    assert told(END - timedelta(days=177)) == {}
