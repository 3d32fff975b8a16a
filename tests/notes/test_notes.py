"""Notes on every record: written in place, once; read by whoever sees the record; changed by who wrote them."""

import re

import pytest
from django.test import Client

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.memory.models import Change
from partnerships.models import Note
from partnerships.notes.models import LONGEST_NOTE
from tests.asking import errors_of, signed_in, words_of
from tests.samples import make, person, somebody

pytestmark = pytest.mark.django_db


def token_of(client: Client, address: str) -> str:
    """The token of the form at an address."""
    return re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())[1]


def written(record, role: str = "staff", token: str = "", **fields):
    """The answer to a note that somebody of a role writes on a record."""
    client, address = signed_in(role), f"{record.get_absolute_url()}notes/"
    sent = {"token": token or token_of(client, address), "kind": "call", "text": "They will send a draft."}
    return client.post(f"{address}new/", sent | fields)


def notes_on(record, role: str = "viewer") -> str:
    """The words of a record's notes, as a role reads them."""
    return words_of(signed_in(role).get(f"{record.get_absolute_url()}notes/").content.decode())


def note(record, text: str = "They called.", **more) -> Note:
    """A note on a record."""
    with remembered():
        return Note.objects.create(record_kind=record._meta.model_name, record_id=record.pk, text=text, **more)


def test_a_note_is_written_once_and_read_with_its_kind_date_people_and_writer():
    record = make("agreement")
    who = person("Li Jun")
    answer = written(record, happened_on_date="12 May 2026", people=[who.pk])
    assert (answer.status_code, answer["Location"]) == (303, f"{record.get_absolute_url()}#notes")
    read = notes_on(record)
    for words in ("Call", "12 May 2026", "Li Jun", "They will send a draft.", "Written by test-staff"):
        assert words in read


def test_the_same_token_twice_makes_one_note():
    record, token = make("visit"), "t" * 20
    first, again = (written(record, token=token) for _ in range(2))
    assert (first.status_code, again.status_code, first["Location"]) == (303, 303, again["Location"])
    assert Note.objects.count() == 1
    assert "with something else in it" in errors_of(written(record, token=token, text="Another text."))
    assert Note.objects.count() == 1


