"""One letter a day of what is due: to each their own, nothing hidden, nothing assumed in silence."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from partnerships.access.models import Preferences, Visibility
from partnerships.letters.actions import forget
from partnerships.models import Letter, Preparation, Visit
from partnerships.reminders.digest import Composed, compose
from tests.letters.mail_server import dead_port, mail_server, sent_to
from tests.samples import follow_up, home, organisation, somebody, undertaking, visit

TODAY = date(2026, 5, 4)
pytestmark = pytest.mark.django_db


def reader(role: str = "staff"):
    """Somebody with an address."""
    user = somebody(role)
    user.email = f"{role}@example.org"
    user.save()
    return user


def letter_to(user) -> str:
    """The text of the one letter that somebody got, "" for none."""
    texts = list(Letter.objects.filter(to=user).values_list("text", flat=True))
    assert len(texts) < 2
    return texts[0] if texts else ""


def test_a_letter_says_all_that_is_due_and_what_it_assumes():
    me, other = reader(), reader("manager")
    ours = home("Our University")
    when = {"home": ours, "owner": me, "status": "planned"}
    may = visit("Nanjing comes", happens_on="2026-05", **when)
    visit("No day yet", happens_on="XXXX-05", **when)
    visit("Far away", happens_on="2027", **when)
    late = follow_up("Send the draft", visit=may, owner=me, due_on=date(2026, 5, 1))
    soon = follow_up("Ring them", visit=may, owner=me, due_on=date(2026, 5, 11))
    follow_up("Not yet", visit=may, owner=me, due_on=date(2026, 5, 12))
    follow_up("Some day", visit=may, owner=me)
    follow_up("Of somebody else", visit=may, owner=other, due_on=date(2026, 5, 1))
    check = follow_up("Book", visit=may, owner=other, checker=me, done_on=date(2026, 5, 2), outcome="Booked.")
    promise = undertaking("Exchange", visit=may, standing="promised", owner=me, due_on=TODAY)
    Preparation.objects.create(visit=may, what="Gifts", owner=me, due_on=date(2026, 5, 3))
    with override_settings(SITE_URL="https://accord.example.org"):
        assert compose(TODAY) == Composed(2)
    here = "https://accord.example.org"
    vague = "No day is stated (May 2026): this counts from 1 May 2026, the first that it can mean."
    assert letter_to(me).split("\n") == [
        "This is yours in Accord on Monday 4 May 2026.",
        "",
        "YOUR FOLLOW-UPS",
        "- Send the draft: overdue since 1 May 2026. For: Nanjing comes.",
        f"{here}/follow-ups/{late.pk}/",
        "- Ring them: due 11 May 2026. For: Nanjing comes.",
        f"{here}/follow-ups/{soon.pk}/",
        "Of your follow-ups, 1 without a due date: nothing reminds you of these.",
        "",
        "FOR YOU TO CHECK",
        "- Book: done 2 May 2026. Booked.",
        f"{here}/follow-ups/{check.pk}/",
        "",
        "PROMISES YOU SEE TO",
        "- Exchange (promised): due today.",
        f"{here}/undertakings/{promise.pk}/",
        "",
        "TO PREPARE",
        f"- Gifts: overdue since 3 May 2026. For: Nanjing comes. {vague}",
        f"{here}/visits/{may.pk}/",
        "",
        "VISITS TO COME",
        f"- Nanjing comes: May 2026. {vague}",
        f"{here}/visits/{may.pk}/",
        "- No day yet: May, year not stated, so that nothing can remind you of its day.",
        f"{here}/visits/{Visit.objects.get(title='No day yet').pk}/",
        "",
        "A letter comes only on days on which something is due. To have none:",
        f"{here}/account/",
    ]


def test_nobody_gets_two_letters_on_a_day_or_one_about_nothing():
    me = reader()
    follow_up("Some day", owner=me)
    assert compose(TODAY) == Composed()
    follow_up("Now", owner=me, due_on=TODAY)
    assert (compose(TODAY), compose(TODAY), compose(date(2026, 5, 5))) == (Composed(1), Composed(), Composed(1))


def test_after_days_without_mail_only_the_latest_letter_goes_to_each():
    me, other = reader(), reader("manager")
    for user in (me, other):
        follow_up("Ring them", owner=user, due_on=TODAY)
    for days in range(3):
        compose(TODAY + timedelta(days=days))
    latest = f"due:{(TODAY + timedelta(days=2)).isoformat()}:"
    assert sorted(Letter.objects.values_list("key", flat=True)) == sorted(f"{latest}{one.pk}" for one in (me, other))
    # What was sent stays, what was given up stays for admins, and what is being sent is in other hands.
    now = timezone.now()
    rows = Letter.objects.filter(to=me)
    for number, kept in enumerate(
        ({"sent_at": now}, {"next_try_at": None}, {"claimed_until": now + timedelta(hours=1)})
    ):
        Letter.objects.filter(pk=rows.order_by("-pk")[0].pk).update(**kept)
        compose(TODAY + timedelta(days=3 + number))
    assert rows.count() == 4


def test_the_letters_cost_the_same_queries_for_one_line_and_for_thirty(django_assert_num_queries):
    me = reader()
    for number in (1, 29):
        for _ in range(number):
            one = visit(owner=me, status="planned", happens_on="2026-05-06")
            follow_up(visit=one, owner=me, due_on=TODAY)
            follow_up(visit=one, owner=somebody("admin"), checker=me, done_on=TODAY, outcome="x")
            undertaking(visit=one, standing="promised", owner=me, due_on=TODAY)
            Preparation.objects.create(visit=one, what="Gifts", owner=me, due_on=TODAY)
        with django_assert_num_queries(33):
            compose(TODAY)
        Letter.objects.all().delete()


def test_letters_are_deleted_when_their_time_is_over_and_not_before(settings, capsys):
    now, me = timezone.now(), reader()
    settings.LETTERS_KEPT_DAYS = 10
    for days, told in ((9, {"sent_at": 1}), (11, {"sent_at": 1}), (11, {}), (11, {"next_try_at": None})):
        at = now - timedelta(days=days)
        told = told | {name: at for name, value in told.items() if value}
        Letter.objects.create(to=me, subject="x", text="x", key=f"{days}{told}", made_at=at, **told)
    assert (forget(now), forget(now)) == (2, 0)
    assert [(one.sent_at is None, one.next_try_at is None) for one in Letter.objects.all()] == [
        (False, False),
        (True, False),
    ]


def test_a_letter_holds_nothing_that_its_reader_may_not_see():
    me, other = reader(), reader("manager")
    hidden = organisation("Secret Institute", visibility=Visibility.MANAGERS)
    for owner in (me, other):
        for more in ({"visibility": Visibility.MANAGERS}, {"partner": hidden}):
            one = visit("Secret visit", owner=owner, status="planned", happens_on="2026-05-05", **more)
            follow_up("Secret task", visit=one, owner=owner, due_on=TODAY)
            follow_up("Secret check", visit=one, checker=owner, done_on=TODAY, outcome="x")
            undertaking("Secret promise", visit=one, standing="asked", owner=owner, due_on=TODAY)
            Preparation.objects.create(visit=one, what="Secret room", owner=owner, due_on=TODAY)
    assert compose(TODAY) == Composed(1)
    assert [letter_to(user).count("Secret") > 5 for user in (me, other)] == [False, True]
    assert letter_to(me) == ""


def test_closed_accounts_and_those_who_wish_none_get_no_letter_and_a_missing_address_is_told():
    closed, left_alone, without = reader("viewer"), reader("staff"), somebody("manager")
    for user in (closed, left_alone, without):
        follow_up(owner=user, due_on=TODAY)
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    Preferences.objects.create(user=left_alone, gets_letters=False)
    assert compose(TODAY) == Composed(0, ["test-manager"])
    admin = reader("admin")
    follow_up(owner=admin, due_on=TODAY)
    compose(TODAY)
    assert "Without an e-mail address, and so without letters: test-manager." in letter_to(admin)


def test_the_command_writes_and_sends_and_ends_with_an_error_where_mail_failed(capsys):
    me = reader()
    follow_up("Now", owner=me, due_on=date(2020, 1, 1))
    with sent_to(dead_port()), pytest.raises(CommandError, match="Not sent: 1 to be tried again, 0 refused for good."):
        call_command("run_due")
    Letter.objects.update(next_try_at="2020-01-01T00:00Z")
    with mail_server() as server:
        call_command("run_due")
        call_command("run_due")
    assert (capsys.readouterr().out, len(server.letters)) == (
        "1 written, 0 sent.\n0 written, 1 sent.\n0 written, 0 sent.\n",
        1,
    )
    assert b"\r\n/follow-ups/" in server.letters[0]  # a path, since no SITE_URL is set
