"""By which conditions people are found, and that a post at a hidden body is never told."""

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.people.models import ContactPoint, Post
from tests.asking import listed
from tests.samples import home, organisation, person, place

pytestmark = pytest.mark.django_db


def holding(name: str, role: str, at=None, **more):
    """A person with a post."""
    with remembered():
        made = person(name, **more)
        Post.objects.create(person=made, role=role, organisation=at)
    return made


def test_people_stand_in_the_order_of_their_family_names():
    with remembered():
        for name, family, given in (
            ("Zhibing Zhang", "Zhang", "Zhibing"),
            ("Yulong Ding", "Ding", "Yulong"),
            ("Zhang Jinghua", "Zhang", "Jinghua"),
            ("Qing Liu", "Liu", "Qing"),
        ):
            person(name, family_name=family, given_name=given)
    assert listed("people") == ["Yulong Ding", "Qing Liu", "Zhang Jinghua", "Zhibing Zhang"]
    assert listed("people", sort="-name")[0] == "Zhibing Zhang"


def test_a_name_is_found_in_both_orders_and_in_its_native_script():
    with remembered():
        person("Zhang Jinghua", family_name="Zhang", given_name="Jinghua", native_name="张敬华", family_first=True)
        person("Zhibing Zhang", family_name="Zhang", given_name="Zhibing")
    assert listed("people", q="zhang") == ["Zhang Jinghua", "Zhibing Zhang"]
    assert [listed("people", q=typed) for typed in ("jinghua zhang", "zhang zhibing", "敬华")] == [
        ["Zhang Jinghua"],
        ["Zhibing Zhang"],
        ["Zhang Jinghua"],
    ]


def test_a_person_with_two_posts_at_a_body_is_listed_once():
    institute = organisation("China Institute")
    first = holding("Jon Frampton", "Director", institute)
    Post.objects.create(person=first, role="Dean", organisation=institute)
    holding("Zhibing Zhang", "co-director", institute)
    holding("Tim Jones", "Provost", organisation("Other"))
    assert listed("people", organisation=institute.pk) == ["Jon Frampton", "Zhibing Zhang"]
    assert listed("people", organisation=institute.pk, role="DIRECTOR") == ["Jon Frampton", "Zhibing Zhang"]
    assert listed("people", role="co-dir") == ["Zhibing Zhang"]


def test_people_of_ours_and_in_a_place_are_found_through_their_posts():
    china = place("China", kind="country", handle="china")
    xian = place("Xi'an", handle="xian", parent=china)
    ours = home("Ours")
    holding("One of ours", "Provost", ours)
    holding("One of theirs", "President", organisation("Theirs", place=xian))
    holding("Of nobody", "Adviser")
    assert listed("people", home=ours.handle) == ["One of ours"]
    assert listed("people", place=china.pk) == ["One of theirs"]


def test_a_post_at_a_hidden_body_finds_nobody():
    holding("Somebody", "Secret adviser", organisation("Secret", visibility=Visibility.MANAGERS))
    assert listed("people", role="adviser") == []
    assert listed("people", reader="manager", role="adviser") == ["Somebody"]


def test_who_can_be_reached_is_told_from_who_cannot():
    reached = person("Tony Moran")
    for value in ("+44 (0) 121 414 8254", "+44 (0)782 783 2312"):
        ContactPoint.objects.create(person=reached, kind="telephone", value=value, purpose="press enquiries")
    person("Somebody else")
    assert listed("people", has_contact_points="yes") == ["Tony Moran"]
    assert listed("people", has_contact_points="no") == ["Somebody else"]


def test_a_person_is_found_by_a_telephone_number_and_its_figures_by_those_who_see_the_person():
    with remembered():
        for name, more in (("Tony Moran", {}), ("Secret Moran", {"visibility": Visibility.MANAGERS})):
            number = "+44 (0) 121 414 8254"
            ContactPoint.objects.create(person=person(name, **more), kind="telephone", value=number, purpose="press")
        person("Somebody else")
    assert [listed("people", q=typed) for typed in ("8254", "1214148254", "414 8254")] == [["Tony Moran"]] * 3
    assert len(listed("people", "manager", q="8254")) == 2
