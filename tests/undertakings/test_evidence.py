"""How what shows that a line came to something is entered: a kind of record, then one record of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.memory.submissions import new_token
from partnerships.models import Evidence, Note, Undertaking
from tests.asking import signed_in
from tests.filling import form_of
from tests.samples import agreement, make, project, undertaking, visit

pytestmark = pytest.mark.django_db


def sent(line: Undertaking, *rows: dict, role: str = "staff"):
    """The answer to the form of a line with these rows of evidence."""
    client = signed_in(role)
    address = f"/undertakings/{line.pk}/edit/"
    filled = {name: value for name, value in form_of(client, address).items() if not name.startswith("evidences-")}
    old = sum("id" in row for row in rows)
    filled |= {"evidences-TOTAL_FORMS": len(rows), "evidences-INITIAL_FORMS": old, "token": new_token()}
    filled |= {f"evidences-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return client.post(address, filled)


def kept(line: Undertaking) -> list[tuple]:
    """The kind and the record of each piece of evidence, with its words."""
    return [(one.record._meta.model_name, one.record.pk, one.words) for one in line.shown_by.all()]


def test_evidence_is_a_kind_and_one_record_of_it():
    line, signed, held = undertaking(), agreement("New MoU"), visit()
    rows = [{"of": "agreement", "record": signed.pk, "words": "article 2"}, {"of": "visit", "record": held.pk}]
    assert sent(line, *rows).status_code == 303
    assert kept(line) == [("agreement", signed.pk, "article 2"), ("visit", held.pk, "")]
    first = line.shown_by.first()
    shown = signed_in("staff").get(f"/undertakings/{line.pk}/edit/").content.decode()
    assert (f'<option value="{signed.pk}" selected>New MoU</option>' in shown, shown.count("data-picks=")) == (True, 3)
    again = [
        {"id": first.pk, "of": "visit", "record": held.pk, "words": "they said so"},
        {"id": line.shown_by.last().pk, "DELETE": "on"},
    ]
    assert sent(line, *again).status_code == 303
    assert kept(line) == [("visit", held.pk, "they said so")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"of": "visit", "record": ""}, "Choose the record that shows it, or remove this row."),
        ({"of": "visit", "record": "999999"}, "Select a valid choice."),
        ({"of": "nothing", "record": "1"}, "Select a valid choice. nothing is not one of the available choices."),
    ],
)
def test_a_row_without_a_record_of_its_kind_is_refused_and_nothing_is_stored(row, said):
    line = undertaking()
    answer = sent(line, row)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert kept(line) == []


def test_a_record_that_the_user_may_not_see_is_no_evidence():
    line, secret = undertaking(), project("Secret", visibility=Visibility.MANAGERS)
    answer = sent(line, {"of": "project", "record": secret.pk})
    assert (answer.status_code, "Secret" in answer.content.decode()) == (422, False)


def test_without_script_a_name_is_typed():
    line, signed = undertaking(), make("agreement", title="Lisbon protocol")
    assert sent(line, {"of": "agreement", "record": "", "record-typed": "lisbon"}).status_code == 303
    assert kept(line) == [("agreement", signed.pk, "")]


def test_a_note_that_is_evidence_stays_when_the_line_is_saved():
    line = undertaking()
    with remembered():
        note = Note.objects.create(record_kind="visit", record_id=visit().pk, text="They rang.")
    one = Evidence.objects.create(undertaking=line, note=note)
    assert sent(line, {"id": one.pk, "words": "they rang"}).status_code == 303
    assert kept(line) == [("note", note.pk, "they rang")]


def test_many_pieces_of_evidence_cost_no_more_queries():
    counts = []
    client = signed_in("staff")
    for number in (1, 30):
        line = undertaking()
        for _ in range(number):
            Evidence.objects.create(undertaking=line, agreement=agreement())
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/undertakings/{line.pk}/edit/")
        counts.append(len(queries))
    assert counts == [11, 11]
