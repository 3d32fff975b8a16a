"""What somebody may not see is neither shown on a form, nor lost when they save it."""

import re

import pytest
from django.test import Client

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from tests.samples import place, programme, somebody, visit

pytestmark = pytest.mark.django_db


def form_of(client: Client, address: str) -> dict[str, str]:
    """What the form at an address would send back untouched."""
    page = client.get(address).content.decode()
    sent = dict(re.findall(r'name="([\w-]+)"[^>]*?value="([^"]*)"', page))
    for chosen in re.finditer(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        found = re.search(r'<option value="([^"]*)"[^>]*selected', chosen.group(2))
        sent[chosen.group(1)] = found.group(1) if found else ""
    return {name: value for name, value in sent.items() if not name.endswith("-DELETE")}


def staff() -> Client:
    """Somebody of the staff, signed in."""
    client = Client()
    client.force_login(somebody("staff"))
    return client


def test_a_hidden_place_is_not_on_the_form_of_a_visit_and_stays_when_staff_save():
    client = staff()
    with remembered():
        record = visit("Theirs", place=place("Hidden City", visibility=Visibility.MANAGERS))
    address = f"/visits/{record.pk}/edit/"
    sent = form_of(client, address)
    assert ("place" in sent, "Hidden City" in client.get(address).content.decode()) == (False, False)
    answer = client.post(address, sent | {"title": "Theirs, at last"})
    assert (answer.status_code, answer.get("Location")) == (303, f"/visits/{record.pk}/")
    record.refresh_from_db()
    assert (record.title, record.place.name) == ("Theirs, at last", "Hidden City")


def test_a_hidden_place_stays_when_staff_save_what_they_see_of_a_programme():
    client = staff()
    with remembered():
        seen, hidden = place("Seen City"), place("Hidden City", visibility=Visibility.MANAGERS)
        record = programme("Joint PhD")
        record.places.set([seen, hidden])
    address = f"/programmes/{record.pk}/edit/"
    assert "Hidden City" not in client.get(address).content.decode()
    sent = form_of(client, address) | {"title": "Joint PhD in Energy", "places": [seen.pk]}
    answer = client.post(address, sent)
    assert (answer.status_code, answer.get("Location")) == (303, f"/programmes/{record.pk}/")
    record.refresh_from_db()
    assert record.title == "Joint PhD in Energy"
    assert sorted(one.name for one in record.places.all()) == ["Hidden City", "Seen City"]