def test_a_new_note_offers_today_and_takes_a_date_as_vague_as_it_is_known():
    record = make("visit")
    form = signed_in("staff").get(f"{record.get_absolute_url()}notes/").content.decode()
    assert re.search(r'name="happened_on_0"|name="happened_on_date"', form)
    written(record, happened_on_date="May", happened_on_wording="this May")
    assert Note.objects.get().happened_on.notation == "XXXX-05"
    written(record, text="No day known.", happened_on_date="")
    assert "date not stated" in notes_on(record)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "required"),
        ({"text": "x" * (LONGEST_NOTE + 1)}, "20000"),
        ({"text": "a\x07b"}, "U+0007"),
        ({"text": "abc\u202edef"}, "direction of writing"),
        ({"kind": "gossip"}, "gossip"),
        ({"happened_on_date": "31 Feb 2024"}, "Feb"),
        ({"people": ["999999999999"]}, "999999999999"),
        ({"visibility": "3"}, "3"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_with_what_was_typed(fields, said):
    record = make("organisation")
    answer = written(record, **{"text": "My words."} | fields)
    assert said in errors_of(answer)
    assert Note.objects.count() == 0
    assert "text" in fields or "My words." in answer.content.decode()


def test_a_note_without_its_token_or_with_a_field_sent_twice_is_not_kept():
    record, client = make("place"), signed_in("staff")
    address = f"{record.get_absolute_url()}notes/new/"
    assert client.post(address, {"kind": "call", "text": "Kept text"}).status_code == 400
    assert client.post(address, {"token": "t" * 20, "kind": "call", "text": ["a", "b"]}).status_code == 400
    assert Note.objects.count() == 0


def test_a_viewer_reads_notes_and_writes_none():
    record = make("agreement")
    note(record)
    page = signed_in("viewer").get(f"{record.get_absolute_url()}notes/").content.decode()
    assert ("They called." in page, "<form method" in page.split("data-part-body")[1].split("</main>")[0]) == (
        True,
        False,
    )
    answer = signed_in("viewer").post(f"{record.get_absolute_url()}notes/new/", {"text": "x"})
    assert (answer.status_code, Note.objects.count()) == (403, 1)


def test_a_note_is_seen_with_its_record_and_a_narrowed_one_by_fewer():
    open_one, hidden = make("agreement"), make("agreement", visibility=Visibility.MANAGERS)
    note(open_one, "Among staff.", visibility=Visibility.STAFF)
    note(hidden, "Of the hidden one.")
    assert ("Among staff." in notes_on(open_one, "staff"), "Among staff." in notes_on(open_one)) == (True, False)
    assert signed_in("staff").get(f"{hidden.get_absolute_url()}notes/").status_code == 404
    assert written(open_one).status_code == 303
    assert signed_in("staff").post(f"{hidden.get_absolute_url()}notes/new/", {"token": "t" * 20}).status_code == 404


def test_somebody_who_is_hidden_is_not_named_in_a_note():
    record = make("visit")
    made = note(record)
    with remembered():
        made.people.add(person("Hidden Person", visibility=Visibility.MANAGERS))
    assert ("Hidden Person" in notes_on(record), "Hidden Person" in notes_on(record, "manager")) == (False, True)


def test_who_wrote_a_note_and_managers_change_it_and_nobody_else():
    record = make("agreement")
    mine, other = note(record, written_by=somebody("staff")), note(record, "By somebody else.")
    staff, manager = signed_in("staff"), signed_in("manager")
    sent = {"kind": "meeting", "text": "Corrected.", "version": mine.version}
    assert staff.post(f"/notes/{mine.pk}/edit/", sent).status_code == 303
    assert staff.post(f"/notes/{other.pk}/edit/", sent | {"version": other.version}).status_code == 403
    assert staff.get(f"/notes/{other.pk}/delete/").status_code == 403
    assert manager.post(f"/notes/{other.pk}/delete/", {"version": other.version}).status_code == 303
    assert [one.text for one in Note.objects.all()] == ["Corrected."]


def test_a_stale_note_is_refused_with_both_texts():
    record = make("agreement")
    made = note(record, written_by=somebody("staff"))
    client, address = signed_in("staff"), f"/notes/{made.pk}/edit/"
    client.post(address, {"kind": "call", "text": "Theirs.", "version": made.version})
    answer = client.post(address, {"kind": "call", "text": "Mine.", "version": made.version})
    page = answer.content.decode()
    assert (answer.status_code, "Theirs." in page, "Mine." in page) == (409, True, True)
    assert Note.objects.get().text == "Theirs."
    assert client.post(f"/notes/{made.pk}/delete/", {"version": made.version}).status_code == 409


def test_a_note_stands_in_its_records_history_and_does_not_change_its_version():
    record = make("agreement")
    before = type(record).objects.get(pk=record.pk).version
    written(record, people=[person("Li Jun").pk])
    changes = Change.objects.filter(kind__in=("note", "noteperson")).order_by("pk")
    assert [(one.record_kind, one.record_id) for one in changes] == [("agreement", record.pk)] * 2
    assert type(record).objects.get(pk=record.pk).version == before
    assert "They will send a draft." in words_of(
        signed_in("viewer").get(f"{record.get_absolute_url()}history/").content.decode()
    )


def test_what_a_narrowed_note_said_is_told_to_nobody_below_even_when_it_is_gone():
    record = make("agreement")
    made = note(record, "Among managers.", visibility=Visibility.MANAGERS)
    with remembered():
        made.people.add(person("Li Jun"))
    address = f"{record.get_absolute_url()}history/"
    signed_in("manager").post(f"/notes/{made.pk}/delete/", {"version": Note.objects.get().version})
    pages = [signed_in(role).get(address).content.decode() for role in ("manager", "staff")]
    assert [("Among managers." in page, "Li Jun" in page) for page in pages] == [(True, True), (False, False)]


def test_a_note_that_is_not_there_or_not_to_be_seen_is_not_found():
    hidden = note(make("visit", visibility=Visibility.MANAGERS))
    for number in (hidden.pk, 999_999, "9" * 30):
        for ending in ("edit", "delete"):
            assert signed_in("staff").get(f"/notes/{number}/{ending}/").status_code == 404


def test_notes_come_a_page_at_a_time_for_the_same_queries(django_assert_num_queries):
    record, client = make("agreement"), signed_in("staff")
    note(record).people.add(person("Li Jun"))
    address = f"{record.get_absolute_url()}notes/"
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)
    for number in range(30):
        note(record, f"Note {number}.").people.add(person())
    with django_assert_num_queries(5):
        page = client.get(address).content.decode()
    assert (page.count('id="note-'), "?page=2" in page) == (20, True)
    assert client.get(f"{address}?page=2").content.decode().count('id="note-') == 11
    for bad in ("?pgae=2", "?page=0", "?page=x", "?page=1&page=2", "?page=%00"):
        assert client.get(address + bad).status_code == 400, bad
