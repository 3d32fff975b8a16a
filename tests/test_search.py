"""What is searched for is found however it is spelt."""

import pytest

from partnerships.memory import remembered
from tests.asking import signed_in
from tests.samples import organisation, project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["covid19", "COVID-19", "covid 19", "Response to covid19"])
def test_letters_and_figures_are_found_with_and_without_what_joins_them(typed):
    with remembered():
        found = project("Response to COVID-19")
        organisation("Institute 19")
    hits = signed_in().get("/search/", {"q": typed}, headers={"accept": "application/json"}).json()
    assert [one["url"] for one in hits] == [found.get_absolute_url()]
