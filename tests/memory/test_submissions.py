"""A token counts once per user: the second submit gets the result of the first."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from partnerships.memory.models import Submission
from partnerships.memory.submissions import TokenMissing, TokenUsed, digest_of, new_token, once, prune
from partnerships.models import Place

TOKEN = "a" * 22


def submit(user, token, name):
    """What a view does: the address of the place, and whether it was there before."""
    with once(user, token) as submitted:
        if not submitted.repeated:
            submitted.url = f"/places/{Place.objects.create(name=name, kind='city').pk}/"
    return submitted.url, submitted.repeated


@pytest.mark.django_db
def test_a_second_submit_returns_the_first_result(user):
    url, repeated = submit(user, TOKEN, "Woking")
    assert submit(user, TOKEN, "Woking") == (url, True)
    assert (repeated, Place.objects.count()) == (False, 1)


@pytest.mark.django_db
def test_another_text_under_a_used_token_is_no_repeat(user):
    with once(user, TOKEN, "first") as submitted:
        submitted.url = "/places/1/"
    with pytest.raises(TokenUsed) as used, once(user, TOKEN, "second"):
        pass
    assert used.value.url == "/places/1/"


def test_a_digest_tells_texts_and_addresses_apart_and_nothing_else(rf):
    sent = {"name": "Woking", "kind": "city", "csrfmiddlewaretoken": "a"}
    first = digest_of(rf.post("/places/new/", sent))
    assert first == digest_of(rf.post("/places/new/", {**dict(reversed(sent.items())), "csrfmiddlewaretoken": "b"}))
    assert first != digest_of(rf.post("/places/new/", sent | {"name": "Guildford"}))
    assert first != digest_of(rf.post("/places/1/edit/", sent))


@pytest.mark.django_db
def test_a_token_is_its_users_own(user, admin_user):
    for somebody in (user, admin_user, AnonymousUser(), None):
        submit(somebody, TOKEN, "Woking")
    assert sorted(Submission.objects.values_list("user_id", flat=True)) == sorted([0, user.pk, admin_user.pk])
    assert Place.objects.count() == 3


@pytest.mark.django_db
def test_a_form_that_was_refused_may_be_submitted_again(user):
    with once(user, TOKEN) as submitted:
        assert submitted.repeated is False
    assert submit(user, TOKEN, "Woking")[1] is False


@pytest.mark.django_db
def test_an_exception_takes_back_what_was_done_and_frees_the_token(user):
    with pytest.raises(ZeroDivisionError), once(user, TOKEN) as submitted:
        submitted.url = f"/places/{Place.objects.create(name='Lost', kind='city').pk}/"
        _ = 1 / 0
    assert (Place.objects.count(), Submission.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("token", [None, "", "short", "a" * 65, "a" * 20 + "\x00", "a" * 20 + "é", "a" * 20 + "\n"])
def test_a_form_without_a_good_token_is_refused(user, token):
    with pytest.raises(TokenMissing), once(user, token):
        pass
    assert Submission.objects.count() == 0


@pytest.mark.django_db
def test_new_tokens_are_accepted_and_differ(user):
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert [submit(user, token, "Woking")[1] for token in tokens] == [False] * 100


@pytest.mark.django_db
def test_old_tokens_are_forgotten(user):
    submit(user, TOKEN, "Woking")
    submit(user, "b" * 22, "Farnham")
    Submission.objects.filter(token=TOKEN).update(at=datetime(2026, 1, 1, tzinfo=UTC))
    assert prune(datetime(2026, 1, 8, tzinfo=UTC)) == 1
    assert list(Submission.objects.values_list("token", flat=True)) == ["b" * 22]


@pytest.mark.engine("postgresql", "SQLite's test database lives in memory, its transactions come one after the other")
@pytest.mark.django_db(transaction=True)
def test_twenty_submits_at_once_have_one_effect(user):
    results, start = [], threading.Barrier(20)

    def work():
        start.wait()
        with transaction.atomic():
            results.append(submit(user, TOKEN, "Woking"))
        connection.close()

    # The pool of the tests has few connections: those that wait for one get the turn that becomes free.
    threads = [threading.Thread(target=work) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    place = Place.objects.get()
    assert sorted(results) == sorted([(f"/places/{place.pk}/", False), *[(f"/places/{place.pk}/", True)] * 19])
