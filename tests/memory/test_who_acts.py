"""Who acts and why reaches every change of theirs, and none of anybody else's, on a connection that is kept."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from partnerships.memory import acting, on_changes, remembered, remembering
from partnerships.memory.connections import writes
from partnerships.memory.models import Change
from partnerships.models import Place, ProjectPartner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(db):
    return Place.objects.create(handle="place", name="0", kind="city")


def rename(place, name):
    Place.objects.filter(pk=place.pk).update(name=name)


def told():
    rows = Change.objects.filter(kind="place", action="changed").order_by("pk")
    return [(row.after["name"], row.user_id, row.reason, row.request_id) for row in rows]


def test_inside_a_transaction(place):
    with transaction.atomic(), acting(7, "Review", "abc"):
        rename(place, "1")
    assert told() == [("1", 7, "Review", "abc")]


def test_without_a_transaction_and_nothing_stays_on_the_connection(place):
    with acting(7, "Review", "abc"):
        rename(place, "1")
        Place.objects.filter(pk=place.pk).exists()
        rename(place, "2")
    rename(place, "3")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partnerships_place SET name = '4'")
    assert told() == [("1", 7, "Review", "abc"), ("2", 7, "Review", "abc"), ("3", None, "", ""), ("4", None, "", "")]


def test_one_request_never_marks_the_next_on_the_same_connection(place):
    with transaction.atomic(), acting(7, "Review", "abc"):
        rename(place, "1")
    with transaction.atomic():
        rename(place, "2")
    with transaction.atomic(), acting(8):
        rename(place, "3")
    with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(9, "Lost"):
        rename(place, "lost")
        _ = 1 / 0
    rename(place, "4")
    with transaction.atomic():
        rename(place, "5")
    assert told() == [
        ("1", 7, "Review", "abc"),
        ("2", None, "", ""),
        ("3", 8, "", ""),
        ("4", None, "", ""),
        ("5", None, "", ""),
    ]


def test_the_same_person_in_a_second_transaction_that_begins_by_reading(place):
    for name in ("1", "2"):
        with transaction.atomic(), acting(7, "Review", "abc"):
            assert Place.objects.filter(pk=place.pk).exists()
            rename(place, name)
    assert told() == [("1", 7, "Review", "abc"), ("2", 7, "Review", "abc")]


def test_after_a_savepoint_was_rolled_back(place):
    with transaction.atomic(), acting(7):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rename(place, "lost")
            _ = 1 / 0
        rename(place, "1")
        with transaction.atomic():
            rename(place, "2")
        rename(place, "3")
    assert told() == [("1", 7, "", ""), ("2", 7, "", ""), ("3", 7, "", "")]


def test_the_inner_reason_counts_and_the_outer_one_returns(place):
    with transaction.atomic(), acting(7, "Outer", "abc"):
        rename(place, "1")
        with acting(reason="Inner"):
            rename(place, "2")
        rename(place, "3")
    assert told() == [("1", 7, "Outer", "abc"), ("2", 7, "Inner", "abc"), ("3", 7, "Outer", "abc")]


def test_when_the_connection_was_lost_and_opened_again(place):
    with acting(7):
        rename(place, "1")
        connection.close() if connection.vendor == "postgresql" else None
        rename(place, "2")
    connection.close() if connection.vendor == "postgresql" else None
    rename(place, "3")
    assert told() == [("1", 7, "", ""), ("2", 7, "", ""), ("3", None, "", "")]


@pytest.mark.engine("postgresql", "SQLite's test database lives in memory, in one connection")
def test_threads_on_pooled_connections_keep_their_names_apart(place):
    places = [Place.objects.create(handle=f"p{number}", name="0", kind="city") for number in range(6)]

    def work(number):
        for turn in range(10):
            if turn % 3:
                with acting(number, f"{turn}"):
                    rename(places[number], f"{number} {turn}")
            else:
                rename(places[number], f"nobody {turn}")
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    rows = told()
    assert len(rows) == 60
    for name, user_id, reason, _ in rows:
        assert (str(user_id), reason) == tuple(name.split()) or (
            name.startswith("nobody") and (user_id, reason) == (None, "")
        )


def test_what_a_database_refuses_in_a_reason_is_left_out(place):
    with acting(7, "a\x00b \ud800 “c” '%s"):
        rename(place, "1")
    assert told() == [("1", 7, "ab ? “c” '%s", "")]


def test_reading_costs_nothing_and_a_writing_transaction_one_query_at_most(place):
    extra = 1 if connection.vendor == "postgresql" else 0
    with acting(7), transaction.atomic():
        with CaptureQueriesContext(connection) as reading:
            list(Place.objects.all())
            Place.objects.select_for_update().first()
        with CaptureQueriesContext(connection) as writing:
            for name in "123":
                rename(place, name)
    assert (len(reading), len(writing)) == (2, 3 + extra)


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("SELECT 1", False),
        ('SELECT "update" FROM t FOR UPDATE', False),
        ("  (SELECT 1) UNION (SELECT 2)", False),
        ("update t set a = 1", True),
        ("\n INSERT INTO t VALUES (1)", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (DELETE FROM t RETURNING 1) SELECT * FROM a", True),
        ("SELECT 1; DELETE FROM t", True),
        ("-- a remark\nDELETE FROM t", True),
        ("/* one */ UPDATE t SET a = 1", True),
        ("SAVEPOINT s1", False),
        ("TRUNCATE t", True),
        ("COPY t FROM STDIN", True),
        ("CALL work()", True),
    ],
)
def test_writes_are_recognised(sql, answer):
    assert writes(sql) is answer


def test_remembered_is_one_transaction_that_names_what_it_changed(place, user, monkeypatch):
    monkeypatch.setattr(remembering, "_hooks", [])
    calls = []
    on_changes(calls.append)
    with remembered("Tidied", user):
        rename(place, "1")
        with remembered("Tidied more"):
            rename(place, "2")
        assert calls == []
    with remembered("Nothing"):
        rename(place, "2")
    with pytest.raises(ZeroDivisionError), remembered("Lost", user):
        rename(place, "3")
        _ = 1 / 0
    (first, second) = told()
    assert first[:3] == ("1", user.pk, "Tidied")
    assert second == ("2", user.pk, "Tidied more", first[3])
    assert len(first[3]) == 16
    assert calls == [[("place", place.pk)]]


def test_hooks_learn_of_the_record_that_a_row_left(register, monkeypatch):
    monkeypatch.setattr(remembering, "_hooks", [])
    calls = []
    on_changes(calls.append)
    partner = ProjectPartner.objects.create(project=register.first, organisation=register.surrey)
    with remembered("Merged"):
        ProjectPartner.objects.filter(pk=partner.pk).update(project=register.second)
    assert calls == [sorted([("project", register.first.pk), ("project", register.second.pk)])]


def test_what_a_hook_writes_goes_with_the_transaction(place, monkeypatch):
    def break_down(changed):
        raise ZeroDivisionError

    monkeypatch.setattr(remembering, "_hooks", [break_down])
    with pytest.raises(ZeroDivisionError), remembered("Lost"):
        rename(place, "1")
    assert told() == []
