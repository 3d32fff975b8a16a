"""Nobody stands twice in a visit, and a delegation has one head, whichever way a participant comes in."""

import pytest
from django.db import IntegrityError, transaction

from partnerships.access.models import Visibility
from partnerships.memory.submissions import new_token
from partnerships.models import Participant
from tests.asking import errors_of, signed_in, words_of
from tests.filling import form_of
from tests.samples import person, visit
from tests.visits.test_delegates import Pasting

pytestmark = pytest.mark.django_db


@pytest.fixture
def led(db):
    """A visit with a head of the delegation and one delegate."""
    one = visit("City leaders", direction="outbound", status="approved", happens_on="2026-03")
    for order, (name, role) in enumerate([("Zhang Jinghua", "head"), ("Liu Wei", "delegate")], 1):
        Participant.objects.create(visit=one, person=person(name), role=role, order=order)
    return one


def parts(one) -> list[tuple]:
    """Who takes part, on which side and as what."""
    return [(str(row), row.side, row.role) for row in one.participants.all()]


BEFORE = [("Zhang Jinghua", "visitor", "head"), ("Liu Wei", "visitor", "delegate")]


@pytest.mark.parametrize("told", [{"side": "visitor", "role": "head"}, {"side": "host"}, {"side": "visitor"}])
def test_the_database_itself_refuses_a_second_head_and_a_person_twice(led, told):
    who = person() if "role" in told else led.participants.last().person
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(visit=led, person=who, **told)
    Participant.objects.create(visit=led, person=person(), side="host", role="head")
    Participant.objects.create(visit=led, group="students", role="delegate")
    Participant.objects.create(visit=led, group="teachers", role="delegate")


def edited(led, **changed):
    """The answer to the visit's form, sent with these changes."""
    address = f"{led.get_absolute_url()}edit/"
    client = signed_in("staff")
    return client.post(address, form_of(client, address) | {"token": new_token()} | changed)


def test_another_may_take_the_lead_in_one_go_in_whichever_order_the_rows_stand(led):
    assert edited(led, **{"participants-0-role": "delegate", "participants-1-role": "head"}).status_code == 303
    assert parts(led) == [("Zhang Jinghua", "visitor", "delegate"), ("Liu Wei", "visitor", "head")]
    assert edited(led, **{"participants-0-role": "head", "participants-1-role": ""}).status_code == 303
    assert parts(led) == [("Zhang Jinghua", "visitor", "head"), ("Liu Wei", "visitor", "")]


def test_who_is_taken_off_one_row_may_stand_in_another(led):
    gone = {"participants-0-DELETE": "on", "participants-1-role": "head", "participants-TOTAL_FORMS": "3"}
    again = {"side": "host", "person": led.participants.first().person_id, "ORDER": "3"}
    new = {f"participants-2-{name}": value for name, value in again.items()}
    assert edited(led, **gone, **new).status_code == 303
    assert parts(led) == [("Liu Wei", "visitor", "head"), ("Zhang Jinghua", "host", "")]


def test_the_form_names_the_row_that_can_not_stand(led):
    twice = {"participants-1-person": led.participants.first().person_id}
    assert "Zhang Jinghua stands here twice. Choose one of them." in errors_of(edited(led, **twice))
    assert "Zhang Jinghua leads the delegation already" in errors_of(edited(led, **{"participants-1-role": "head"}))
    assert parts(led) == BEFORE


def test_the_workshop_refuses_it_with_the_same_sentence(led):
    client = signed_in("admin")
    address = f"/admin/partnerships/visit/{led.pk}/change/"
    sent = form_of(client, address)
    heads = {"participants-TOTAL_FORMS": "4", "participants-2-group": "A", "participants-3-group": "B"}
    told = {"side": "host", "role": "head", "order": "9"}
    more = {f"participants-{at}-{name}": value for at in (2, 3) for name, value in told.items()}
    answer = client.post(address, sent | heads | more)
    assert "A leads the delegation already, on the same side." in words_of(answer.content.decode())
    row = led.participants.last()
    address = f"/admin/partnerships/participant/{row.pk}/change/"
    answer = client.post(address, form_of(client, address) | {"role": "head"})
    assert "Somebody leads the delegation already, on the same side." in words_of(answer.content.decode())
    assert parts(led) == BEFORE


def test_a_step_gives_no_delegation_a_second_head_though_the_first_is_hidden(led):
    Participant.objects.filter(visit=led, role="head").update(person=person(visibility=Visibility.MANAGERS))
    client = signed_in("staff")
    sent = {"leader": person("Tim Jones").pk, "token": new_token(), "version": form_version(client, led)}
    answer = client.post(f"/visits/{led.pk}/plan/", sent)
    assert "Somebody leads the delegation already." in errors_of(answer)
    assert led.participants.count() == 2


def form_version(client, one) -> str:
    """The version that the page of a visit sends with its steps."""
    return form_of(client, one.get_absolute_url())["version"]


def test_pasted_rows_bring_no_second_head_and_a_hidden_one_is_not_named(led):
    Participant.objects.filter(visit=led, role="head").update(person=person("Hidden", visibility=Visibility.MANAGERS))
    at_page = Pasting(led)
    at_page.read("Name\tPart\nA Bee\thead")
    told = errors_of(at_page.store())
    assert ("one head, and somebody else is that already" in told, "Hidden" in told) == (True, False)
    assert led.participants.count() == 2
