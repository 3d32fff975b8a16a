"""What is deleted goes with all that hangs on it, and what is in use stays."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from partnerships.memory import remembered
from partnerships.models import Gap, Organisation, Statement, Undertaking
from partnerships.records.removing import delete_record
from tests.asking import signed_in
from tests.filling import form_of
from tests.samples import agreement, follow_up, organisation, place, statement, undertaking, visit

pytestmark = pytest.mark.django_db


def gap(about, field="notes") -> Gap:
    return Gap.objects.create(record_kind=about._meta.model_name, record_id=about.pk, field=field, state="not_stated")


@pytest.fixture
def linked():
    """An agreement with an area, what a source says of the area, and what is not known of either statement."""
    with remembered():
        record = agreement("Seen")
        line = undertaking("Joint research", agreement=record)
        said = statement("It is said.", about=line)
        gap(line)
        gap(said)
    return record, line, said


def test_what_is_linked_to_rows_that_go_goes_with_them(linked):
    record, _, _ = linked
    with remembered():
        delete_record(record)
    assert (Undertaking.objects.count(), Statement.objects.count(), Gap.objects.count()) == (0, 0, 0)


def test_the_preview_names_all_that_goes(linked):
    record, line, said = linked
    page = signed_in("manager").get(f"{record.get_absolute_url()}delete/").content.decode()
    assert [str(line) in page, str(said) in page] == [True, True]
    assert page.count('<span class="r">2</span>') == 2  # its parties, and the gaps of area and statement


def test_a_line_taken_off_its_parents_form_goes_with_what_is_linked_to_it(linked):
    record, line, _ = linked
    client, address = signed_in("staff"), f"{record.get_absolute_url()}edit/"
    assert client.post(address, form_of(client, address) | {"undertakings-0-DELETE": "on"}).status_code == 303
    assert (Undertaking.objects.count(), Statement.objects.count(), Gap.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("make", [undertaking, follow_up])
def test_staff_delete_a_line_on_its_page_as_they_may_on_its_parents_form(make):
    with remembered():
        record = make()
    record.refresh_from_db()
    answer = signed_in("staff").post(f"{record.get_absolute_url()}delete/", {"version": record.version})
    assert (answer.status_code, type(record).objects.count()) == (303, 0)


def test_what_is_in_use_stays_with_all_that_is_linked_to_it():
    with remembered():
        party = organisation("In use")
        agreement("Uses it", parties=(organisation(), party))
        statement(about=party)
    with pytest.raises(ProtectedError):
        delete_record(party)
    assert (Organisation.objects.filter(pk=party.pk).count(), Statement.objects.count()) == (1, 1)


def test_the_workshop_deletes_all_that_were_chosen_or_none():
    with remembered():
        free, used = place("Free"), place("Used")
        visit(place=used)
    chosen = {"action": "delete_selected", "_selected_action": [free.pk, used.pk], "post": "yes"}
    signed_in("admin").post("/admin/partnerships/place/", chosen)
    assert {free.pk, used.pk} <= set(type(free).objects.values_list("pk", flat=True))


@pytest.mark.engine("postgresql", "SQLite's test database lives in memory, its transactions come one after the other")
@pytest.mark.django_db(transaction=True)
def test_a_record_that_comes_into_use_while_it_is_deleted_stays():
    with remembered():
        record = place("Contended")
    written, deleting, told = threading.Event(), threading.Event(), []

    def use():
        try:
            with transaction.atomic():
                visit("Uses it", place=record)
                connection.check_constraints()  # as every form does before it says that it has saved
                written.set()
                deleting.wait(5)
        finally:
            connection.close()

    thread = threading.Thread(target=use)
    thread.start()
    written.wait(5)
    threading.Timer(0.5, deleting.set).start()
    try:
        delete_record(record)
    except (IntegrityError, ProtectedError) as refused:
        told.append(type(refused))
    thread.join()
    assert (len(told), [one.name for one in type(record).objects.all()]) == (1, ["Contended"])
