"""How a person is entered."""

import pytest

from partnerships.people.forms import PersonForm
from partnerships.people.models import Person
from partnerships.values.models import Gap
from tests.asking import errors_of, submitted
from tests.samples import organisation, person, somebody

pytestmark = pytest.mark.django_db


def parts() -> list[tuple[str, str, bool]]:
    """Family name, given name and order of everybody."""
    return list(Person.objects.values_list("family_name", "given_name", "family_first"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"name": "Tim Jones"}, ("Jones", "Tim", False)),
        ({"name": "Zhang Jinghua", "family_first": "yes"}, ("Zhang", "Jinghua", True)),
        ({"name": "Zhang Jinghua", "family_name": "Jinghua"}, ("Jinghua", "", False)),
        ({"name": "Madonna", "gap_given_name": "not_applicable"}, ("", "", False)),
    ],
)
def test_family_and_given_name_follow_from_the_printed_one_unless_somebody_said_otherwise(typed, kept):
    assert submitted("people", **typed).status_code == 303
    assert parts() == [kept]


def test_which_word_is_the_family_name_is_never_a_gap():
    form = PersonForm(instance=person("Zhang Wei", family_first=True), user=somebody("staff"))
    assert ("family_first" in form.gap_names, form["family_first"].value()) == (False, "yes")
    submitted("people", name="Liu Yang", gap_native_name="not_stated")
    assert list(Gap.objects.values_list("field", "state")) == [("native_name", "not_stated")]


def test_an_answer_that_was_not_offered_is_refused():
    assert "Which word is the family name?" in errors_of(submitted("people", name="A B", family_first="middle"))


def test_posts_and_contact_points_are_entered_with_the_person():
    body = organisation("Body")
    answer = submitted(
        "people",
        **{
            "name": "Tony Moran",
            "posts-TOTAL_FORMS": "1",
            "posts-0-role": "Manager",
            "posts-0-organisation": str(body.pk),
            "posts-0-since_date": "Sep 2015",
            "contactpoints-TOTAL_FORMS": "1",
            "contactpoints-0-kind": "telephone",
            "contactpoints-0-value": "+44 (0) 121 414 8254",
            "contactpoints-0-purpose": "press enquiries",
        },
    )
    made = Person.objects.get()
    assert answer.status_code == 303
    assert [(str(post), post.since.words) for post in made.posts.all()] == [("Manager, Body", "September 2015")]
    assert [point.purpose for point in made.contact_points.all()] == ["press enquiries"]


def test_a_contact_point_without_its_purpose_is_refused():
    answer = submitted(
        "people",
        **{
            "name": "Tony Moran",
            "contactpoints-TOTAL_FORMS": "1",
            "contactpoints-0-kind": "telephone",
            "contactpoints-0-value": "123",
        },
    )
    assert "Purpose: This field is required." in errors_of(answer)
    assert not Person.objects.exists()
