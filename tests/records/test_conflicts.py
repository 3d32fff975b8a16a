"""Two edits at once: the second is told what the first saved, of the record and of its rows, and can still save."""

import re

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import Party, Person
from tests.asking import signed_in
from tests.filling import fields_of, form_of
from tests.samples import agreement, home, organisation, person, place, programme

pytestmark = pytest.mark.django_db


def rows_of(page: str) -> list[list[str]]:
    """The cells of the table of differences, row by row."""
    table = re.search(r'<table class="diff stack">(.*?)</table>', page, re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", table.group(1), re.S) if table else []
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows][1:]


@pytest.fixture
def opened():
    """An agreement of three parties, the form that a manager has open, and where it is sent."""
    with remembered():
        parties = home("Ours"), organisation("Theirs"), organisation("Third")
        record = agreement("Between three", parties=parties)
    client = signed_in("manager")
    address = f"{record.get_absolute_url()}edit/"
    return record, client, address, form_of(client, address)


def test_a_changed_row_is_told_in_three_versions(opened):
    record, client, address, sent = opened
    with remembered():
        Party.objects.filter(agreement=record, order=2).update(organisation=organisation("Another"))
        record.parties.filter(order=1).update(signatory=person("Ada Signer"))
    answer = client.post(address, sent | {"title": "Mine"})
    assert answer.status_code == 409
    assert rows_of(answer.content.decode()) == [
        ["Party: changed by them"],
        ["Organisation", "Theirs", "Another", "Theirs"],
        ["Party: changed by them"],
        ["Signatory", "empty", "Ada Signer", "empty"],
    ]


def test_a_row_that_they_removed_is_ticked_for_removal_and_the_form_can_be_saved(opened):
    record, client, address, sent = opened
    with remembered():
        Party.objects.filter(agreement=record, order=3).delete()
    answer = client.post(address, sent | {"title": "Mine"})
    page = answer.content.decode()
    assert (answer.status_code, rows_of(page)) == (
        409,
        [["Party: removed by them"], ["Organisation", "Third", "empty", "Third"]],
    )
    again = client.post(address, fields_of(page))
    assert (again.status_code, again.get("Location")) == (303, record.get_absolute_url())
    record.refresh_from_db()
    assert record.title == "Mine"
    assert [party.organisation.name for party in record.parties.all()] == ["Ours", "Theirs"]


def test_a_removed_row_may_be_kept_as_a_new_one(opened):
    record, client, address, sent = opened
    with remembered():
        Party.objects.filter(agreement=record, order=2).delete()
    kept = fields_of(client.post(address, sent).content.decode())
    assert client.post(address, {k: v for k, v in kept.items() if not k.endswith("-DELETE")}).status_code == 303
    assert sorted(party.organisation.name for party in record.parties.all()) == ["Ours", "Theirs", "Third"]


def test_a_row_that_they_added_is_told_and_stays(opened):
    record, client, address, sent = opened
    with remembered():
        Party.objects.create(agreement=record, organisation=organisation("Fourth"), order=4)
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert rows_of(page) == [
        ["Party: added by them"],
        ["Organisation", "empty", "Fourth", "not on this form; it stays as they saved it"],
    ]
    assert client.post(address, fields_of(page)).status_code == 303
    assert record.parties.count() == 4


def test_what_is_hidden_from_me_is_not_told(opened):
    record, _, address, _ = opened
    client = signed_in("staff")
    sent = form_of(client, address)
    with remembered():
        hidden = organisation("Hidden Institute", visibility=Visibility.MANAGERS)
        Party.objects.create(agreement=record, organisation=hidden, order=4)
    answer = client.post(address, sent)
    assert (answer.status_code, "Hidden Institute" in answer.content.decode()) == (409, False)


@pytest.mark.parametrize("version", ["", "x", "99"])
def test_a_form_that_does_not_say_what_it_started_from_is_told_what_it_would_change(version):
    with remembered():
        record = person("Ada Before", notes="Kept")
    client = signed_in("staff")
    address = f"{record.get_absolute_url()}edit/"
    sent = form_of(client, address) | {"name": "Ada Mine", "version": version}
    answer = client.post(address, sent)
    assert (answer.status_code, rows_of(answer.content.decode())) == (
        409,
        [["Name as printed", "not known", "Ada Before", "Ada Mine"]],
    )
    assert Person.objects.get(pk=record.pk).name == "Ada Before"


def test_several_chosen_are_told_in_three_versions():
    with remembered():
        record, here, there = programme("Joint PhD"), place("Here"), place("There")
        record.places.set([here])
    client = signed_in("staff")
    address = f"{record.get_absolute_url()}edit/"
    sent = form_of(client, address) | {"places": [here.pk]}
    with remembered():
        record.places.add(there)
    answer = client.post(address, sent)
    assert rows_of(answer.content.decode()) == [["Places: added by them"], ["Place", "empty", "There", "Here"]]
