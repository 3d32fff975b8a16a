"""What the page of a person says, what it costs, and how the catalogue knows people."""

import pytest

from partnerships import models
from partnerships.access.models import Entry, Visibility
from partnerships.memory import remembered
from tests.asking import page_of, related, signed_in, words_of
from tests.samples import agreement, home, organisation, person, statement, undertaking, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang(db):
    """A person with something of every kind that a page shows."""
    with remembered():
        committee = organisation("Municipal Committee")
        made = person(
            "Zhang Jinghua",
            family_name="Zhang",
            given_name="Jinghua",
            native_name="张敬华",
            title="Mr",
            is_sensitive=True,
        )
        models.Post.objects.create(person=made, role="Party Secretary", organisation=committee, since="2017", order=1)
        models.Post.objects.create(person=made, role="Mayor", until="2017", order=2)
        models.ContactPoint.objects.create(person=made, kind="post", value="1 Street", purpose="invitations")
        ours = home("Ours")
        coming = visit("They came", home=ours)
        models.Participant.objects.create(visit=coming, person=made, role="head")
        models.ItineraryItem.objects.create(visit=coming, kind="talk", title="Talk", led_by=made)
        signed = agreement("The memorandum", parties=(ours, committee))
        models.Party.objects.filter(agreement=signed, organisation=committee).update(signatory=made)
        models.Relation.objects.create(organisation=organisation("Foundation"), kind="founded_by", to_person=made)
        undertaking("More exchange", visit=coming, by=made, standing="asked")
        statement("We want more", about=coming, said_by=made)
    return made


def test_the_page_of_a_person_says_what_is_known_and_warns_of_what_is_sensitive(zhang):
    words, queries = page_of(zhang)
    expected = [
        "Zhang Jinghua 张敬华",
        "Mr Zhang Jinghua, Party Secretary, Municipal Committee.",
        "A role may be sensitive personal data (UK GDPR): use it for its purpose only.",
        "Party Secretary Municipal Committee 2017",
        "1 Street post invitations",
        "The memorandum Municipal Committee",
        "founded Foundation",
    ]
    assert [one for one in expected if one not in words] == []
    assert queries <= 12


def test_somebody_without_a_sensitive_role_has_no_warning():
    words, _ = page_of(person("Tim Jones"))
    assert "sensitive" not in words


def test_what_the_page_of_a_person_counts_is_what_the_lists_hold(zhang):
    assert related(zhang) == {"visits": (1, 1), "undertakings": (1, 1), "statements": (1, 1)}


def test_the_catalogue_tells_people_apart_by_their_first_open_post(zhang):
    with remembered():
        secret = organisation("Secret body", visibility=Visibility.MANAGERS)
        other = person("Zhang Wei")
        models.Post.objects.create(person=other, role="Agent", organisation=secret, order=1)
        models.Post.objects.create(person=other, role="Professor", organisation=organisation("Open body"), order=2)
    lines = dict(Entry.objects.filter(kind="person").values_list("title", "second"))
    assert lines == {"Zhang Jinghua": "Party Secretary, Municipal Committee", "Zhang Wei": "Professor, Open body"}
    assert "Secret" not in Entry.objects.get(title="Zhang Wei").words


def test_a_body_that_is_renamed_is_renamed_in_the_lines_of_its_people(zhang):
    with remembered():
        committee = models.Organisation.objects.get(name="Municipal Committee")
        committee.name = "City Committee"
        committee.save()
    assert Entry.objects.get(title="Zhang Jinghua").second == "Party Secretary, City Committee"


def test_the_posts_of_a_person_are_drawn_over_time_as_sure_as_their_dates(zhang):
    page = signed_in().get(zhang.get_absolute_url()).content.decode()
    picture = page.split('<figure class="pic"')[1].split("</figure>")[0]
    words = words_of(picture)
    assert "Posts over time 2 posts." in words
    assert "Party Secretary, Municipal Committee 2017, end not recorded" in words
    assert "Mayor beginning not recorded , 2017" in words
    assert [picture.count(f'class="{shape}"') for shape in ("may", "fading", "rising", "unknown")] == [2, 1, 1, 0]


def test_posts_of_which_no_year_is_known_are_told_by_the_table_alone():
    made = person("Tim Jones")
    models.Post.objects.create(person=made, role="Provost", since="XXXX-05")
    assert "<figure" not in signed_in().get(made.get_absolute_url()).content.decode()


def test_a_body_that_may_not_be_seen_is_in_no_picture_of_posts():
    with remembered():
        made, secret = person("Tim Jones"), organisation("Secret body", visibility=Visibility.MANAGERS)
        models.Post.objects.create(person=made, role="Provost", since="2020")
        models.Post.objects.create(person=made, role="Agent", organisation=secret, since="2021")
    assert ("Secret body" in page_of(made)[0], "Secret body" in page_of(made, "manager")[0]) == (False, True)
