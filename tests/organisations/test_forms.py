"""How organisations, places and partnerships are entered."""

import pytest

from partnerships.organisations.models import Organisation, Partnership, Place
from tests.asking import errors_of, submitted
from tests.samples import home, organisation, place

pytestmark = pytest.mark.django_db


def test_an_organisation_is_entered_with_its_names_and_relations():
    alliance = organisation("Alliance")
    answer = submitted(
        "organisations",
        **{
            "name": "  Xi'an  Jiaotong University ",
            "founded_on_date": "1896",
            "organisationnames-TOTAL_FORMS": "2",
            "organisationnames-0-value": "XJTU",
            "organisationnames-0-kind": "acronym",
            "organisationnames-1-value": "西安交通大学",
            "organisationnames-1-kind": "native",
            "relations-TOTAL_FORMS": "1",
            "relations-0-kind": "chairs",
            "relations-0-to_organisation": str(alliance.pk),
        },
    )
    made = Organisation.objects.get(name="Xi'an Jiaotong University")
    assert (answer.status_code, answer["Location"]) == (303, f"/organisations/{made.pk}/")
    assert (made.founded_on.notation, [str(name) for name in made.names.all()]) == ("1896", ["XJTU", "西安交通大学"])
    assert [str(one) for one in made.relations.all()] == ["Xi'an Jiaotong University chair of Alliance"]


def test_a_relation_that_leads_nowhere_is_refused():
    answer = submitted("organisations", **{"name": "A", "relations-TOTAL_FORMS": "1", "relations-0-kind": "chairs"})
    assert "Choose one organisation, one person or one place that the relation leads to." in errors_of(answer)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("typed", ["03vek6s52", "https://ror.org/03VEK6S52", "ror.org/03vek6s52/"])
def test_a_ror_id_is_kept_bare(typed):
    submitted("organisations", name="A", ror_id=typed)
    assert Organisation.objects.get(name="A").ror_id == "03vek6s52"


def test_a_ror_id_of_another_form_is_refused():
    answer = submitted("organisations", name="A", ror_id="https://example.org/03vek6s52")
    assert "A ROR id has nine signs and begins with 0: look it up at ror.org." in errors_of(answer)


def test_a_place_finds_its_lineage_and_a_circle_is_refused():
    china = place("China", kind="country", handle="china")
    submitted("places", name="Jiangsu", kind="province", parent=str(china.pk))
    jiangsu = Place.objects.get(name="Jiangsu")
    assert jiangsu.lineage == f"/china/{jiangsu.handle}/"
    jiangsu.refresh_from_db()
    china.refresh_from_db()
    china.parent = jiangsu
    with pytest.raises(Exception, match="Jiangsu lies in China, so China can't lie in it."):
        china.full_clean()


def test_a_partnership_stands_between_one_of_ours_and_another():
    ours, theirs = home("Ours"), organisation("Theirs")
    refused = submitted("partnerships", home=str(theirs.pk), partner=str(theirs.pk))
    assert "Home: Select a valid choice." in errors_of(refused)
    submitted(
        "partnerships",
        **{
            "home": str(ours.pk),
            "partner": str(theirs.pk),
            "undertakings-TOTAL_FORMS": "1",
            "undertakings-0-wording": "Chemistry",
            "undertakings-0-standing": "established",
        },
    )
    made = Partnership.objects.get()
    assert (str(made), [str(line) for line in made.undertakings.all()]) == ("Ours and Theirs", ["Chemistry"])
    again = submitted("partnerships", home=str(ours.pk), partner=str(theirs.pk))
    assert "These two can’t be recorded: look for them in the register, or ask a manager." in errors_of(again)
