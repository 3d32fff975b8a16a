"""What is remembered stays, on both engines; erasing personal data is the one exception."""

import pytest
from django.db import IntegrityError, connection, transaction

from partnerships.memory import acting, erasing
from partnerships.memory.models import Change
from partnerships.models import Person

pytestmark = pytest.mark.django_db
REFUSAL = "the memory of changes is append-only"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE partnerships_change SET reason = 'another'",
        "DELETE FROM partnerships_change",
        "DELETE FROM partnerships_change WHERE id = (SELECT max(id) FROM partnerships_change)",
    ],
)
def test_memory_is_neither_changed_nor_deleted(register, sql):
    before = list(Change.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match=REFUSAL):
        run(sql)
    assert list(Change.objects.order_by("pk").values()) == before != []


def test_memory_is_not_overwritten_in_passing(register):
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match=REFUSAL):
            run(
                "INSERT INTO partnerships_change SELECT * FROM partnerships_change ON CONFLICT (id) DO UPDATE SET reason = ''"
            )
        for table in ("partnerships_change", "partnerships_change CASCADE", "partnerships_gap"):
            with pytest.raises(IntegrityError, match="append-only|not emptied"):
                run(f"TRUNCATE {table}")
    else:
        with pytest.raises(IntegrityError, match=REFUSAL):
            run("REPLACE INTO partnerships_change SELECT * FROM partnerships_change")
    assert Change.objects.count() == 5


def test_erasing_rewrites_memory_and_is_remembered_without_the_data(user):
    person = Person.objects.create(handle="li", name="Li Na")
    with acting(user_id=user.pk, reason="Asked to be forgotten"), erasing():
        Person.objects.filter(pk=person.pk).update(name="Erased")
        Change.objects.filter(kind="person", row_id=person.pk).update(before=None, after=None)
    told = (
        Change.objects.filter(kind="person")
        .order_by("pk")
        .values_list("action", "before", "after", "user_id", "reason")
    )
    assert list(told) == [
        ("created", None, None, None, ""),
        ("changed", None, None, user.pk, "Asked to be forgotten"),
    ]
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        Change.objects.update(reason="")


@pytest.mark.django_db(transaction=True)
def test_erasing_ends_with_its_block_on_a_connection_that_goes_on():
    person = Person.objects.create(handle="li", name="Li Na")
    with erasing():
        Change.objects.filter(kind="person").update(after=None)
    with pytest.raises(IntegrityError, match=REFUSAL):
        Change.objects.update(reason="")
    Person.objects.filter(pk=person.pk).update(name="Wang")
    assert Change.objects.latest("pk").after == {"name": "Wang"}
