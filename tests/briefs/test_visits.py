"""The brief of a visit: complete, honest, scoped to its reader, and cheap."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships import models
from partnerships.access.models import Visibility
from partnerships.memory import remembered
from tests.asking import signed_in, words_of
from tests.briefs.worlds import a_world, keep_photo, png
from tests.samples import agreement, follow_up, home, organisation, person, somebody, visit

pytestmark = pytest.mark.django_db
QUERIES = 27


def brief_of(record, role: str = "staff") -> str:
    """The words of a brief."""
    answer = signed_in(role).get(f"{record.get_absolute_url()}brief/")
    assert answer.status_code == 200
    return words_of(answer.content.decode().split("<main", 1)[1].split("</main>")[0])


def test_a_brief_tells_everything_that_stands_between_the_two_sides():
    with remembered(user=somebody("staff")):
        record = a_world(words="Rivers")
    page = brief_of(record)
    told = ["last", "guest 0", "group", "agreement 0", "programme 0", "cohort 0", "project 0", "fund 0", "line 0"]
    told += ["ask 0", "tie 0", "task 0"]
    assert [one for one in told if f"Rivers {one}" not in page] == []
    heads = ["Who comes", "Who receives", "Talking points", "Last time", "What was asked", "What stands between us"]
    heads += ["Agreements, and what came of them", "Still to be done", "Programmes and cohorts", "Projects and money"]
    places = [page.find(head) for head in [*heads, "The day", "Still unknown", "Notes", "Sources"]]
    assert places == sorted(places)
    assert -1 not in places


def test_a_brief_tells_nothing_that_its_reader_may_not_see():
    with remembered(user=somebody("staff")):
        record = a_world(words="Secret", visibility=Visibility.MANAGERS)
        models.Visit.objects.filter(pk=record.pk).update(talking_points="")
    seen, hidden = brief_of(record, "manager"), brief_of(record, "staff")
    assert seen.count("Secret") > 20
    # Groups and what is shown are the visit's own words; everything of a hidden record is gone with it.
    assert hidden.replace("Secret group", "").count("Secret") == 0


def test_a_hidden_visit_has_no_brief():
    with remembered():
        record = visit("Hidden", visibility=Visibility.MANAGERS)
    addresses = [f"/visits/{record.pk}/brief/", f"/visits/{record.pk}/brief.docx"]
    asked = {role: [signed_in(role).get(one).status_code for one in addresses] for role in ("staff", "manager")}
    assert asked == {"staff": [404, 404], "manager": [200, 200]}


def test_a_hidden_partner_takes_what_names_it_along():
    with remembered():
        ours, theirs = home("Ours"), organisation("Secret Body", visibility=Visibility.MANAGERS)
        record = visit("Open visit", home=ours, partner=organisation("Open Body"))
        agreement("With a secret body", parties=(ours, theirs))
        models.Participant.objects.create(visit=record, group="Secret guests", organisation=theirs)
    assert "Secret" in brief_of(record, "manager")
    assert "Secret" not in brief_of(record, "staff")


@pytest.mark.parametrize("path", ["brief/", "brief.docx"])
def test_a_brief_costs_the_same_queries_for_one_of_everything_and_for_thirty(path):
    client, costs = signed_in("staff"), []
    for number in (1, 30):
        with remembered(user=somebody("staff")):
            models.Organisation.objects.filter(name__in=("Our University", "Their Institute")).update(name="Earlier")
            record = a_world(number)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"{record.get_absolute_url()}{path}")
        assert answer.status_code == 200
        costs.append(len(queries))
    assert costs == [QUERIES] * 2


def test_a_form_of_address_is_printed_only_as_it_was_given():
    with remembered():
        record = visit("Guests", partner=organisation(), status="planned")
        for name, title, said in (("Zhang Wei", "Mr.", ""), ("Li Na", "", ""), ("Wang Fang", "", "Director Wang")):
            family = name.split()[0]
            one = person(name, family_name=family, given_name=name.split()[1], family_first=True, title=title)
            models.Participant.objects.create(visit=record, person=one, address_as=said)
    page = brief_of(record)
    assert "Zhang Wei (Mr.; family name first: Zhang)" in page
    assert "Li Na (family name first: Li)" in page
    assert "Wang Fang (say “Director Wang”; family name first: Wang)" in page


def test_the_head_of_a_delegation_stands_first_and_the_others_in_their_order():
    with remembered():
        record = visit("Guests", partner=organisation())
        for order, (name, role) in enumerate((("Second", ""), ("First", "head"), ("Third", "")), 1):
            models.Participant.objects.create(visit=record, person=person(name), role=role, order=order)
    page = brief_of(record)
    places = [page.index(name) for name in ("First", "Second", "Third")]
    assert places == sorted(places)


def test_what_is_not_known_is_said():
    with remembered():
        record = visit("Empty visit")
    page = brief_of(record)
    unknown = page.split("Still unknown")[1].split("Notes")[0]
    assert "day and year, where, what for, who comes, who receives, the programme of the day" in unknown


def test_what_became_of_a_promise_of_last_time_stands_under_it():
    with remembered(user=somebody("staff")):
        ours, theirs = home(), organisation()
        last = visit("Last autumn", home=ours, partner=theirs, status="closed")
        record = visit("This spring", home=ours, partner=theirs, status="planned", after=last)
        line = models.Undertaking.objects.create(visit=last, wording="A summer school", standing="promised")
        follow_up("Find a room", visit=last, undertaking=line, done_on="2026-03-04", outcome="Room 7")
        other = models.Undertaking.objects.create(visit=last, wording="A chair", standing="promised")
        assert other
    page = brief_of(record)
    assert "A summer school (promised). Find a room : done 4 March 2026: Room 7." in page
    assert "A chair (promised). Evidence: none recorded." in page


def test_a_photograph_that_is_held_is_shown_and_one_that_is_hidden_is_not():
    with remembered(user=somebody("staff")):
        record = visit("Guests", partner=organisation())
        seen, hidden = person("Seen"), person("Hidden", visibility=Visibility.MANAGERS)
        for one in (seen, hidden):
            models.Participant.objects.create(visit=record, person=one)
    faces = [keep_photo(one, png()) for one in (seen, hidden)]
    page = signed_in("staff").get(f"/visits/{record.pk}/brief/").content.decode()
    assert [f'src="/attachments/{one.pk}/"' in page for one in faces] == [True, False]


def test_the_page_of_a_visit_leads_to_its_brief():
    with remembered():
        record = visit("Guests")
    assert f'href="/visits/{record.pk}/brief/"' in signed_in("viewer").get(record.get_absolute_url()).content.decode()
