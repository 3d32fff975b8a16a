"""The brief of an organisation without a visit, seen from one of our institutions."""

import pytest

from partnerships import models
from partnerships.access.models import Visibility
from partnerships.memory import remembered
from tests.asking import signed_in, words_of
from tests.samples import agreement, funding, home, organisation, partnership, person, somebody, visit

pytestmark = pytest.mark.django_db


def brief_of(record, role: str = "staff", **asked) -> str:
    """The words of a brief."""
    answer = signed_in(role).get(f"{record.get_absolute_url()}brief/", asked)
    assert answer.status_code == 200
    return words_of(answer.content.decode().split("<main", 1)[1].split("</main>")[0])


def test_each_of_our_institutions_has_a_brief_of_its_own():
    with remembered(user=somebody("staff")):
        theirs, first, second = organisation("Their Institute"), home("Alpha"), home("Beta")
        for ours in (first, second):
            visit(f"Guests of {ours}", home=ours, partner=theirs, status="happened")
            agreement(f"Agreement of {ours}", parties=(ours, theirs))
        partnership(home=second, partner=theirs)
        funding("Beta's money", agreement=models.Agreement.objects.get(title="Agreement of Beta"))
    alpha, beta = brief_of(theirs), brief_of(theirs, home=second.pk)
    told = [("Guests of Alpha", "Agreement of Alpha"), ("Guests of Beta", "Agreement of Beta", "Beta's money")]
    assert [[one in page for one in told[0]] for page in (alpha, beta)] == [[True] * 2, [False] * 2]
    assert [[one in page for one in told[1]] for page in (alpha, beta)] == [[False] * 3, [True] * 3]


def test_a_unit_is_told_with_the_body_that_it_is_part_of():
    with remembered():
        ours, academy = home("Ours"), organisation("An Academy")
        unit = organisation("Its Institute", parent=academy)
        agreement("With the academy", parties=(ours, academy))
        agreement("With the institute", parties=(ours, unit))
    for record in (academy, unit):
        page = brief_of(record)
        assert ["With the academy" in page, "With the institute" in page] == [True, True]
    assert "Its Institute is part of An Academy ." in brief_of(unit)


def test_a_political_post_of_somebody_who_does_not_come_is_not_spread():
    with remembered():
        theirs, somebody_there = organisation("A Committee"), person("Li Na", is_sensitive=True)
        home("Ours")
        for role in ("Party Secretary", "Trustee"):
            models.Post.objects.create(person=somebody_there, role=role, organisation=theirs)
    page = brief_of(theirs)
    assert ["Li Na" in page, "Party Secretary" in page, "Trustee" in page] == [True, False, True]


def test_what_cannot_be_asked_is_refused():
    with remembered():
        ours, theirs = home("Ours"), organisation("Theirs")
        hidden = organisation("Hidden", visibility=Visibility.MANAGERS)
    client = signed_in("staff")
    asked = [f"{theirs.pk}/brief/?home=x", f"{theirs.pk}/brief/?home={theirs.pk}", f"{theirs.pk}/brief/?a=1"]
    asked += [f"{theirs.pk}/brief/?home={ours.pk}&home={ours.pk}", f"{ours.pk}/brief/", f"{hidden.pk}/brief/"]
    statuses = [client.get(f"/organisations/{one}").status_code for one in asked]
    assert statuses == [400, 400, 400, 400, 404, 404]


def test_the_page_of_a_partner_leads_to_its_brief_and_ours_to_none():
    with remembered():
        ours, theirs = home("Ours"), organisation("Theirs")
    client = signed_in("viewer")
    found = [
        f'href="{one.get_absolute_url()}brief/"' in client.get(one.get_absolute_url()).content.decode()
        for one in (ours, theirs)
    ]
    assert found == [False, True]


def test_a_brief_that_stops_says_so_and_leads_to_the_list_that_goes_on():
    with remembered():
        ours, theirs = home("Ours"), organisation("Theirs")
        for number in range(13):
            agreement(f"Agreement {number}", parties=(ours, theirs))
    answer = signed_in().get(f"{theirs.get_absolute_url()}brief/").content.decode()
    address = f"/agreements/?party={theirs.pk}"
    assert ("There are more agreements in the register." in words_of(answer), f'href="{address}"' in answer) == (
        True,
        True,
    )
    assert signed_in().get(address).content.decode().count("Agreement 12") > 0
    models.Agreement.objects.get(title="Agreement 12").delete()
    assert "There are more" not in brief_of(theirs)
