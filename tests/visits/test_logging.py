"""A visit is logged in under a minute: two sides are enough, and what was understood is what is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.models import FollowUp, Gap, Participant, Person, Visit
from tests.asking import errors_of, signed_in
from tests.filling import form_of
from tests.samples import home, known, organisation, person, visit

pytestmark = pytest.mark.django_db
ADDRESS = "/visits/log/"


@pytest.fixture
def sides(db) -> dict:
    """Which way and who."""
    partner = organisation("Nanjing Municipal Government")
    return {"direction": "inbound", "home": home("University of Leeds").pk, "partner": partner.pk}


def log(client=None, **fields):
    """The answer to a log with these answers."""
    client = client or signed_in("staff")
    return client.post(ADDRESS, {"token": form_of(client, ADDRESS)["token"]} | fields)


def test_two_sides_make_a_visit_that_happened(sides):
    answer = log(**sides)
    one = Visit.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())
    assert (str(one), one.status, one.happens_on.words, one.participants.count()) == (
        "Nanjing Municipal Government at University of Leeds",
        "happened",
        "",
        0,
    )


def test_who_came_may_be_known_by_words_only(sides):
    del sides["partner"]
    log(**sides, group="deans from Jiangsu", group_size="12")
    one = Visit.objects.get()
    assert (str(one), one.partner) == ("deans from Jiangsu at University of Leeds", None)
    assert [(str(each), each.group_size, each.side) for each in one.participants.all()] == [
        ("deans from Jiangsu", 12, "visitor")
    ]


def test_without_anybody_nothing_is_kept(sides):
    del sides["partner"]
    assert "Say who: choose a body, or write below how they are known." in errors_of(log(**sides))
    assert Visit.objects.count() == 0


def test_everything_of_the_fold_is_kept_at_once(sides):
    frampton = person("Jon Frampton")
    answer = log(
        **sides,
        happens_on_date="May",
        purpose="Talent exchange",
        host=frampton.pk,
        head_name="Zhang Jinghua",
        head_family_first="on",
        head_title="Mr",
        head_post="Party Secretary",
        follow_up="Send the programme",
        follow_up_due="2027-01-15",
    )
    assert answer.status_code == 303
    one = Visit.objects.get()
    assert [(str(each), each.side, each.role, str(each.organisation or "")) for each in one.participants.all()] == [
        ("Zhang Jinghua", "visitor", "head", "Nanjing Municipal Government"),
        ("Jon Frampton", "host", "host_lead", ""),
    ]
    head = Person.objects.get(name="Zhang Jinghua")
    assert (head.family_name, head.given_name, head.title, head.is_sensitive) == ("Zhang", "Jinghua", "Mr", True)
    assert [str(post) for post in head.posts.all()] == ["Party Secretary, Nanjing Municipal Government"]
    assert [(each.what, str(each.due_on)) for each in FollowUp.objects.all()] == [("Send the programme", "2027-01-15")]
    assert (one.happens_on.words, one.purpose) == ("May, year not stated", "Talent exchange")


def test_a_day_ahead_is_planned_and_said_so(sides):
    client = signed_in("staff")
    ahead = timezone.localdate() + timedelta(days=3)
    answer = log(client, **sides, happens_on_date=ahead.isoformat())
    assert Visit.objects.get().status == "planned"
    assert "kept as planned and not as happened" in client.get(answer["Location"]).content.decode()


def test_a_date_that_nobody_knows_is_kept_as_unknown(sides):
    log(**sides, gap_happens_on="not_stated")
    assert [(gap.field, gap.state) for gap in Gap.objects.all()] == [("happens_on", "not_stated")]


def test_an_impossible_date_is_named_and_nothing_is_stored(sides):
    answer = log(**sides, happens_on_date="31 February 2026", head_name="Wei Zhang")
    assert "When" in errors_of(answer)
    page = answer.content.decode()
    assert ("31 February 2026" in page, "Wei Zhang" in page) == (True, True)
    assert (Visit.objects.count(), Person.objects.count()) == (0, 0)


def test_somebody_of_nearly_the_same_name_is_asked_about_and_never_assumed(sides):
    known_one = person("Zhang Jinghua")
    known()
    answer = log(**sides, head_name="Zhang Jing Hua")
    assert "Somebody of nearly this name is in the register." in errors_of(answer)
    assert Visit.objects.count() == 0
    log(**sides, head_name="Zhang Jing Hua", head_is=known_one.pk)
    assert [each.person for each in Participant.objects.all()] == [known_one]
    log(**sides, head_name="Zhang Jing Hua", head_is="new")
    assert Person.objects.filter(name__startswith="Zhang").count() == 2


def test_a_hidden_namesake_is_as_if_not_there(sides):
    person("Zhang Jinghua", visibility=3)
    known()
    assert log(**sides, head_name="Zhang Jinghua").status_code == 303


def test_nobody_both_comes_and_receives(sides):
    one = person("Zhang Jinghua")
    known()
    answer = log(**sides, host=one.pk, head_name="Zhang Jinghua", head_is=one.pk)
    assert "Nobody stands on both sides." in errors_of(answer)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"head_post": "Dean"}, "Give the name that this belongs to"),
        ({"follow_up_due": "2026-12-01"}, "Say what is due on that day"),
        ({"group_size": "3"}, "Say who they are that are so many"),
        ({"direction": "sideways"}, "Select a valid choice"),
        ({"head_name": "x" * 161}, "At most 160 characters"),
        ({"head_name": "Zhang\x00Wei"}, "can’t be kept"),
        ({"host": "999999"}, "not one of the available choices"),
    ],
)
def test_a_wrong_answer_is_named_and_stores_nothing(sides, wrong, sentence):
    answer = log(**sides | wrong)
    assert answer.status_code == 422
    if sentence != "can’t be kept":
        assert sentence in errors_of(answer)
    assert Visit.objects.count() == 0


def test_the_home_that_was_chosen_last_is_there_again(sides):
    client, other = signed_in("staff"), home("University of York")
    log(client, **sides | {"home": other.pk})
    visit("of somebody else", home_id=sides["home"])
    assert form_of(client, ADDRESS)["home"] == str(other.pk)


def test_a_script_is_told_where_the_saved_visit_stands_and_a_repeat_has_no_effect(sides):
    client = signed_in("staff")
    fields = {"token": form_of(client, ADDRESS)["token"]} | sides
    answers = [client.post(ADDRESS, fields, headers={"Accept": "application/json"}) for _ in range(2)]
    address = Visit.objects.get().get_absolute_url()
    assert [(one.status_code, one.json()) for one in answers] == [(201, {"url": address})] * 2


def test_a_viewer_logs_nothing(sides):
    assert signed_in("viewer").get(ADDRESS).status_code == 403
