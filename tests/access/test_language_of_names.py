"""Names in two scripts are drawn in the reader's order, and nowhere else than on pages."""

import re

import pytest
from django.core.management import call_command

from partnerships.access.models import Preferences
from partnerships.memory import remembered
from partnerships.memory.models import Change
from partnerships.models import Organisation, OrganisationName
from partnerships.values import names
from partnerships.values.names import Order, in_order
from tests.asking import listed, signed_in, words_of
from tests.samples import agreement, organisation, partnership, person, place, somebody

pytestmark = pytest.mark.django_db


def reader(order: str, role: str = "viewer"):
    """A browser of somebody who wishes this order."""
    Preferences.objects.update_or_create(user=somebody(role), defaults={"names": order})
    return signed_in(role)


@pytest.fixture
def university() -> Organisation:
    """One in two scripts, with a place and a person in two scripts."""
    with remembered():
        made = organisation("Southeast University", place=place("Nanjing", native_name="南京"))
        OrganisationName.objects.create(organisation=made, value="SEU", kind="acronym", order=1)
        OrganisationName.objects.create(organisation=made, value="东南大学", kind="native", order=2)
        chief = person("Zhang Wei", native_name="张伟", family_name="Zhang", given_name="Wei")
        chief.posts.create(role="President", organisation=made)
        agreement("Southeast MoU", parties=(organisation("Ours", is_home=True), made))
        partnership(partner=made)
    return made


@pytest.mark.parametrize(
    ("printed", "native", "latin", "chinese"),
    [
        ("Zhang Wei", "张伟", "Zhang Wei 张伟", "张伟 Zhang Wei"),
        ("张伟", "张伟", "张伟", "张伟"),
        ("Zhang Wei (张伟)", "张伟", "Zhang Wei 张伟", "张伟 Zhang Wei"),
        ("张伟", "Zhang Wei", "Zhang Wei 张伟", "张伟 Zhang Wei"),
        ("Munich", "München", "Munich", "Munich"),
        ("Jon Frampton", "", "Jon Frampton", "Jon Frampton"),
    ],
)
def test_both_scripts_stand_in_the_order_that_is_wished(printed, native, latin, chinese):
    found = []
    for order in (Order.PRINTED, Order.LATIN, Order.CHINESE):
        token = names.reading.set(order)
        found.append(in_order(printed, native))
        names.reading.reset(token)
    assert found == [printed, latin, chinese]


@pytest.mark.parametrize(
    ("path", "printed", "latin", "chinese"),
    [
        ("organisations", "Southeast University", "Southeast University 东南大学", "东南大学 Southeast University"),
        ("people", "Zhang Wei", "Zhang Wei 张伟", "张伟 Zhang Wei"),
        ("places", "Nanjing", "Nanjing 南京", "南京 Nanjing"),
        ("partnerships", "Southeast University", "Southeast University 东南大学", "东南大学 Southeast University"),
    ],
)
def test_a_list_draws_its_first_column_in_the_readers_order(university, path, printed, latin, chinese):
    for order, wanted in (("printed", printed), ("latin", latin), ("chinese", chinese)):
        page = reader(order).get(f"/{path}/").content.decode()
        titles = [words_of(one).strip() for one in re.findall(r'<a class="ttl"[^>]*>(.*?)</a>', page)]
        assert wanted in titles, (order, titles)


def test_links_headings_relations_and_hits_follow_too(university):
    client = reader("chinese")
    wanted = "东南大学 Southeast University"
    for address in ("/agreements/", "/people/", university.get_absolute_url(), "/search/?q=southeast"):
        assert wanted in words_of(client.get(address).content.decode()), address
    page = client.get(university.get_absolute_url()).content.decode()
    heading = words_of(re.search("<h1>(.*?)</h1>", page, re.S)[1]).strip()
    assert heading == wanted
    assert "<title>东南大学 Southeast University · Accord</title>" in page
    printed = reader("printed").get(university.get_absolute_url()).content.decode()
    assert words_of(re.search("<h1>(.*?)</h1>", printed, re.S)[1]).strip() == "Southeast University 东南大学"


def test_the_second_line_says_nothing_twice(university):
    row = re.search(r'<a class="ttl".*?</td>', reader("latin").get("/organisations/?q=SEU").content.decode(), re.S)[0]
    assert words_of(row).count("东南大学") == 1
    assert "SEU" in row
    row = re.search(r'<a class="ttl".*?</td>', reader("printed").get("/people/").content.decode(), re.S)[0]
    assert words_of(row).count("张伟") == 1


def test_exports_and_type_ahead_stay_as_printed(university):
    reader("chinese")
    assert "Southeast University" in listed("organisations")
    assert listed("people") == ["Zhang Wei"]
    found = signed_in("viewer").get("/organisations/pick/?q=southeast").json()["results"]
    assert [one["text"] for one in found] == ["Southeast University"]
    hits = signed_in("viewer").get("/search/?q=zhang", headers={"accept": "application/json"}).json()
    assert hits[0]["title"] == "Zhang Wei"


def test_the_wish_of_one_reader_is_not_the_next_ones(university):
    reader("chinese", "staff").get("/people/")
    assert names.reading.get() == Order.PRINTED
    assert "张伟 Zhang Wei" not in words_of(signed_in("viewer").get("/people/").content.decode())
    reader("chinese", "staff").get("/nowhere/")
    reader("chinese", "staff").get("/people/?sort=password")
    assert names.reading.get() == Order.PRINTED


def test_the_native_name_of_an_organisation_follows_its_names_and_makes_no_history(university):
    def kept() -> str:
        return Organisation.objects.values_list("native_name", flat=True).get(pk=university.pk)

    assert kept() == "东南大学"
    changes = Change.objects.filter(kind="organisation").count()
    with remembered():
        university.names.filter(kind="native").update(value="国立东南大学")
    assert kept() == "国立东南大学"
    with remembered():
        university.names.filter(kind="native").delete()
    assert kept() == ""
    OrganisationName.objects.create(organisation=university, value="东大", kind="native")
    call_command("rebuild", verbosity=0)
    assert kept() == "东大"
    assert Change.objects.filter(kind="organisation").count() == changes
