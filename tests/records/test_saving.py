"""A form counts once, and what is typed into it is never lost."""

import pytest

from partnerships.memory import remembered
from partnerships.models import Agreement, Person
from tests.asking import signed_in, words_of
from tests.filling import fields_of, form_of
from tests.samples import agreement, home, person

pytestmark = pytest.mark.django_db


def test_a_form_sent_again_with_another_text_is_drawn_again_and_can_then_be_saved():
    client = signed_in("staff")
    sent = form_of(client, "/people/new/") | {"name": "Ada First"}
    assert client.post("/people/new/", sent).status_code == 303
    answer = client.post("/people/new/", sent | {"name": "Ada Second"})
    page = answer.content.decode()
    assert (answer.status_code, "sent once already" in page, Person.objects.count()) == (422, True, 1)
    assert client.post("/people/new/", fields_of(page)).status_code == 303
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ada First", "Ada Second"]


def test_an_edit_sent_again_with_another_text_never_overwrites_what_was_not_seen():
    with remembered():
        record = person("Ada")
    client, address = signed_in("staff"), f"{record.get_absolute_url()}edit/"
    sent = form_of(client, address)
    assert client.post(address, sent | {"name": "Ada First"}).status_code == 303
    answer = client.post(address, sent | {"name": "Ada Second"})
    assert answer.status_code == 422
    assert client.post(address, fields_of(answer.content.decode())).status_code == 409
    record.refresh_from_db()
    assert record.name == "Ada First"


def test_a_row_of_another_record_is_refused_and_never_passed_over():
    with remembered():
        record, other = agreement("Ours"), agreement("Theirs")
    client, address = signed_in("staff"), f"{record.get_absolute_url()}edit/"
    answer = client.post(address, form_of(client, address) | {"partys-0-id": other.parties.first().pk})
    assert (answer.status_code, "none of this record" in answer.content.decode()) == (422, True)
    assert (record.parties.count(), other.parties.count()) == (2, 2)


def test_two_rows_of_the_same_and_a_form_without_its_rows_are_refused_in_plain_words():
    ours, client, address = home().pk, signed_in("staff"), "/agreements/new/"
    sent = form_of(client, address) | {
        "title": "Exchange",
        "partys-0-organisation": ours,
        "partys-1-organisation": ours,
    }
    told = words_of(client.post(address, sent).content.decode())
    assert "Parties: two rows have the same organisation. Change one of them, or remove it." in told
    assert "This row repeats one above it. Change it, or remove it." in told
    del sent["partys-TOTAL_FORMS"]
    told = words_of(client.post(address, sent).content.decode())
    assert "The form arrived incomplete, so nothing was saved. Open it again." in told
    assert Agreement.objects.count() == 0
