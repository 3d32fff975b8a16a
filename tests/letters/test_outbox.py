"""The outbox: each letter is sent once, whatever happens to the mail server or to whoever delivers."""

import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import connection

from partnerships.letters.actions import LEASE, Delivered, claimed, deliver, pause, post
from partnerships.models import Letter
from tests.letters.mail_server import dead_port, mail_server, sent_to
from tests.samples import somebody

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def at(moment: datetime):
    """A clock that stands still."""
    return lambda: moment


def letter(key: str = "one", **more) -> Letter:
    """A letter to somebody with an address, which waits since long."""
    reader = more.pop("to", None) or somebody("staff")
    if not reader.email:
        reader.email = f"{reader.username}@example.org"
        reader.save()
    made = post(to=reader, subject=more.pop("subject", "Due"), text=more.pop("text", "Dear Ding 丁,\n- one"), key=key)
    Letter.objects.filter(pk=made.pk).update(next_try_at=NOW, made_at=NOW, **more)
    return made


def standing(one: Letter) -> tuple:
    """What is written down about a letter."""
    one.refresh_from_db()
    return one.sent_at, one.tries, one.next_try_at, one.claimed_until


def test_a_letter_of_the_same_key_is_written_once():
    first, second = letter("key", text="first"), post(to=somebody("staff"), subject="x", text="second", key="key")
    assert (first.pk, second.text, Letter.objects.count()) == (second.pk, "first", 1)


def test_a_letter_arrives_as_plain_text_once():
    one = letter(subject="To see to: 丁 Ding")
    with mail_server() as server:
        assert (deliver(at(NOW)), deliver(at(NOW))) == (Delivered(sent=1), Delivered())
    (raw,) = server.letters
    mail = message_from_bytes(raw, policy=default)
    assert (mail["To"], mail["Subject"], mail.get_content_type(), mail.get_content_charset()) == (
        "test-staff@example.org",
        "To see to: 丁 Ding",
        "text/plain",
        "utf-8",
    )
    assert mail.get_content().replace("\r\n", "\n").strip() == "Dear Ding 丁,\n- one"
    assert standing(one) == (NOW, 1, None, None)


def test_while_no_mail_server_answers_letters_wait_ever_longer_and_then_go():
    one, other = letter("one"), letter("two")
    with sent_to(dead_port()):
        assert deliver(at(NOW)) == Delivered(failed=1)
        assert standing(one) == (None, 1, NOW + timedelta(minutes=5), None)
        assert standing(other) == (None, 0, NOW, None)
        assert deliver(at(NOW + timedelta(minutes=5))) == Delivered(failed=1)
    assert "Connection refused" in Letter.objects.get(pk=one.pk).last_error
    assert [pause(tries) for tries in (1, 2, 3, 9, 10**9)] == [
        timedelta(minutes=minutes) for minutes in (5, 10, 20, 720, 720)
    ]
    with mail_server() as server:
        server.hangs_up = True
        assert deliver(at(NOW + timedelta(hours=1))) == Delivered(failed=1)
        server.hangs_up = False
        assert deliver(at(NOW + timedelta(days=1))) == Delivered(sent=2)
        assert len(server.letters) == 2


def test_an_address_that_is_refused_for_good_is_kept_for_admins_and_stops_no_other(workshop):
    gone, busy, fine = (letter(role, to=somebody(role)) for role in ("viewer", "staff", "manager"))
    with mail_server() as server:
        server.refused = {"test-viewer": "550 no such person", "test-staff": "450 come again"}
        assert deliver(at(NOW)) == Delivered(sent=1, failed=1, refused=1)
    assert (standing(gone)[2], standing(busy)[2], standing(fine)[0]) == (None, NOW + timedelta(minutes=5), NOW)
    page = workshop.get("/admin/partnerships/letter/?standing=refused").content.decode()
    assert ("550 no such person" in page, "450 come again" in page) == (True, False)


def test_nothing_is_sent_to_closed_accounts_or_to_what_is_no_address():
    closed, nowhere, split = (letter(role, to=somebody(role)) for role in ("viewer", "staff", "manager"))
    type(closed.to).objects.filter(pk=closed.to_id).update(is_active=False)
    type(closed.to).objects.filter(pk=nowhere.to_id).update(email="")
    type(closed.to).objects.filter(pk=split.to_id).update(email="a@example.org\nBcc: all@example.org")
    with mail_server() as server:
        assert deliver(at(NOW)) == Delivered(refused=3)
    assert server.letters == []
    assert Letter.objects.given_up().count() == 3


def test_no_line_of_a_subject_becomes_a_header():
    letter(subject="Due\r\nBcc: all@example.org\x00\u2028Cc: x")
    with mail_server() as server:
        assert deliver(at(NOW)) == Delivered(sent=1)
    mail = message_from_bytes(server.letters[0], policy=default)
    assert (mail["Subject"], mail["Bcc"], mail["Cc"]) == ("Due Bcc: all@example.org Cc: x", None, None)


def test_a_letter_in_the_hands_of_one_who_died_is_sent_after_the_lease():
    one = letter()
    assert claimed(at(NOW)) == one  # and nothing more is heard of this runner
    with mail_server() as server:
        assert deliver(at(NOW + LEASE - timedelta(seconds=1))) == Delivered()
        assert deliver(at(NOW + LEASE)) == Delivered(sent=1)
    assert (len(server.letters), standing(one)[1]) == (1, 2)


@pytest.mark.engine("postgresql", "two connections at once; the other lends its database to one at a time")
@pytest.mark.django_db(transaction=True)
def test_two_runners_at_once_send_each_letter_once():
    for number in range(12):
        letter(str(number))
    done, start = [], threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            done.append(deliver(at(NOW)))
        finally:
            connection.close()

    with mail_server() as server:
        runners = [threading.Thread(target=run) for _ in range(2)]
        for one in runners:
            one.start()
        for one in runners:
            one.join()
    assert (sum(one.sent for one in done), len(server.letters), len(set(server.letters))) == (12, 12, 12)
