"""One timeline on every record: honest dates, newest first, nothing hidden, and the same few queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import Note, NotePerson, Participant, VisitAgreement
from tests.asking import signed_in, words_of
from tests.samples import agreement, follow_up, home, make, organisation, partnership, person, somebody, visit

pytestmark = pytest.mark.django_db
TIMELINE_QUERIES = 16


def timeline(record, role: str = "viewer", **asked) -> str:
    """The words of a record's timeline."""
    answer = signed_in(role).get(f"{record.get_absolute_url()}timeline/", asked)
    assert answer.status_code == 200
    return words_of(answer.content.decode().partition("data-part-body")[2])


def in_order(words: str, *expected: str) -> bool:
    """Whether all of these stand in the words, one after the other."""
    places = [words.find(one) for one in expected]
    return -1 not in places and places == sorted(places)


def note(record, text: str, **more) -> Note:
    """A note on a record."""
    return Note.objects.create(record_kind=record._meta.model_name, record_id=record.pk, text=text, **more)


@pytest.fixture
def partner():
    """A partner with which much happened."""
    with remembered(user=somebody("staff")):
        ours, theirs = home("Ours"), organisation("Theirs")
        came = visit("They came", home=ours, partner=theirs, happens_on="2024-05-12")
        visit("They came once", home=ours, partner=theirs, happens_on="XXXX-05")
        signed = agreement("The agreement", parties=(ours, theirs), signed_on="2024")
        agreement("Of another", signed_on="2023-01-01")
        follow_up("Send the draft", visit=came, due_on="2026-01-31")
        follow_up("Was sent", agreement=signed, due_on="2023-02-01", done_on="2023-03-01")
        partnership(home=ours, partner=theirs, since="2015~")
        note(signed, "They wish to renew.", happened_on="2025-11", written_by=somebody("manager"))
        note(theirs, "Nobody knows when.")
    return theirs


def test_visits_agreements_notes_follow_ups_and_changes_stand_in_one_order(partner):
    told = timeline(partner)
    assert in_order(
        told,
        "The record was created",
        "31 January 2026 due Send the draft",
        "November 2025 They wish to renew.",
        "12 May 2024 They came",
        "2024 signed The agreement",
        "1 March 2023 done Was sent",
        "about 2015 since",
        "Date not stated",
    )
    assert "Of another" not in told
    assert "test-manager, on The agreement" in told


def test_what_has_no_date_stands_apart_in_the_words_that_are_known(partner):
    apart = timeline(partner).partition("Date not stated")[2]
    assert in_order(apart, "May", "year not stated", "They came once")
    assert "not stated Nobody knows when." in apart
    assert "They came Visit" not in apart


def nouns(record, **asked) -> set[str]:
    """The sorts of the entries that stand on a record's timeline."""
    page = signed_in("viewer").get(f"{record.get_absolute_url()}timeline/", asked).content.decode()
    return set(re.findall(r'<span class="sort"><svg.*?</svg>([^<]+)</span>', page))


def test_a_timeline_may_be_narrowed_to_one_sort_of_entries(partner):
    asked = ("visits", "agreements", "notes", "follow-ups", "changes", "partnerships")
    found = [nouns(partner, show=sort) for sort in asked]
    assert found == [{"visit"}, {"agreement"}, {"remark"}, {"follow-up"}, {"change"}, {"partnership"}]
    assert nouns(partner) == set.union(*found)
    assert "They came once" in timeline(partner, dated="no")


@pytest.mark.parametrize(
    "asked",
    [
        "shwo=visits",
        "show=visit",
        "show=%00",
        "page=0",
        "page=x",
        "page=%C2%B2",
        "page=99999999999",
        "show=notes&show=notes",
        "dated=yes",
    ],
)
def test_a_question_that_the_timeline_does_not_know_is_refused(partner, asked):
    answer = signed_in("viewer").get(f"{partner.get_absolute_url()}timeline/?{asked}")
    page = answer.content.decode()
    assert (answer.status_code, asked.partition("=")[0] in page, "They came" in page) == (400, True, False)


def test_what_may_not_be_seen_stands_on_no_timeline(partner):
    ours = home("Also ours")
    with remembered():
        visit("Hidden visit", home=ours, partner=partner, visibility=Visibility.MANAGERS, happens_on="2024")
        hidden = agreement("Hidden agreement", parties=(ours, partner), visibility=Visibility.MANAGERS)
        note(hidden, "On the hidden one.")
        follow_up("Hidden task", agreement=hidden, due_on="2024-01-01")
        narrowed = note(partner, "Among managers.", visibility=Visibility.MANAGERS)
        NotePerson.objects.create(note=narrowed, person=person("Li Jun"))
        seen = note(partner, "With somebody hidden.", happened_on="2024-02")
        NotePerson.objects.create(note=seen, person=person("Hidden Person", visibility=Visibility.MANAGERS))
    words = ("Hidden", "On the hidden one.", "Among managers.", "Li Jun")
    assert [one for one in words if one in timeline(partner, "staff")] == []
    assert [one for one in words if one in timeline(partner, "manager")] == [*words]
    assert "With somebody hidden." in timeline(partner, "staff")


def test_changes_of_what_may_not_be_seen_are_not_told():
    with remembered():
        record = visit("They came")
    with remembered(user=somebody("manager")):
        hidden = person("Hidden Person", visibility=Visibility.MANAGERS)
        Participant.objects.create(visit=record, person=hidden)
    assert "Participant created" in timeline(record, "manager")
    assert "Participant" not in timeline(record, "staff")
    assert "test-manager" not in timeline(record, "staff")


def test_a_person_finds_the_notes_that_were_made_with_them_and_a_visit_its_agreements():
    with remembered():
        who, signed = person("Li Jun"), agreement("The agreement", signed_on="2024-05-12")
        came = visit("They came")
        VisitAgreement.objects.create(visit=came, agreement=signed, kind="signed")
        NotePerson.objects.create(note=note(came, "We spoke."), person=who)
    assert "We spoke." in timeline(who)
    assert in_order(timeline(came), "12 May 2024 signed The agreement")


def test_a_timeline_costs_the_same_queries_however_long_it_is(partner):
    client, address = signed_in("staff"), f"{partner.get_absolute_url()}timeline/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    ours = home("Also ours")
    for number in range(30):
        with remembered(user=somebody("staff")):
            came = visit(f"Visit {number}", home=ours, partner=partner, happens_on="2026-10-01")
            note(partner, f"Note {number}", happened_on="2026-10-02")
            follow_up(f"Task {number}", visit=came, due_on="2026-10-03")
            type(partner).objects.filter(pk=partner.pk).update(description=f"Description {number}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert (len(few), len(many)) == (len(many), len(few))
    assert len(many) <= TIMELINE_QUERIES
    assert "?page=2" in page
    assert client.get(f"{address}?page=2").status_code == 200


def test_a_viewer_is_led_to_each_entry_and_to_the_history():
    with remembered():
        record = make("visit", title="They came", happens_on="2024-05-12")
    page = signed_in("viewer").get(f"{record.get_absolute_url()}timeline/").content.decode()
    assert f'href="{record.get_absolute_url()}"' in page
    assert f'href="{record.get_absolute_url()}history/"' in page


def test_a_visit_stands_on_its_own_timeline_beside_those_that_follow_it():
    with remembered():
        first = visit("They came", happens_on="2024-05-12")
        visit("We went", home=first.home, after=first, happens_on="2025-06")
    assert in_order(timeline(first), "June 2025 We went", "12 May 2024 They came")
