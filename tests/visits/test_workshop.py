"""The tables of agreements, visits, programmes and funding in the workshop: each opens, is searched, and stays quick."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships import models
from tests.asking import signed_in
from tests.samples import make, somebody

pytestmark = pytest.mark.django_db
KINDS = ["agreement", "visit", "followup", "programme", "cohort", "funding", "project"]
TERMS = [models.AgreementType, models.VisitKind, models.ProgrammeType, models.FundingKind]


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
    found = admin_client.get(address, {"q": record.handle})
    assert [row.pk for row in found.context["cl"].result_list] == [record.pk]


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_opened_without_a_drop_down_of_all_records(admin_client, kind):
    record, other = make(kind), make("organisation")
    page = admin_client.get(f"/admin/partnerships/{kind}/{record.pk}/change/").content.decode()
    assert f">{other.name}</option>" not in page
    assert f'value="{record}"' in page or str(record) in page
    assert admin_client.get(f"/admin/partnerships/{kind}/add/").status_code == 200


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_retired_and_never_deleted(admin_client, term):
    made = term.objects.create(code="a-term-of-a-test", label="A term of a test")
    address = f"/admin/partnerships/{term._meta.model_name}/{made.pk}/"
    assert admin_client.get(f"{address}change/").status_code == 200
    assert admin_client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert term.objects.filter(pk=made.pk).exists()
