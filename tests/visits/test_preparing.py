"""What is to be prepared: filled from the checklists, due before the visit, and ticked off on its page."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import ChecklistLine, Preparation, Visit, VisitKind, VisitStep
from partnerships.values.dates import HonestDate
from partnerships.visits.actions import due_on, prepare
from tests.asking import errors_of, page_of, signed_in, words_of
from tests.filling import form_of
from tests.samples import make, somebody, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(db):
    """Lines for all visits, for those to us, for signings, and one out of use."""
    ChecklistLine.objects.all().delete()
    signing = VisitKind.objects.get(code="signing_ceremony")
    for order, (what, more) in enumerate(
        [
            ("Gifts", {"days_before": 10}),
            ("Rooms", {"direction": "inbound", "days_before": 21}),
            ("Flags", {"kind": signing, "days_before": 3}),
            ("Notes", {}),
            ("Pagers", {"is_active": False}),
        ]
    ):
        ChecklistLine.objects.create(what=what, order=order, **more)
    return signing


def prepared(one) -> list[tuple]:
    """The lines of a visit and when each is due."""
    return list(one.preparations.values_list("what", "due_on"))


def test_the_office_begins_with_checklists_for_guests_and_for_kinds_of_visit(db):
    lines = ChecklistLine.objects.filter(kind__isnull=True, direction__in=("", "inbound"))
    said = " ".join(lines.values_list("what", flat=True)).lower()
    words = [
        "rooms",
        "interpreter",
        "gifts",
        "diet",
        "visa",
        "screening",
        "export",
        "photographs",
        "transport",
        "speaking",
    ]
    assert [word for word in words if word not in said] == []
    assert ChecklistLine.objects.filter(kind__code="signing_ceremony").count() == 3


def test_a_visit_takes_the_lines_of_its_kind_and_direction_once_and_later_ones_besides(lists):
    one = visit(kind=lists, happens_on=HonestDate.from_notation("2026-06-15"))
    assert prepare(visit=one) == 4
    expected = [
        ("Gifts", date(2026, 6, 5)),
        ("Rooms", date(2026, 5, 25)),
        ("Flags", date(2026, 6, 12)),
        ("Notes", None),
    ]
    assert prepared(one) == expected
    one.preparations.filter(what="Gifts").update(is_needed=False)
    ChecklistLine.objects.create(what="Thanks", days_before=-3, order=9)
    assert [prepare(visit=one), prepare(visit=one)] == [1, 0]
    assert prepared(one) == [*expected, ("Thanks", date(2026, 6, 18))]
    other = visit(direction="outbound")
    prepare(visit=other)
    assert prepared(other) == [("Gifts", None), ("Notes", None), ("Thanks", None)]


def test_what_is_to_be_prepared_follows_the_date_of_the_visit(lists):
    with remembered():
        one = visit(happens_on=HonestDate.from_notation("XXXX-05"))
        prepare(visit=one)
    assert prepared(one) == [("Gifts", None), ("Rooms", None), ("Notes", None)]
    with remembered():
        one.happens_on = HonestDate.from_notation("2026-06")
        one.save()
    assert prepared(one) == [("Gifts", date(2026, 5, 22)), ("Rooms", date(2026, 5, 11)), ("Notes", None)]
    Preparation.objects.update(due_on=None)
    call_command("rebuild", verbosity=0)
    assert prepared(one)[0] == ("Gifts", date(2026, 5, 22))


def test_no_day_is_due_before_the_first_of_all_days():
    assert due_on(date(1, 1, 3), 10) is None


def part(one, role="staff") -> str:
    """The words of the part on its own page."""
    return words_of(signed_in(role).get(f"{one.get_absolute_url()}preparing/").content.decode())


def press(client, one, button: str):
    """Press a button of the part, as the form of its first line sends it."""
    typed = form_of(client, f"{one.get_absolute_url()}preparing/new/")
    return client.post(f"{one.get_absolute_url()}preparing/{button}/", {"token": typed["token"]})


def test_lines_are_filled_ticked_taken_and_opened_again_in_place(lists):
    one, client, today = (
        make("visit", happens_on=HonestDate.from_notation("2020-06-15")),
        signed_in("staff"),
        timezone.localdate(),
    )
    answer = press(client, one, "fill")
    assert (answer.status_code, answer["Location"]) == (303, f"{one.get_absolute_url()}#preparing")
    gifts = one.preparations.get(what="Gifts")
    page = part(one)
    assert "3 of 3 still to do, 2 overdue ." in page
    assert page.index("Rooms overdue since 25 May 2020 · nobody yet") < page.index("Gifts overdue since 5 June 2020")
    assert "Notes no day set · nobody yet" in part(one)
    for button, wanted in {
        "mine": (None, True, somebody("staff")),
        "done": (today, True, somebody("staff")),
        "not-needed": (None, False, somebody("staff")),
        "open": (None, True, somebody("staff")),
    }.items():
        assert press(client, one, f"{gifts.pk}/{button}").status_code == 303
        gifts.refresh_from_db()
        assert (gifts.done_on, gifts.is_needed, gifts.owner) == wanted
    assert press(client, one, f"{gifts.pk}/burnt").status_code == 404
    assert press(client, make("visit"), f"{gifts.pk}/done").status_code == 404


def test_a_line_is_added_and_changed_with_its_owner_and_days(lists):
    one, client = make("visit", happens_on=HonestDate.from_notation("2030-06-15")), signed_in("staff")
    address = f"{one.get_absolute_url()}preparing/new/"
    typed = form_of(client, address)
    answer = client.post(address, typed | {"what": "", "days_before": "soon"})
    assert "Days before the visit: Enter a whole number." in errors_of(answer)
    answer = client.post(address, typed | {"what": "Umbrellas", "days_before": "2", "owner": somebody("staff").pk})
    assert answer.status_code == 303
    assert prepared(one) == [("Umbrellas", date(2030, 6, 13))]
    assert "Umbrellas due 13 June 2030 · test-staff" in part(one)


def test_a_viewer_reads_and_changes_nothing_and_a_hidden_visit_has_no_list(lists):
    one = make("visit")
    prepare(visit=one)
    page = part(one, "viewer")
    assert ("Gifts" in page, "Not needed" in page) == (True, False)
    for button in ("fill", "new", f"{one.preparations.first().pk}/done"):
        assert signed_in("viewer").post(f"{one.get_absolute_url()}preparing/{button}/").status_code == 403
    hidden = make("visit", visibility=Visibility.MANAGERS)
    assert signed_in("staff").get(f"{hidden.get_absolute_url()}preparing/").status_code == 404
    assert press(signed_in("staff"), one, "fill").status_code == 303


def test_staff_see_on_the_first_page_what_is_to_be_prepared_their_own_first(lists):
    soon = timezone.localdate() + timedelta(days=5)
    one = make("visit", title="River people", happens_on=HonestDate.from_notation(soon.isoformat()))
    hidden = make("visit", title="Secret people", visibility=Visibility.MANAGERS)
    prepare(visit=one)
    prepare(visit=hidden)
    one.preparations.filter(what="Notes").update(owner=somebody("staff"))
    page = words_of(signed_in("staff").get("/").content.decode())
    shown = page.split("To prepare", 1)[1].split("Visits to come")[0]
    assert shown.strip().startswith("Notes no day known · mine · River people Rooms overdue since")
    assert "Secret" not in shown
    assert "To prepare" not in words_of(signed_in("viewer").get("/").content.decode())


def test_the_page_says_who_took_the_last_step_and_what_is_overdue_and_offers_the_brief_first():
    today = timezone.localdate()
    one = visit("River engineers", status="planned", happens_on=(today + timedelta(days=5)).isoformat())
    for before, after, why in (("requested", "approved", "Good"), ("approved", "planned", "They wrote")):
        VisitStep.objects.create(visit=one, before=before, after=after, reason=why, taken_by=somebody("manager"))
    for days in (-2, -1, 1):
        Preparation.objects.create(visit=one, what="Rooms", due_on=today + timedelta(days=days))
    Preparation.objects.create(visit=one, what="Lunch", due_on=today - timedelta(days=1), done_on=today)
    text, queries = page_of(one)
    assert "2 preparations are overdue. See what is to be prepared" in text
    assert "Planned by test-manager, " in text
    assert ": They wrote All steps" in text
    assert queries == 11
    page = signed_in("staff").get(one.get_absolute_url()).content.decode()
    assert f'class="btn pri" href="{one.get_absolute_url()}brief/"' in page
    assert page.count("btn pri") == 1
    Visit.objects.filter(pk=one.pk).update(status="closed")
    assert "overdue" not in page_of(one)[0]
