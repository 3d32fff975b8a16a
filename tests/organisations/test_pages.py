"""What the pages of organisations, places and partnerships say, what they cost, and how the catalogue knows them."""

import pytest

from partnerships import models
from partnerships.access.models import Entry, Visibility
from partnerships.memory import remembered
from partnerships.organisations.models import OrganisationName, RelationKind
from partnerships.organisations.models.relations import SAID_FROM_OTHER_END
from tests.asking import page_of, related
from tests.samples import (
    agreement,
    funding,
    home,
    organisation,
    partnership,
    person,
    place,
    programme,
    project,
    source,
    statement,
    undertaking,
    visit,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def register(db):
    """One partner of ours with something of every kind that a page of it shows, twice each where it may be."""
    with remembered():
        china = place("China", kind="country", handle="china", native_name="中国")
        xian = place("Xi'an", handle="xian", parent=china, native_name="西安")
        kind = models.OrganisationKind.objects.get_or_create(code="university", defaults={"label": "university"})[0]
        ours = home("Our University")
        theirs = organisation("Xi'an Jiaotong University", kind=kind, place=xian, founded_on="1896")
        for value, name_kind in (("XJTU", "acronym"), ("西安交通大学", "native")):
            OrganisationName.objects.create(organisation=theirs, value=value, kind=name_kind)
        organisation("Its Institute", parent=theirs)
        models.Relation.objects.create(organisation=theirs, kind="chairs", to_organisation=organisation("Alliance"))
        venture = organisation("Venture")
        models.Relation.objects.create(organisation=venture, kind="joint_venture_of", to_organisation=theirs)
        models.Relation.objects.create(place=xian, kind="sister_city", to_place=place("Edinburgh"))
        between = partnership(home=ours, partner=theirs, status="active", since="2005")
        undertaking("Chemistry", partnership=between)
        undertaking("A strand", organisation=theirs)
        models.ContactPoint.objects.create(organisation=theirs, kind="email", value="a@b.example", purpose="visits")
        zhang = person("Zhang Wei", family_name="Zhang", given_name="Wei")
        models.Post.objects.create(person=zhang, organisation=theirs, role="President", since="2015")
        signed = agreement("Dual PhD", parties=(ours, theirs))
        coming = visit("They came", home=ours, partner=theirs, place=xian)
        models.Participant.objects.create(visit=visit("A third came", home=ours), person=zhang, organisation=theirs)
        models.ItineraryItem.objects.create(
            visit=visit("A call there", home=ours), kind="meeting", title="A", place=xian
        )
        course = programme("Dual programme", home=ours)
        models.ProgrammeInstitution.objects.create(programme=course, organisation=theirs)
        funding("Their money", funder=theirs, recipient=ours)
        funding("Our money", funder=ours, recipient=theirs)
        joint = project("A project", home=ours)
        models.ProjectPartner.objects.create(project=joint, organisation=theirs)
        models.FollowUp.objects.create(what="Write to them", partnership=between)
        page = source("Their page", speaks_for=theirs)
        statement("Founded early", about=theirs, source=page, field="founded_on", quotation="in 1896")
    return {
        "theirs": theirs,
        "ours": ours,
        "xian": xian,
        "between": between,
        "venture": venture,
        "zhang": zhang,
        "signed": signed,
        "coming": coming,
    }


def test_the_page_of_an_organisation_says_how_it_stands_to_us(register):
    words, queries = page_of(register["theirs"])
    expected = [
        "Xi'an Jiaotong University 西安交通大学 Also known as XJTU.",
        "Place Xi'an · China",
        "Founded 1896 stated",
        "Our University active 2005 Chemistry",
        "chair of Alliance",
        "has the joint venture Venture",
        "Zhang Wei President 2015",
        "a@b.example e-mail visits",
        "Lines of its own 1 Show it in the list A strand",
        "Units 1 Show it in the list Its Institute",
    ]
    assert [one for one in expected if one not in words] == []
    assert queries <= MOST_QUERIES


def test_the_pages_of_a_place_and_a_partnership_stay_within_their_queries(register):
    words, queries = page_of(register["xian"])
    assert [one for one in ("Xi'an 西安 City in China.", "sister city of Edinburgh") if one not in words] == []
    assert queries <= MOST_QUERIES
    words, queries = page_of(register["between"])
    assert [one for one in ("Active, since 2005.", "Areas of cooperation 1", "Chemistry") if one not in words] == []
    assert queries <= MOST_QUERIES


def test_what_a_page_counts_is_what_the_list_that_it_leads_to_holds(register):
    assert related(register["theirs"]) == {
        "undertakings": (1, 1),
        "organisations": (1, 1),
        "agreements": (1, 1),
        "visits": (2, 2),
        "programmes": (1, 1),
        "funding": (2, 2),
        "projects": (1, 1),
        "partnerships": (1, 1),
        "sources": (1, 1),
    }
    assert related(register["ours"]) == {
        "agreements": (1, 1),
        "visits": (3, 3),
        "programmes": (1, 1),
        "funding": (2, 2),
        "partnerships": (1, 1),
    }
    assert related(register["xian"]) == {"organisations": (1, 1), "agreements": (1, 1), "visits": (2, 2)}
    assert related(register["between"]) == {
        "agreements": (1, 1),
        "visits": (2, 2),
        "programmes": (1, 1),
        "projects": (1, 1),
        "funding": (2, 2),
        "undertakings": (1, 1),
        "follow-ups": (1, 1),
    }


def test_what_may_not_be_seen_is_not_on_the_page_and_not_in_its_counts(register):
    theirs = register["theirs"]
    with remembered():
        for record in (
            register["signed"],
            register["coming"],
            register["between"],
            register["zhang"],
            register["venture"],
        ):
            type(record).objects.filter(pk=record.pk).update(visibility=Visibility.MANAGERS)
    words, _ = page_of(theirs)
    hidden = ("Dual PhD", "They came", "Chemistry", "Zhang Wei", "Venture")
    assert [one for one in hidden if one in words] == []
    assert [one for one in hidden if one not in page_of(theirs, "manager")[0]] == []


def test_every_relation_has_words_for_its_other_end():
    assert set(SAID_FROM_OTHER_END) == set(RelationKind)


def test_the_catalogue_tells_near_twins_apart_by_kind_place_and_whole(register):
    lines = Entry.objects.filter(kind="organisation", title__in=["Xi'an Jiaotong University", "Its Institute"])
    assert dict(lines.values_list("title", "second")) == {
        "Xi'an Jiaotong University": "university · Xi'an",
        "Its Institute": "part of Xi'an Jiaotong University",
    }
    assert Entry.objects.get(title="Our University").second == "one of our own"
    assert Entry.objects.get(kind="place", title="Xi'an").second == "city · in China"


def test_the_catalogue_does_not_lend_the_words_of_what_fewer_people_see(register):
    with remembered():
        whole = organisation("Secret whole", visibility=Visibility.MANAGERS)
        part = organisation("Open part", parent=whole, place=place("Secret place", visibility=Visibility.STAFF))
        secret = organisation("Secret part", parent=whole, visibility=Visibility.MANAGERS)
    assert Entry.objects.get(kind="organisation", record_id=part.pk).second == ""
    assert Entry.objects.get(kind="organisation", record_id=secret.pk).second == "part of Secret whole"


def test_a_partnership_goes_by_the_names_of_both_sides_and_follows_when_they_change(register):
    with remembered():
        register["ours"].name = "Our Renamed University"
        register["ours"].save()
        OrganisationName.objects.create(organisation=register["ours"], value="ORU", kind="acronym")
    line = Entry.objects.get(kind="partnership", record_id=register["between"].pk)
    assert line.title == "Our Renamed University and Xi'an Jiaotong University"
    assert [one for one in ("oru", "xjtu", "西安交通大学") if one not in line.names_key] == []
