"""By which conditions programmes and cohorts are found, and that nothing hidden can be guessed."""

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import ProgrammeInstitution, ProgrammeType, Subject
from partnerships.organisations.models import Place
from tests.asking import listed, signed_in
from tests.samples import agreement, cohort, home, organisation, place, programme

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def takes_part(one, body, role="partner") -> None:
    """Give an institution a role in a programme."""
    ProgrammeInstitution.objects.create(programme=one, organisation=body, role=role)


def test_words_are_looked_for_in_the_title():
    with remembered():
        programme("Dual PhD in Energy")
        programme("Joint PhD")
    assert listed("programmes", q="energy") == ["Dual PhD in Energy"]


def test_a_programme_is_found_by_home_and_type():
    leeds, dual = home("Leeds"), ProgrammeType.objects.create(code="dual-x", label="dual")
    programme("Dual", home=leeds, type=dual)
    programme("Unnamed type")
    assert listed("programmes", home=leeds.handle) == ["Dual"]
    assert listed("programmes", type="dual-x") == ["Dual"]
    assert listed("programmes", type="unknown") == ["Unnamed type"]
    assert listed("programmes", type=["unknown", "dual-x"]) == ["Dual", "Unnamed type"]


def test_an_institution_is_found_in_any_role_and_once():
    leeds, partner, payer = home("Leeds"), organisation("Partner"), organisation("Payer")
    one = programme("Shared", home=leeds)
    for role in ("partner", "awarding"):
        takes_part(one, partner, role)
    takes_part(one, payer, "sponsor")
    programme("Other")
    assert [listed("programmes", institution=body.pk) for body in (leeds, partner, payer)] == [["Shared"]] * 3
    assert listed("programmes", institution=organisation().pk) == []


def test_a_sponsor_is_who_pays_and_nobody_else():
    payer = organisation("Payer")
    takes_part(programme("Paid"), payer, "sponsor")
    takes_part(programme("Joined"), payer, "partner")
    assert listed("programmes", sponsor=payer.pk) == ["Paid"]


def test_a_place_includes_what_lies_in_it_as_far_as_it_may_be_seen():
    china = place("China", kind="country", handle="china")
    cities = [place(name, parent=china) for name in ("Nanjing", "Xi'an")]
    programme("In both").places.set(cities)
    programme("Elsewhere").places.add(place("Leeds"))
    programme("At a hidden site").places.add(place("Site", parent=china, **HIDDEN))
    assert listed("programmes", place=china.pk) == ["In both"]
    assert listed("programmes", "manager", place=china.pk) == ["At a hidden site", "In both"]
    assert listed("programmes", place=Place.objects.get(name="Nanjing").pk) == ["In both"]


def test_a_programme_is_found_by_subject_agreement_and_start():
    law, energy = (Subject.objects.create(code=f"{name}-x", label=name) for name in ("law", "energy"))
    signed = agreement()
    programme("Both", starts_on="2024-09").subjects.set([law, energy])
    programme("Energy", agreement=signed, starts_on="XXXX-09").subjects.set([energy])
    assert listed("programmes", subject=["law-x", "energy-x"]) == ["Both", "Energy"]
    assert listed("programmes", subject="law-x") == ["Both"]
    assert listed("programmes", agreement=signed.pk) == ["Energy"]
    assert listed("programmes", starts_from="2024", starts_to="2024") == ["Both"]
    assert listed("programmes", starts_from="2024", starts_possible="yes") == ["Both", "Energy"]


def test_a_cohort_is_found_by_its_programme_and_what_stands_there():
    leeds, partner = home("Leeds"), organisation("Partner")
    shared, other = programme("Shared", home=leeds), programme("Other")
    for role in ("partner", "awarding"):
        takes_part(shared, partner, role)
    cohort("First", programme=shared, enters_on="2024", status="enrolled")
    cohort("Second", programme=other)
    assert listed("cohorts", programme=shared.pk) == ["First"]
    assert listed("cohorts", partner=partner.pk) == ["First"]
    assert listed("cohorts", home=leeds.handle) == ["First"]
    assert listed("cohorts", status="enrolled") == ["First"]
    assert listed("cohorts", status="unknown") == ["Second"]
    assert listed("cohorts", entry_from="2024", entry_to="2024-12") == ["First"]


def test_zero_is_a_number_and_nothing_is_none():
    cohort("Empty", started=0)
    cohort("Some", withdrawn=2)
    cohort("Unknown")
    assert listed("cohorts", size_known="yes", sort="name") == ["Empty", "Some"]
    assert listed("cohorts", size_known="no") == ["Unknown"]


@pytest.mark.parametrize(
    ("path", "conditions", "sentence"),
    [
        ("programmes", "type=nonsense", "nonsense is not one of the available choices"),
        ("programmes", "sponsor=x", "not one of the available choices"),
        ("programmes", "institutions=1", "Did you mean “institution”?"),
        ("cohorts", "status=gone", "gone is not one of the available choices"),
        ("cohorts", "size_known=1", "1 is not one of the available choices"),
        ("cohorts", "entry_from=2025&entry_to=2024", "The span ends before it starts."),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(path, conditions, sentence):
    answer = signed_in().get(f"/{path}/?{conditions}")
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
