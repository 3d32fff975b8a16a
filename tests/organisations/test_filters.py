"""By which conditions organisations, places and partnerships are found, and that nothing hidden can be guessed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import ProgrammeInstitution
from partnerships.organisations.models import Organisation, OrganisationName, Partnership, Place, Relation
from partnerships.undertakings.models import Subject
from tests.asking import listed, signed_in
from tests.samples import (
    agreement,
    cohort,
    follow_up,
    home,
    organisation,
    partnership,
    place,
    programme,
    somebody,
    source,
    statement,
    undertaking,
    visit,
)

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def named(name: str, *acronyms: str, kind: str = "acronym", **more):
    """An organisation with further names of a kind."""
    with remembered():
        made = organisation(name, **more)
        for acronym in acronyms:
            OrganisationName.objects.create(organisation=made, value=acronym, kind=kind)
    return made


@pytest.fixture
def jiangsu(db) -> Place:
    """A province with a city in it, and a city outside it whose handle begins alike."""
    province = place("Jiangsu", kind="province", handle="jiangsu")
    place("Nanjing", handle="nanjing", parent=province)
    place("Jiangsutown", handle="jiangsutown")
    return province


def test_an_abbreviation_finds_the_whole_acronym_in_any_case_and_no_longer_one():
    named("Xi'an Jiaotong University", "XJTU")
    named("Xi'an Jiaotong-Liverpool University", "XJTLU")
    named("XJTU Press")
    assert [listed("organisations", abbreviation=typed) for typed in ("xjtu", " XJTU ", "xjt", "press")] == [
        ["Xi'an Jiaotong University"],
        ["Xi'an Jiaotong University"],
        [],
        [],
    ]


def test_an_abbreviation_is_an_acronym_and_no_other_name():
    named("Chinese Academy of Sciences", "CAS", kind="variant")
    named("Chinese Academy of Social Sciences", "CASS", "C.A.S.")
    assert listed("organisations", abbreviation="cas") == []
    assert listed("organisations", abbreviation="c a s") == ["Chinese Academy of Social Sciences"]
    assert listed("organisations", abbreviation="···") == []


def test_words_are_looked_for_in_every_name_of_every_script():
    named("Xi'an Jiaotong-Liverpool University", "西交利物浦大学", kind="native")
    named("University of Liverpool", "UoL")
    assert listed("organisations", q="xian jiaotong") == ["Xi'an Jiaotong-Liverpool University"]
    assert listed("organisations", q="利物浦") == ["Xi'an Jiaotong-Liverpool University"]
    assert listed("organisations", q="LIVERPOOL") == [
        "University of Liverpool",
        "Xi'an Jiaotong-Liverpool University",
    ]


def test_a_place_finds_what_is_in_all_its_parts_and_not_what_is_named_alike(jiangsu):
    named("In the city", place=Place.objects.get(handle="nanjing"))
    named("In the province", place=jiangsu)
    named("Elsewhere", place=Place.objects.get(handle="jiangsutown"))
    named("Nowhere")
    assert listed("organisations", place=jiangsu.pk) == ["In the city", "In the province"]


def test_a_place_that_may_not_be_seen_tells_nothing_of_those_in_it(jiangsu):
    secret = place("Secret site", kind="site", parent=jiangsu, **HIDDEN)
    named("In the secret site", place=secret)
    assert listed("organisations", place=jiangsu.pk) == []
    assert listed("organisations", reader="manager", place=jiangsu.pk) == ["In the secret site"]
    assert signed_in().get("/organisations/", {"place": secret.pk}).status_code == 400


def test_ours_and_parts_are_told_from_others():
    ours = home("Our University")
    named("Our Institute", parent=ours)
    assert listed("organisations", is_home="yes") == ["Our University"]
    assert listed("organisations", is_home="no") == ["Our Institute"]
    assert listed("organisations", parent=ours.pk) == ["Our Institute"]


def test_a_partner_of_two_of_ours_is_listed_once():
    first, second, both, one = home("First"), home("Second"), named("Both"), named("One")
    for ours, partner in ((first, both), (second, both), (second, one)):
        partnership(home=ours, partner=partner)
    assert listed("organisations", partner_of=[first.handle, second.handle]) == ["Both", "One"]
    assert listed("organisations", partner_of=first.handle) == ["Both"]


def test_a_hidden_partnership_makes_nobody_a_partner():
    ours = home("Ours")
    partnership(home=ours, partner=named("Secret partner"), **HIDDEN)
    assert listed("organisations", partner_of=ours.handle) == []
    assert listed("organisations", reader="manager", partner_of=ours.handle) == ["Secret partner"]


@pytest.fixture
def alliance(db):
    """An alliance with a chair and two members, one of which another body is related to."""
    made, chair, member, hidden = named("Alliance"), named("Chair"), named("Member"), named("Hidden", **HIDDEN)
    Relation.objects.create(organisation=chair, kind="chairs", to_organisation=made)
    Relation.objects.create(organisation=chair, kind="member_of", to_organisation=made)
    Relation.objects.create(organisation=member, kind="member_of", to_organisation=made)
    Relation.objects.create(organisation=named("Cousin"), kind="related_to", to_organisation=member)
    Relation.objects.create(organisation=named("Backed"), kind="backed_by", to_organisation=hidden)
    return made


def test_a_relation_is_read_from_the_organisation_that_is_listed(alliance):
    assert listed("organisations", relation="chairs") == ["Chair"]
    assert listed("organisations", relation=["chairs", "member_of"]) == ["Chair", "Member"]
    assert listed("organisations", relation="related_to") == ["Cousin", "Member"]


def test_a_relation_and_its_other_end_belong_to_one_relation(alliance):
    chair = Relation.objects.get(kind="chairs").organisation
    assert listed("organisations", related_to=alliance.pk) == ["Chair", "Member"]
    assert listed("organisations", related_to=chair.pk) == ["Alliance"]
    assert listed("organisations", relation="chairs", related_to=alliance.pk) == ["Chair"]
    assert listed("organisations", relation="hosts", related_to=alliance.pk) == []


def test_a_relation_to_a_hidden_body_is_not_there(alliance):
    assert listed("organisations", relation="backed_by") == []
    assert listed("organisations", reader="manager", relation="backed_by") == ["Backed"]


def test_only_agreements_that_the_reader_may_see_make_a_party():
    named("Neither")
    agreement(parties=(named("Open"), named("Open too")))
    agreement(parties=(named("Secret"), named("Open")), **HIDDEN)
    assert listed("organisations", has_agreements="yes") == ["Open", "Open too"]
    assert listed("organisations", has_agreements="no") == ["Neither", "Open", "Secret"]
    assert listed("organisations", reader="manager", has_agreements="no") == ["Neither"]


def test_documents_are_counted_and_not_statements():
    first, second, secret = source("First"), source("Second"), source("Secret", **HIDDEN)
    with remembered():
        once, twice, partly = organisation("Once"), organisation("Twice"), organisation("Partly")
    with remembered():
        for about, read_in in ((once, first), (once, first), (twice, first), (twice, second), (partly, secret)):
            statement(about=about, source=read_in)
        statement(about=partly, source=first)
        statement(about=place("Same number", pk=once.pk), source=second)
    assert listed("organisations", in_documents=1) == ["Once", "Partly", "Twice"]
    assert listed("organisations", in_documents=2) == ["Twice"]
    assert listed("organisations", reader="manager", in_documents=2) == ["Partly", "Twice"]
    assert [signed_in().get("/organisations/", {"in_documents": bad}).status_code for bad in ("0", "10", "two")] == [
        400,
        400,
        400,
    ]


def test_a_founding_is_found_by_its_span_and_an_unknown_year_on_request():
    named("Old", founded_on="1896")
    named("About then", founded_on="1901~")
    named("Some May", founded_on="XXXX-05")
    named("Not recorded")
    assert listed("organisations", founded_from="1890", founded_to="1900") == ["Old"]
    assert listed("organisations", founded_from="1890", founded_to="1900", founded_possible="yes") == [
        "Not recorded",
        "Old",
        "Some May",
    ]


def test_a_place_is_found_inside_another_and_by_its_country(jiangsu):
    china = place("China", kind="country", handle="china")
    jiangsu.parent = china
    jiangsu.save()
    named("Somebody", place=jiangsu)
    assert listed("places", parent=jiangsu.pk) == ["Nanjing"]
    assert listed("places", country=china.pk) == ["Jiangsu", "Nanjing"]
    assert listed("places", kind=["country", "province"]) == ["China", "Jiangsu"]
    assert listed("places", has_organisations="yes") == ["Jiangsu"]
    assert signed_in().get("/places/", {"country": jiangsu.pk}).status_code == 400


def test_a_partnership_is_found_by_its_sides_and_where_the_partner_is(jiangsu):
    ours, theirs = home("Ours"), named("Theirs", place=Place.objects.get(handle="nanjing"))
    partnership(home=ours, partner=theirs, status="active", since="2015-09")
    partnership(home=ours, partner=named("Others"))
    assert listed("partnerships", home=ours.handle) == ["Others", "Theirs"]
    assert listed("partnerships", partner=theirs.pk) == ["Theirs"]
    assert listed("partnerships", place=jiangsu.pk) == ["Theirs"]
    assert listed("partnerships", status="active") == ["Theirs"]
    assert listed("partnerships", status="unknown") == ["Others"]
    assert listed("partnerships", since_from="2015", since_to="2015") == ["Theirs"]
    assert listed("partnerships", has_owner="no") == ["Others", "Theirs"]


def test_a_partnership_is_found_once_by_the_subjects_of_areas_that_may_be_seen():
    law, health = (Subject.objects.get_or_create(code=code, defaults={"label": code})[0] for code in ("law", "health"))
    found = partnership(partner=named("Theirs"))
    undertaking(partnership=found).subjects.add(law, health)
    undertaking(partnership=found).subjects.add(law)
    undertaking(partnership=partnership(partner=named("Secret")), **HIDDEN).subjects.add(law)
    assert listed("partnerships", subject=["law", "health"]) == ["Theirs"]
    assert listed("partnerships", reader="manager", subject="law") == ["Secret", "Theirs"]


def test_a_partnership_is_found_by_its_signs_of_life_in_the_last_twelve_months():
    leeds, today = home("Leeds"), timezone.localdate()
    day, year_ago = today.isoformat(), today - timedelta(days=365)
    before = (year_ago - timedelta(days=1)).isoformat()

    def pair(name: str) -> Organisation:
        partner = organisation(name)
        partnership(home=leeds, partner=partner)
        return partner

    visit(home=leeds, partner=pair("Visited"), happens_on=day)
    visit(home=leeds, partner=pair("Visited long ago"), happens_on=before)
    visit(home=leeds, partner=pair("Visited once"), happens_on="XXXX-05")
    visit(home=leeds, partner=pair("Called off"), happens_on=day, status="cancelled")
    visit(home=leeds, partner=pair("Visited in secret"), happens_on=day, visibility=Visibility.MANAGERS)
    visit(home=home("York"), partner=pair("Visited by others"), happens_on=day)
    agreement(parties=(leeds, pair("Signed")), signed_on=day)
    agreement(parties=(leeds, pair("Signed long ago")), signed_on=before)
    agreement(parties=(home("Hull"), pair("Signed with others")), signed_on=day)
    shared = programme(home=leeds)
    ProgrammeInstitution.objects.create(programme=shared, organisation=pair("Teaches"))
    cohort(programme=shared, enters_on=day)
    for name, done in (("Done", today), ("Done long ago", year_ago - timedelta(days=1)), ("To do", None)):
        follow_up(partnership=Partnership.objects.get(partner=pair(name)), done_on=done)
    recent = ["Done", "Signed", "Teaches", "Visited"]
    assert listed("partnerships", life="recent") == recent
    assert listed("partnerships", "manager", life="recent") == [*recent, "Visited in secret"]
    assert listed("partnerships", life="possible") == ["Visited once"]
    assert listed("partnerships", life="none") == [
        "Called off",
        "Done long ago",
        "Signed long ago",
        "Signed with others",
        "To do",
        "Visited by others",
        "Visited in secret",
        "Visited long ago",
    ]


def test_a_partnership_is_found_by_the_place_itself_and_by_whether_one_is_known():
    china = place("China", kind="country", handle="china")
    city = place("Nanjing", handle="nanjing", parent=china)
    secret = place("Secret", handle="secret", parent=china, visibility=Visibility.MANAGERS)
    leeds = home("Leeds")
    for name, where in (("A", china), ("B", city), ("C", secret), ("D", None)):
        partnership(
            home=leeds,
            partner=organisation(name, place=where),
            looked_after_by=somebody("viewer") if name == "A" else None,
        )
    assert listed("partnerships", place_only=china.pk) == ["A"]
    assert listed("partnerships", has_place="yes") == ["A", "B"]
    assert listed("partnerships", has_place="no") == ["C", "D"]
    assert listed("partnerships", "manager", has_place="no") == ["D"]
    assert (listed("partnerships", mine="yes"), len(listed("partnerships", mine="no"))) == (["A"], 3)


def test_each_list_offers_only_the_relations_that_it_can_answer():
    birmingham, nanjing = place("Birmingham"), place("Nanjing")
    Relation.objects.create(place=birmingham, kind="sister_city", to_place=nanjing)
    Relation.objects.create(organisation=organisation("Body"), kind="related_to", to_organisation=organisation())
    assert listed("places", relation="sister_city") == ["Birmingham", "Nanjing"]
    assert listed("places", relation="related_to") == []
    assert listed("organisations", relation="sister_city") == []
    pages = [signed_in().get(f"/{path}/").content.decode() for path in ("places", "organisations")]
    assert [(page.count('value="sister_city"'), page.count('value="chairs"')) for page in pages] == [(1, 0), (0, 1)]
    assert signed_in().get("/organisations/", {"relation": "twin"}).status_code == 400
