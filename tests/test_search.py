"""The search over all kinds: what it finds, in which order, and what it keeps from those who may not see it."""

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.organisations.models import Relation
from partnerships.people.models import ContactPoint, Post
from tests.asking import signed_in
from tests.samples import organisation, person, place, project, statement, visit

pytestmark = pytest.mark.django_db


def hits(typed: str, role: str = "viewer") -> list[str]:
    """The titles of what a search finds, the best first."""
    found = signed_in(role).get("/search/", {"q": typed}, headers={"accept": "application/json"}).json()
    return [one["title"] for one in found]


@pytest.mark.parametrize("typed", ["covid19", "COVID-19", "covid 19", "Response to covid19"])
def test_letters_and_figures_are_found_with_and_without_what_joins_them(typed):
    with remembered():
        project("Response to COVID-19")
        organisation("Institute 19")
    assert hits(typed) == ["Response to COVID-19"]


@pytest.mark.parametrize("typed", ["6500", "6,500", "more than 6500"])
def test_a_number_is_found_with_and_without_the_commas_between_its_thousands(typed):
    with remembered():
        statement("There are more than 6,500 students.")
        statement("There are 500 of 6.")
    assert hits(typed) == ["There are more than 6,500 students."]


def test_a_short_word_is_a_word_and_not_a_part_of_one():
    with remembered():
        person("Yulong Ding", family_name="Ding", given_name="Yulong")
        organisation("Building Institute")
        statement("It takes part in funding.")
        statement("R&D institutes are wanted.")
        statement("It is ordered and read.")
    assert hits("Ding") == ["Yulong Ding"]
    assert hits("R&D") == ["R&D institutes are wanted."]
    assert hits("buil") == ["Building Institute"]
    assert hits("ildi") == ["Building Institute"]


def test_a_name_that_is_written_apart_is_found_together():
    with remembered():
        place("Xi'an")
        organisation("Xi'an Jiaotong University")
        statement("Existing means.")
    assert hits("Xi an") == ["Xi'an", "Xi'an Jiaotong University"]


def test_a_person_is_found_by_a_post_before_a_visit_that_names_it():
    with remembered():
        visit("A visit", purpose="To meet the Provost.")
        Post.objects.create(person=person("Tim Jones"), role="Provost")
    assert hits("Provost") == ["Tim Jones", "A visit"]


def test_records_stand_before_statements_of_which_a_few_are_shown_with_a_way_to_all():
    with remembered():
        about = organisation("Body")
        for number in range(12):
            statement(f"Alliances, part {number:02}.", about=about)
        organisation("Zeta of alliances")
    assert hits("alliances") == ["Zeta of alliances", *(f"Alliances, part {number:02}." for number in range(10))]
    page = signed_in().get("/search/", {"q": "alliances"}).content.decode()
    assert 'href="/statements/?q=alliances"' in page
    assert "more statements contain this" in page
    assert "/statements/?q=" not in signed_in().get("/search/", {"q": "Zeta"}).content.decode()


def test_who_is_reached_how_and_for_what_is_found_by_those_who_see_the_person_or_body():
    with remembered():
        for owner in (
            {"person": person("Tony Moran")},
            {"person": person("Secret Moran", visibility=Visibility.MANAGERS)},
        ):
            number = "+44 (0) 121 414 8254"
            ContactPoint.objects.create(kind="telephone", value=number, purpose="interviews", **owner)
        ContactPoint.objects.create(
            organisation=organisation("XJTLU"), kind="account", value="官方微信", purpose="WeChat"
        )
    assert [hits(typed) for typed in ("1214148254", "Moran phone", "WeChat", "微信")] == [
        ["Tony Moran"],
        ["Tony Moran"],
        ["XJTLU"],
        ["XJTLU"],
    ]
    assert sorted(hits("1214148254", "manager")) == ["Secret Moran", "Tony Moran"]


def test_how_a_body_stands_to_others_is_found_and_so_is_a_question_of_it():
    with remembered():
        alliance, secret = organisation("Silk Road Alliance"), organisation("Secret body", visibility=Visibility.STAFF)
        for name, kind, other in (
            ("Chairing", "chairs", alliance),
            ("Founding", "founding_member_of", alliance),
            ("Shy", "member_of", secret),
        ):
            Relation.objects.create(organisation=organisation(name), kind=kind, to_organisation=other)
    assert hits("founding member") == ["Founding"]
    assert hits("who chairs the alliance") == ["Chairing"]
    assert hits("Silk Road")[0] == "Silk Road Alliance"
    assert (hits("member of secret"), hits("secret", "staff")) == ([], ["Secret body"])
    with remembered():
        alliance.name = "Alliance of the Road of Silk"
        alliance.save()
    assert hits("chair of alliance of the road of silk")[0] == "Chairing"
