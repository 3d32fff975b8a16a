"""By which conditions visits and follow-ups are found, and that nothing hidden can be guessed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import ItineraryItem, Participant, VisitAgreement, VisitKind
from partnerships.organisations.models import Place
from tests.asking import listed, related, signed_in
from tests.samples import agreement, follow_up, home, organisation, partnership, person, place, somebody, visit

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def took_part(one, **more) -> Participant:
    """A participant of a visit."""
    return Participant.objects.create(visit=one, **more)


@pytest.fixture
def jiangsu(db) -> Place:
    """A province with a city in it, and a city outside it whose handle begins alike."""
    province = place("Jiangsu", kind="province", handle="jiangsu")
    place("Nanjing", handle="nanjing", parent=province)
    place("Jiangsutown", handle="jiangsutown")
    return province


def test_words_are_looked_for_in_the_title():
    with remembered():
        visit("Nanjing city leaders")
        visit("Adam Tickell in Nanjing")
        visit("Southeast University leaders")
    assert listed("visits", q="LEADERS") == ["Southeast University leaders", "Nanjing city leaders"]


def test_a_visit_is_found_by_home_and_direction():
    leeds, york = home("Leeds"), home("York")
    visit("Leeds in", home=leeds)
    visit("Leeds out", home=leeds, direction="outbound")
    visit("York in", home=york)
    assert sorted(listed("visits", home=[leeds.handle, york.handle])) == ["Leeds in", "Leeds out", "York in"]
    assert sorted(listed("visits", home=leeds.handle)) == ["Leeds in", "Leeds out"]
    assert sorted(listed("visits", direction="inbound")) == ["Leeds in", "York in"]
    assert listed("visits", direction=["outbound", "virtual"]) == ["Leeds out"]


def test_a_partner_is_found_as_the_partner_or_as_the_body_of_a_participant():
    city, party = organisation("City"), organisation("Party committee")
    led = visit("Delegation", partner=city)
    took_part(led, group="Leaders", organisation=city)
    took_part(led, group="Committee", organisation=party)
    visit("Other")
    assert [listed("visits", partner=one.pk) for one in (city, party)] == [["Delegation"], ["Delegation"]]
    assert listed("visits", partner=organisation().pk) == []


def test_a_participant_who_may_not_be_seen_gives_no_body_or_person_away():
    body = organisation("Ministry")
    secret = person("Secret", **HIDDEN)
    one = visit("Delegation")
    took_part(one, person=secret, organisation=body)
    ItineraryItem.objects.create(visit=one, kind="tour", title="Tour", led_by=secret, place=place("Lab", handle="lab"))
    assert (listed("visits", partner=body.pk), listed("visits", "manager", partner=body.pk)) == ([], ["Delegation"])
    lab = Place.objects.get(handle="lab")
    assert (listed("visits", place=lab.pk), listed("visits", "manager", place=lab.pk)) == ([], ["Delegation"])
    assert listed("visits", "manager", person=secret.pk) == ["Delegation"]
    assert signed_in("staff").get(f"/visits/?person={secret.pk}").status_code == 400


def test_a_place_includes_what_lies_in_it_and_the_places_of_the_itinerary(jiangsu):
    visit("In the city", place=Place.objects.get(handle="nanjing"))
    visit("In another town", place=Place.objects.get(handle="jiangsutown"))
    touring = visit("Tour", place=place("London"))
    for number in range(3):
        ItineraryItem.objects.create(visit=touring, kind="tour", title=f"Stop {number}", place=jiangsu)
    assert sorted(listed("visits", place=jiangsu.pk)) == ["In the city", "Tour"]
    assert listed("visits", place=Place.objects.get(handle="nanjing").pk) == ["In the city"]


def test_a_hidden_part_of_a_place_gives_no_visit_away(jiangsu):
    visit("At the site", place=place("Site", handle="site", parent=jiangsu, **HIDDEN))
    assert (listed("visits", place=jiangsu.pk), listed("visits", "manager", place=jiangsu.pk)) == ([], ["At the site"])


def test_a_person_is_found_as_a_participant_and_as_the_leader_of_an_item():
    zhang = person("Zhang Jinghua")
    took_part(visit("Came"), person=zhang)
    guided = visit("Guided")
    ItineraryItem.objects.create(visit=guided, kind="tour", title="Tour", led_by=zhang)
    took_part(guided, person=zhang, side="host")
    visit("Other")
    assert sorted(listed("visits", person=zhang.pk)) == ["Came", "Guided"]


def test_a_visit_is_found_by_kind_status_and_by_what_is_not_recorded():
    kind = VisitKind.objects.create(code="ceremony-x", label="Ceremony")
    visit("Ceremony", kind=kind, status="happened")
    visit("Unsorted", status="planned")
    assert listed("visits", kind="ceremony-x") == ["Ceremony"]
    assert listed("visits", kind="unknown") == ["Unsorted"]
    assert listed("visits", kind=["unknown", "ceremony-x"], status="happened") == ["Ceremony"]


def test_a_visit_is_found_by_its_agreement_and_by_the_visit_it_followed():
    memorandum, first = agreement("Memorandum"), visit("First")
    VisitAgreement.objects.create(visit=first, agreement=memorandum, kind="signed")
    second = visit("Second", after=first)
    VisitAgreement.objects.create(visit=second, agreement=memorandum, kind="followed")
    assert sorted(listed("visits", agreement=memorandum.pk)) == ["First", "Second"]
    assert listed("visits", after=first.pk) == ["Second"]
    assert listed("visits", agreement=agreement().pk) == []


def test_a_span_finds_the_certain_visits_and_the_possible_ones_on_request():
    visit("Certain", happens_on="2024-05")
    visit("Possible", happens_on="XXXX-05")
    visit("Unknown")
    visit("Outside", happens_on="2019")
    assert listed("visits", when_from="2024", when_to="2024") == ["Certain"]
    assert sorted(listed("visits", when_from="2024", when_to="2024", when_possible="yes")) == [
        "Certain",
        "Possible",
        "Unknown",
    ]


def test_visits_with_something_to_be_done_are_found_once():
    busy = visit("Busy")
    for _ in range(3):
        follow_up(visit=busy)
    follow_up(visit=visit("Done"), done_on=date(2024, 1, 1))
    follow_up(visit=visit("Secretly busy"), **HIDDEN)
    follow_up(agreement=agreement())
    assert listed("visits", has_follow_ups="yes") == ["Busy"]
    assert sorted(listed("visits", has_follow_ups="no")) == ["Done", "Secretly busy"]
    assert sorted(listed("visits", "manager", has_follow_ups="yes")) == ["Busy", "Secretly busy"]


def test_what_is_overdue_is_open_too():
    today = timezone.localdate()
    follow_up("Late", due_on=today - timedelta(days=1))
    follow_up("Today", due_on=today)
    follow_up("Some day")
    follow_up("Done late", due_on=today - timedelta(days=9), done_on=today)
    assert listed("follow-ups", state="open") == ["Late", "Today", "Some day"]
    assert listed("follow-ups", state="overdue") == ["Late"]
    assert listed("follow-ups", state="done") == ["Done late"]
    assert listed("follow-ups", state=["overdue", "done"]) == ["Done late", "Late"]


def test_mine_are_those_of_whoever_looks():
    mine, other = somebody("staff"), somebody("manager")
    follow_up("Mine", owner=mine)
    follow_up("Theirs", owner=other)
    follow_up("Nobody's")
    assert [listed("follow-ups", role, mine="yes") for role in ("staff", "manager", "viewer")] == [
        ["Mine"],
        ["Theirs"],
        [],
    ]
    assert sorted(listed("follow-ups", "staff", mine="no")) == ["Nobody's", "Theirs"]
    assert listed("follow-ups", has_owner="no") == ["Nobody's"]


def test_a_follow_up_is_found_by_what_it_belongs_to():
    one, signed, both = visit(), agreement(), partnership()
    follow_up("Of the visit", visit=one)
    follow_up("Of the agreement", agreement=signed)
    follow_up("Of the partnership", partnership=both)
    assert listed("follow-ups", visit=one.pk) == ["Of the visit"]
    assert listed("follow-ups", agreement=signed.pk) == ["Of the agreement"]
    assert listed("follow-ups", partnership=both.pk) == ["Of the partnership"]


def test_due_days_are_a_span_with_both_ends():
    for day in (1, 2, 3):
        follow_up(f"Day {day}", due_on=date(2026, 1, day))
    follow_up("No day")
    assert listed("follow-ups", due_from="2026-01-02") == ["Day 2", "Day 3"]
    assert listed("follow-ups", due_to="2026-01-02") == ["Day 1", "Day 2"]
    assert listed("follow-ups", due_from="2026-01-02", due_to="2026-01-02") == ["Day 2"]


@pytest.mark.parametrize(
    ("path", "conditions", "sentence"),
    [
        ("follow-ups", "due_from=01/02/26", "Enter a day as 2026-03-04"),
        ("follow-ups", "due_from=2026-02-30", "Enter a day as 2026-03-04"),
        ("follow-ups", "due_from=2026-02-02&due_to=2026-02-01", "Exchange the two dates"),
        ("follow-ups", "state=late", "late is not one of the available choices"),
        ("follow-ups", "mine=maybe", "maybe is not one of the available choices"),
        ("visits", "direction=sideways", "sideways is not one of the available choices"),
        ("visits", "when_from=May", "Enter a date with its year"),
        ("visits", "partner=999999", "not one of the available choices"),
        ("visits", "has_followups=yes", "Did you mean “has_follow_ups”?"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(path, conditions, sentence):
    answer = signed_in().get(f"/{path}/?{conditions}")
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True), answer.content.decode()[-3000:]


def test_a_visit_is_found_by_whether_its_year_is_known_and_by_being_mine():
    for title, when in (
        ("Day", "2024-05-12"),
        ("Year", "2024"),
        ("May", "XXXX-05"),
        ("Two", "2023/2024"),
        ("On", "2024/.."),
    ):
        visit(title, happens_on=when)
    visit("Never", owner=somebody("viewer"))
    visit("Theirs", owner=somebody("staff"))
    assert sorted(listed("visits", has_year="yes")) == ["Day", "Year"]
    assert sorted(listed("visits", has_year="no")) == ["May", "Never", "On", "Theirs", "Two"]
    assert listed("visits", mine="yes") == ["Never"]


def test_a_follow_up_is_found_by_whether_it_has_a_due_date():
    follow_up("Some day")
    follow_up("Soon", due_on=timezone.localdate())
    assert (listed("follow-ups", has_due="yes"), listed("follow-ups", has_due="no")) == (["Soon"], ["Some day"])


def test_a_body_that_was_met_on_the_itinerary_leads_to_the_visit():
    council, guide = organisation("City Council"), person("Guide", **HIDDEN)
    with remembered():
        met = visit("Delegation")
        ItineraryItem.objects.create(visit=met, kind="meeting", title="A call", organisation=council)
        secret = visit("With a secret guide")
        ItineraryItem.objects.create(visit=secret, kind="tour", title="Tour", organisation=council, led_by=guide)
        visit("Other")
    assert listed("visits", partner=council.pk) == ["Delegation"]
    assert sorted(listed("visits", "manager", partner=council.pk)) == ["Delegation", "With a secret guide"]
    assert listed("visits", q="a call") == ["Delegation"]
    assert related(council, "viewer")["visits"] == (1, 1)
