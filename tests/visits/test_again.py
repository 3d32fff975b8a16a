"""Another visit starts from the last of the same partner: who and where stay, the date and what came of it don't."""

import pytest

from partnerships.models import Participant, Visit
from tests.asking import signed_in
from tests.filling import form_of
from tests.samples import follow_up, home, organisation, person, place, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(db):
    """A visit with people on both sides."""
    one = visit(
        "City leaders",
        home=home("University of Leeds"),
        partner=organisation("Nanjing Municipal Government"),
        place=place("Edgbaston"),
        happens_on="2024-05-03",
        purpose="Talent exchange",
        status="happened",
    )
    Participant.objects.create(
        visit=one, person=person("Zhang Jinghua"), role="head", organisation=one.partner, order=1
    )
    Participant.objects.create(visit=one, group="Fellow delegates", group_size=4, order=2)
    Participant.objects.create(visit=one, person=person("Jon Frampton"), side="host", role="host_lead", order=3)
    follow_up("Answer", visit=one)
    return one


def test_people_and_places_stay_and_nothing_is_dated(before):
    client, address = signed_in("staff"), f"{before.get_absolute_url()}another/"
    sent = form_of(client, address)
    assert (sent["happens_on_date"], sent["purpose"], sent["followups-TOTAL_FORMS"]) == ("", "", "0")
    answer = client.post(address, sent | {"status": "requested"})
    made = Visit.objects.exclude(pk=before.pk).get()
    assert (answer.status_code, answer["Location"]) == (303, made.get_absolute_url())
    assert (made.direction, made.home, made.partner, made.place) == (
        before.direction,
        before.home,
        before.partner,
        before.place,
    )
    assert [(str(one), one.side, one.role, one.group_size) for one in made.participants.all()] == [
        ("Zhang Jinghua", "visitor", "head", None),
        ("Fellow delegates", "visitor", "", 4),
        ("Jon Frampton", "host", "host_lead", None),
    ]
    assert (made.follow_ups.count(), before.participants.count()) == (0, 3)


def test_who_is_hidden_from_the_reader_is_not_carried_over(before):
    Participant.objects.create(visit=before, person=person("Secret Guest", visibility=3), order=4)
    page = signed_in("staff").get(f"{before.get_absolute_url()}another/").content.decode()
    assert ("Zhang Jinghua" in page, "Secret Guest" in page) == (True, False)


def test_the_last_visit_of_a_partner_is_found_as_far_as_it_is_seen(before):
    visit("Older", home=before.home, partner=before.partner, happens_on="2020")
    visit("Hidden", home=before.home, partner=before.partner, happens_on="2025", visibility=3)
    client = signed_in("staff")
    answer = client.get(f"/visits/again/?partner={before.partner_id}&home={before.home_id}")
    assert answer["Location"] == f"{before.get_absolute_url()}another/"
    other = organisation()
    assert client.get(f"/visits/again/?partner={other.pk}")["Location"] == f"/visits/new/?partner={other.pk}"
    assert client.get("/visits/again/?partner=x").status_code == 400
    assert f"/visits/again/?partner={other.pk}" in client.get(other.get_absolute_url()).content.decode()


def test_a_hidden_visit_gives_no_form(before):
    Visit.objects.filter(pk=before.pk).update(visibility=3)
    assert signed_in("staff").get(f"{before.get_absolute_url()}another/").status_code == 404
