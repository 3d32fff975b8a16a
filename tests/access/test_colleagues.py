"""Whoever may only read is named nowhere as the one who sees to something."""

import pytest

from partnerships.memory import remembered
from tests.asking import errors_of, signed_in, words_of
from tests.filling import form_of
from tests.samples import make, somebody

pytestmark = pytest.mark.django_db
NAMED = [
    ("agreement", "owner", "Owner"),
    ("agreement", "reviewer", "Reviewer"),
    ("undertaking", "owner", "Owner"),
    ("followup", "checker", "Checked by"),
    ("partnership", "looked_after_by", "Looked after by"),
    ("visit", "owner", "Owner"),
]


@pytest.mark.parametrize(("kind", "field", "label"), NAMED)
def test_a_viewer_is_neither_offered_nor_taken_and_the_sentence_names_the_field(kind, field, label):
    viewer, staff = somebody("viewer"), somebody("staff")
    with remembered():
        record = make(kind)
    client, address = signed_in("manager"), f"{record.get_absolute_url()}edit/"
    page = client.get(address).content.decode()
    offered = page[page.index(f'name="{field}"') :].split("</select>")[0]
    assert (f'value="{staff.pk}"' in offered, f'value="{viewer.pk}"' in offered) == (True, False)
    refused = client.post(address, form_of(client, address) | {field: str(viewer.pk)})
    assert refused.status_code == 422
    assert f"{label}: choose somebody who may edit, of the staff or above." in errors_of(refused)
    assert client.post(address, form_of(client, address) | {field: str(staff.pk)}).status_code == 303
    record.refresh_from_db()
    assert getattr(record, field) == staff


def test_whoever_lost_the_right_to_edit_stays_named_until_another_is_chosen():
    viewer = somebody("viewer")
    with remembered():
        one = make("agreement", owner=viewer)
    client, address = signed_in("manager"), f"{one.get_absolute_url()}edit/"
    assert client.post(address, form_of(client, address) | {"purpose": "Exchange"}).status_code == 303
    one.refresh_from_db()
    assert (one.owner, one.purpose) == (viewer, "Exchange")


@pytest.mark.parametrize(("kind", "field", "label"), NAMED)
def test_the_workshop_names_nobody_anew_who_may_only_read(workshop, kind, field, label):
    viewer = somebody("viewer")
    with remembered():
        record = make(kind)
    address = f"/admin/partnerships/{kind}/{record.pk}/change/"
    refused = workshop.post(address, form_of(workshop, address) | {field: str(viewer.pk)})
    assert f"{label}: choose somebody who may edit" in words_of(refused.content.decode())
    type(record).objects.filter(pk=record.pk).update(**{field: viewer})
    assert workshop.post(address, form_of(workshop, address)).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == viewer
