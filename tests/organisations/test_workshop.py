"""The tables of these rooms in the workshop: each opens, finds by its search, and lists without a query per row."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships import models
from tests.asking import signed_in
from tests.samples import make, somebody

pytestmark = pytest.mark.django_db
KINDS = ["organisation", "place", "partnership", "person", "undertaking", "source", "statement"]
TERMS = [models.OrganisationKind, models.Activity, models.Subject]


@pytest.fixture
def admin_client(db):
    """An admin who may enter the workshop."""
    account = somebody("admin")
    account.is_staff = True
    account.save()
    return signed_in("admin")


def counted(client, address: str) -> int:
    """How many queries an address costs."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_costs_the_same_for_one_row_and_for_many(admin_client, kind):
    record = make(kind)
    address = f"/admin/partnerships/{kind}/"
    admin_client.get(address)
    one = counted(admin_client, address)
    for _ in range(9):
        make(kind)
    assert counted(admin_client, address) == one
    assert counted(admin_client, f"{address}?q={record.handle}") <= one + 2
    assert admin_client.get(f"{address}{record.pk}/change/").status_code == 200
    assert admin_client.get(f"{address}add/").status_code == 200
    history = admin_client.get(f"{address}{record.pk}/history/")
    assert history["Location"] == f"{record.get_absolute_url()}history/"


@pytest.mark.parametrize("kind", KINDS)
def test_no_table_offers_all_records_in_a_drop_down(admin_client, kind):
    record, other = make(kind), make("organisation")
    page = admin_client.get(f"/admin/partnerships/{kind}/{record.pk}/change/").content.decode()
    assert f">{other.name}</option>" not in page


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_retired_and_never_deleted(admin_client, term):
    made = term.objects.create(code="a-term-of-a-test", label="A term of a test")
    address = f"/admin/partnerships/{term._meta.model_name}/{made.pk}/"
    assert admin_client.get(f"{address}change/").status_code == 200
    assert admin_client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert term.objects.filter(pk=made.pk).exists()


def test_the_catalogue_is_read_and_never_written_by_hand(admin_client):
    record = make("organisation")
    line = models.Entry.objects.get(kind="organisation", record_id=record.pk)
    assert admin_client.get("/admin/partnerships/entry/", {"q": "institute"}).status_code == 200
    assert admin_client.get("/admin/partnerships/entry/add/").status_code == 403
    answers = [
        admin_client.post(f"/admin/partnerships/entry/{line.pk}/{act}/", {"title": "Other", "post": "yes"}).status_code
        for act in ("change", "delete")
    ]
    line.refresh_from_db()
    assert (answers, line.title) == ([403, 403], record.name)


def test_an_account_gets_its_role_as_a_group_and_no_single_permission(admin_client):
    account = somebody("viewer")
    page = admin_client.get(f"/admin/auth/user/{account.pk}/change/").content.decode()
    assert [name for name in ('name="groups"', 'name="user_permissions"', 'name="is_superuser"') if name in page] == [
        'name="groups"'
    ]
    assert "viewer" in admin_client.get("/admin/auth/user/", {"q": "test-viewer"}).content.decode()
    assert not admin.site.is_registered(Group)
    assert admin.site.is_registered(User)
