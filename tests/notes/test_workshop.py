"""Notes and files in the workshop: looked at and deleted; their history is that of their record."""

import pytest

from partnerships.attachments.types import TYPES
from partnerships.models import Attachment, Note
from tests.asking import signed_in
from tests.samples import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(settings, tmp_path):
    """An admin in the workshop, and a visit with a note and a file."""
    from partnerships.attachments.actions import attach, storing

    settings.MEDIA_ROOT = tmp_path
    record = make("visit")
    Note.objects.create(record_kind="visit", record_id=record.pk, text="They called.")
    with storing() as names:
        about = {"name": "a.pdf", "content": b"%PDF-", "kind": TYPES[0], "user": None, "description": "A file"}
        attach(names, record=record, **about)
    return signed_in("admin"), record


@pytest.mark.parametrize(("model", "shown"), [(Note, "They called."), (Attachment, "a.pdf")])
def test_a_row_is_listed_found_opened_and_leads_to_its_records_history(workshop, model, shown):
    client, record = workshop
    address, pk = f"/admin/partnerships/{model._meta.model_name}/", model.objects.get().pk
    assert shown in client.get(address, {"q": shown}).content.decode()
    assert client.get(f"{address}{pk}/change/").status_code == 200
    assert client.get(f"{address}add/").status_code == 403
    assert client.get(f"{address}{pk}/history/")["Location"] == f"{record.get_absolute_url()}history/"
    assert client.post(f"{address}{pk}/delete/", {"post": "yes"}).status_code == 302
    assert not model.objects.exists()
