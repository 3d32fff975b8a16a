"""What the pages and lists of visits and follow-ups say, and to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.access.models import Entry, Visibility
from partnerships.memory import remembered
from partnerships.models import ItineraryItem, Participant, Person, Post, Undertaking, VisitAgreement
from partnerships.records import catalogue
from partnerships.records.kinds import kind_of
from partnerships.visits.records.visits import direction_words, lead
from tests.asking import page_of, related, signed_in, words_of
from tests.samples import agreement, follow_up, funding, home, organisation, person, place, somebody, undertaking, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation(db):
    """The visit of document 003, with two hosts, three items and three suggestions."""
    with remembered():
        birmingham, city = home("University of Birmingham"), organisation("Nanjing Municipal Government")
        committee = organisation("Nanjing Municipal Committee")
        before = visit("Tim Jones in Nanjing", home=birmingham, partner=city, direction="outbound")
        one = visit(
            "City leaders",
            home=birmingham,
            partner=city,
            status="happened",
            place=place("Edgbaston campus"),
            purpose="To continue discussions",
            part_of="a major tour of the UK",
            after=before,
        )
        zhang = person("Zhang Jinghua", title="Mr", family_name="Zhang", is_sensitive=True)
        frampton = person("Jon Frampton", title="Professor", family_name="Frampton")
        Post.objects.create(person=zhang, role="Party Secretary", organisation=committee)
        Participant.objects.create(visit=one, side="host", person=frampton, role="greeter", order=1)
        Participant.objects.create(visit=one, person=zhang, role="head", organisation=committee, order=2)
        Participant.objects.create(visit=one, group="Fellow delegates", role="delegate", order=3)
        Participant.objects.create(visit=one, group="Interpreters", group_size=2, order=4)
        ItineraryItem.objects.create(visit=one, kind="tour", title="Energy storage", order=2)
        ItineraryItem.objects.create(visit=one, kind="welcome", title="Welcome", led_by=frampton, order=1)
        undertaking("Talent exchange", visit=one, standing="asked", by=zhang, detail="Branches")
        VisitAgreement.objects.create(visit=one, agreement=agreement("Memorandum"), kind="followed")
        follow_up("Thank the guests", visit=one, done_on=timezone.localdate(), outcome="Letter sent")
        follow_up("Answer", visit=one, owner=somebody("staff"), due_on=timezone.localdate() - timedelta(days=1))
        follow_up("Ask for the year", visit=one)
        funding("A gift", visit=one)
        visit("Later visit", home=birmingham, after=one)
    return one


def table(page: str, start: str, end: str) -> str:
    """The words of a page between two headings."""
    return page.split(f"{start} ", 1)[1].split(f" {end}", 1)[0]


def test_the_direction_is_said_as_seen_from_home():
    leeds = home("Leeds")
    said = [direction_words(visit(home=leeds, direction=way)) for way in ("inbound", "outbound", "virtual")]
    assert said == ["Inbound to Leeds", "Outbound from Leeds", "Virtual, with Leeds"]


def test_the_lead_names_who_led_and_who_received(delegation):
    assert lead(delegation, None) == "Inbound. Led by Zhang Jinghua, received by Jon Frampton."
    assert lead(visit(direction="virtual"), None) == "Virtual."
    two = visit()
    for name in ("A", "B", "C"):
        Participant.objects.create(visit=two, side="host", person=person(name), role="host_lead")
    assert lead(two, None) == "Inbound. Received by A, B and C."


def test_the_page_holds_everything_in_twelve_queries(delegation):
    page, queries = page_of(delegation)
    assert queries == 12
    assert "Inbound. Led by Zhang Jinghua, received by Jon Frampton." in page
    assert table(page, "Facts", "Participants") == (
        "Direction Inbound to University of Birmingham Home University of Birmingham "
        "Partner Nanjing Municipal Government When not yet asked Where Edgbaston campus Kind not yet asked "
        "Status happened Purpose To continue discussions Part of a larger tour a major tour of the UK "
        "After the visit Tim Jones in Nanjing"
    )
    assert (
        "Zhang Jinghua Mr · family name Zhang visitor head of delegation Party Secretary, Nanjing Municipal Committee"
        in page
    )
    assert "a role may be sensitive personal data Nanjing Municipal Committee" in page
    assert "Fellow delegates unnamed; how many: not stated visitor delegate" in page
    assert "Interpreters unnamed; how many: 2 visitor" in page
    assert page.index("Interpreters") < page.index("Jon Frampton Professor")
    assert "welcome Welcome Jon Frampton tour Energy storage" in page
    assert "Talent exchange Branches asked for Zhang Jinghua not yet asked" in page
    assert "Memorandum the visit followed the signing type not stated" in page


def test_open_follow_ups_come_first_with_owner_and_due_day(delegation):
    page, _ = page_of(delegation)
    yesterday = timezone.localdate() - timedelta(days=1)
    said = table(page, "Follow-up Owner Due State", "Visits after this one")
    assert said == (
        f"Answer test-staff {yesterday.day} {yesterday:%B %Y} overdue Ask for the year nobody yet not set open "
        "Thank the guests Letter sent nobody yet not set done"
    )


def test_the_page_leads_to_later_visits_and_to_the_money(delegation):
    assert related(delegation) == {"visits": (1, 1), "funding": (1, 1)}


def test_a_person_who_may_not_be_seen_is_on_no_page_and_in_no_line(delegation):
    with remembered():
        zhang = Person.objects.get(name="Zhang Jinghua")
        zhang.visibility = Visibility.MANAGERS
        zhang.save()
    page, _ = page_of(delegation)
    assert ("Zhang" in page.split("Participants")[0], "withheld" in page) == (False, True)
    assert "Inbound. Received by Jon Frampton." in page
    assert "zhang" not in Entry.objects.get(kind="visit", record_id=delegation.pk).words_key
    assert "Zhang Jinghua" in page_of(delegation, "manager")[0]


def test_the_list_says_who_came_and_counts_what_is_open(delegation):
    page = words_of(signed_in().get("/visits/?q=city+leaders").content.decode())
    assert (
        "City leaders not yet asked Inbound to University of Birmingham Nanjing Municipal Government "
        "Zhang Jinghua · Fellow delegates · Interpreters Edgbaston campus happened 2"
    ) in page


def test_the_catalogue_knows_a_visit_by_its_people_its_bodies_and_what_was_done(delegation):
    line = Entry.objects.get(kind="visit", record_id=delegation.pk)
    assert (line.title, line.second, line.names_key) == (
        "City leaders",
        "Inbound · Nanjing Municipal Government",
        "city leaders",
    )
    assert line.words.split(" ¦ ") == [
        "To continue discussions",
        "a major tour of the UK",
        "Nanjing Municipal Government",
        "University of Birmingham",
        "Welcome",
        "Energy storage",
        "Jon Frampton",
        "Zhang Jinghua",
        "Fellow delegates",
        "Interpreters",
        "Nanjing Municipal Committee",
    ]


def test_the_line_of_a_visit_follows_the_names_that_it_repeats(delegation):
    with remembered():
        city = delegation.partner
        city.name = "Nanjing City"
        city.save()
        frampton = Person.objects.get(name="Jon Frampton")
        frampton.name = "Jonathan Frampton"
        frampton.save()
    line = Entry.objects.get(kind="visit", record_id=delegation.pk)
    assert (line.second, "jonathan frampton" in line.words_key) == ("Inbound · Nanjing City", True)


def test_the_catalogue_reads_visits_in_a_fixed_number_of_queries(delegation, django_assert_num_queries):
    def lines_of_all() -> int:
        return len([catalogue.line_of(kind_of("visit"), one) for one in catalogue.rows_of(kind_of("visit"))])

    with django_assert_num_queries(6):
        assert lines_of_all() == 3
    for number in range(5):
        Participant.objects.create(visit=visit(), person=person(f"P{number}"))
    with django_assert_num_queries(6):
        assert lines_of_all() == 8


def test_what_was_asked_and_may_not_be_seen_is_left_out(delegation):
    Undertaking.objects.update(visibility=Visibility.MANAGERS)
    assert "Talent exchange" not in page_of(delegation)[0]
    assert "Talent exchange" in page_of(delegation, "manager")[0]


def test_a_follow_up_says_to_what_it_belongs_and_how_it_stands():
    one = follow_up("Answer", visit=visit("City leaders"), due_on=timezone.localdate() - timedelta(days=1))
    page, queries = page_of(one)
    assert queries == 5
    assert "Answer Overdue. Belongs to City leaders." in page
    due = one.due_on
    assert f"Facts Belongs to City leaders Owner nobody yet Due {due.day} {due:%B %Y} State overdue" in page
