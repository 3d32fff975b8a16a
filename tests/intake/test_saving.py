"""A text becomes a visit: only what was kept, each value with its words, all or nothing, for its owner alone."""

import re

import pytest

from partnerships.models import ContactPoint, Organisation, Participant, Person, Reading, Source, Statement, Visit
from partnerships.records import catalogue
from tests.asking import errors_of, signed_in
from tests.samples import home

pytestmark = pytest.mark.django_db
TEXT = (
    "The University of Mercia welcomed a delegation of 3 from Lakeside Municipal Government in May.\n"
    "Mr Zhang Weiming, Party Secretary, led the delegation. He said: “We would welcome a joint school of rivers.”\n"
    "For more contact Ann Baker on +44 121 496 0102.\n"
)


def begun(client) -> Reading:
    """A draft of the text."""
    page = client.get("/visits/from-text/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    answer = client.post("/visits/from-text/", {"token": token, "text": TEXT})
    assert answer.status_code == 303, answer.content.decode()
    return Reading.objects.get()


def decisions(client, reading: Reading, *, keep, **more) -> dict:
    """What is sent when the lines of these kinds are kept."""
    page = client.get(reading.get_absolute_url()).content.decode()
    sent = {"token": re.search(r'name="token" value="([^"]+)"', page)[1], "do": "save"} | reading.chosen
    for at, one in enumerate(reading.lines):
        sent |= {f"v-{at}": one["value"], f"d-{at}": "keep" if one["kind"] in keep else "drop"}
    return sent | more


@pytest.fixture
def ours():
    made = home("University of Mercia")
    catalogue.rebuild()
    return made


KEPT = ("organisation", "person", "post", "part", "group", "ask", "date")


def test_what_was_kept_is_recorded_with_its_words_and_contact_details_are_not(ours):
    client = signed_in("staff")
    reading = begun(client)
    assert (Visit.objects.count(), Source.objects.count()) == (0, 0)
    sent = decisions(client, reading, keep=KEPT)
    answer = client.post(reading.get_absolute_url(), sent)
    assert answer.status_code == 303, errors_of(answer)
    visit = Visit.objects.get()
    assert (visit.home, visit.direction, str(visit.partner)) == (ours, "inbound", "Lakeside Municipal Government")
    assert str(visit) == "Lakeside Municipal Government at University of Mercia"
    people = {(str(one), one.role, one.group_size) for one in Participant.objects.all()}
    assert people == {("Zhang Weiming", "head", None), ("delegation", "", 3)}
    assert [one.standing for one in visit.undertakings.all()] == ["asked"]
    assert Person.objects.get(name="Zhang Weiming").is_sensitive
    assert not ContactPoint.objects.exists()
    source = Source.objects.get()
    assert (source.text.strip(), source.speaks_for) == (TEXT.strip(), ours)
    lines = source.text.split("\n")
    assert all(one.quotation in lines[one.paragraph - 1] for one in Statement.objects.all())
    again = client.post(reading.get_absolute_url(), sent)
    assert (again.status_code, Visit.objects.count()) == (303, 1)


def test_a_contact_detail_without_a_purpose_stores_nothing_and_keeps_what_was_decided(ours):
    client = signed_in("staff")
    reading = begun(client)
    answer = client.post(reading.get_absolute_url(), decisions(client, reading, keep=(*KEPT, "contact")))
    assert "say what this contact detail is for" in errors_of(answer)
    assert (Visit.objects.count(), Source.objects.count(), Organisation.objects.count()) == (0, 0, 1)
    reading.refresh_from_db()
    assert {one["decision"] for one in reading.lines} >= {"keep"}
    at = next(at for at, one in enumerate(reading.lines) if one["kind"] == "contact")
    sent = decisions(client, reading, keep=(*KEPT, "contact"), **{f"p-{at}": "press enquiries"})
    assert client.post(reading.get_absolute_url(), sent).status_code == 303
    assert ContactPoint.objects.get().purpose == "press enquiries"


def test_a_draft_is_seen_by_its_owner_alone(ours):
    reading = begun(signed_in("staff"))
    assert signed_in("admin").get(reading.get_absolute_url()).status_code == 404
    assert signed_in("viewer").get("/visits/from-text/").status_code == 403


def test_a_text_that_is_too_long_is_named_and_nothing_is_kept(ours):
    client = signed_in("staff")
    answer = client.post("/visits/from-text/", {"token": "x" * 20, "text": "word " * 50_000})
    assert "at most 200,000 can be read" in errors_of(answer)
    assert not Reading.objects.exists()


def test_words_that_were_selected_become_a_line(ours):
    client = signed_in("staff")
    reading = begun(client)
    own = {"do": "add", "own-kind": "ask", "own-paragraph": "2", "own-words": "a joint school of rivers"}
    client.post(reading.get_absolute_url(), own)
    reading.refresh_from_db()
    assert (reading.lines[-1]["value"], reading.lines[-1]["decision"]) == ("a joint school of rivers", "keep")
