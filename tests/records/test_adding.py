"""A record is added from another's form by the same rules, its near twins shown first."""

import pytest

from partnerships.access.models import Visibility
from partnerships.models import Agreement, Organisation, Person, Place, Visit
from partnerships.records.kinds import kinds
from tests.asking import signed_in, words_of
from tests.filling import fields_of
from tests.samples import home, make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in kinds()])
def test_every_kind_has_a_short_form_for_those_who_may_create_it(kind):
    answer = signed_in("staff").get(f"/{kind.path}/add/", {"typed": "A new name"})
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, 'name="token"' in page) == (200, False, True)
    assert signed_in("viewer").get(f"/{kind.path}/add/").status_code == 403
    assert signed_in("staff").get(f"/{kind.path}/add/", {"typed": "x\x00" * 500}).status_code == 200


def test_an_added_record_answers_with_its_number_and_once_only():
    client = signed_in("staff")
    sent = fields_of(client.get("/organisations/add/", {"typed": "New Institute"}).content.decode())
    assert sent["name"] == "New Institute"
    answers = [client.post("/organisations/add/", sent) for _ in range(2)]
    made = Organisation.objects.get()
    assert [(one.status_code, one.json()) for one in answers] == [
        (201, {"id": made.pk, "text": "New Institute", "second": ""})
    ] * 2


def test_what_is_wrong_is_said_in_the_dialog_and_nothing_is_added():
    client = signed_in("staff")
    sent = fields_of(client.get("/places/add/").content.decode()) | {"name": "Nowhere", "kind": ""}
    answer = client.post("/places/add/", sent)
    assert (answer.status_code, "errsum" in answer.content.decode(), Place.objects.count()) == (422, True, 0)
    assert client.post("/places/add/", {"name": "Nowhere"}).status_code == 400


def test_a_person_is_added_with_the_family_name_first_and_a_post():
    client = signed_in("staff")
    sent = fields_of(client.get("/people/add/", {"typed": "Zhang Jinghua"}).content.decode())
    sent |= {"family_first": "yes", "title": "Mr", "posts-0-role": "Party Secretary", "is_sensitive": "on"}
    assert client.post("/people/add/", sent).status_code == 201
    made = Person.objects.get()
    assert (made.family_name, made.given_name, made.title, made.is_sensitive) == ("Zhang", "Jinghua", "Mr", True)
    assert [post.role for post in made.posts.all()] == ["Party Secretary"]


def test_an_agreement_is_added_with_its_two_parties():
    ours, theirs = home(), make("organisation")
    client = signed_in("staff")
    sent = fields_of(client.get("/agreements/add/", {"typed": "Memorandum"}).content.decode())
    assert client.post("/agreements/add/", sent).status_code == 422
    sent |= {"partys-0-organisation": ours.pk, "partys-1-organisation": theirs.pk}
    assert client.post("/agreements/add/", sent).status_code == 201
    assert [party.organisation for party in Agreement.objects.get().parties.all()] == [ours, theirs]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Nanjing Municipal Goverment", ["Nanjing Municipal Government"]),
        ("Municipal Government of Nanjing", ["Nanjing Municipal Government"]),
        ("nanjing university", ["Nanjing University"]),
        ("南京大学", ["南京大学"]),
        ("Quite Another Body", []),
        ("", []),
        ("  ' \\ %", []),
    ],
)
def test_near_twins_are_shown_first(typed, near):
    for name in ("Nanjing Municipal Government", "Nanjing University", "南京大学"):
        make("organisation", name=name)
    make("organisation", name="Nanjing Universities Secret", visibility=Visibility.MANAGERS)
    page = signed_in("staff").get("/organisations/add/", {"typed": typed}).content.decode()
    names = ["Nanjing Municipal Government", "Nanjing University", "南京大学", "Nanjing Universities Secret"]
    assert [name for name in names if f'data-text="{name}"' in page] == near
    assert ("Did you mean" in words_of(page)) == bool(near)


def test_a_type_ahead_offers_to_add_only_to_those_who_may(settings):
    page = signed_in("staff").get("/visits/new/").content.decode()
    assert 'data-pick-add="/organisations/add/"' in page
    assert "data-pick-add" not in signed_in("staff").get("/visits/").content.decode()


def test_without_script_a_record_is_chosen_by_its_name():
    ours = home("Ours")
    make("organisation", name="Nanjing University")
    make("organisation", name="Nanjing University of Technology")
    make("organisation", name="Nanjing Secret", visibility=Visibility.MANAGERS)
    client = signed_in("staff")
    sent = fields_of(client.get("/visits/new/").content.decode())
    sent |= {"direction": "inbound", "home": ours.pk, "title": "Visit", "partner-typed": "nanjing"}
    answer = client.post("/visits/new/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "Nanjing University of Technology</option>" in page) == (422, True)
    assert ("Nanjing Secret" in page, 'name="partner-typed" value="nanjing"' in page) == (False, True)
    assert client.post("/visits/new/", sent | {"partner-typed": "Nanjing Secret"}).status_code == 422
    assert client.post("/visits/new/", sent | {"partner-typed": "nanjing university"}).status_code == 303
    assert str(Visit.objects.get().partner) == "Nanjing University"
