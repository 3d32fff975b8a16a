"""A question that is compiled once answers each asking with its own values, and sees what was written meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Organisation
from partnerships.values.prepared import Given, prepared
from tests.samples import organisation

pytestmark = pytest.mark.django_db


def test_it_is_compiled_once_and_asked_with_other_values():
    built = []

    @prepared
    def named():
        built.append(1)
        rows = Organisation.objects.select_related("kind").prefetch_related("names").order_by("pk")
        return rows.filter(name=Given("name"), is_home=False)

    one, other = organisation("One"), organisation("Other")
    answers = [named(name="One"), named(name="Other"), named(name="Nobody")]
    assert (answers, built) == ([[one], [other], []], [1])
    Organisation.objects.filter(pk=one.pk).update(website="https://example.org")
    with CaptureQueriesContext(connection) as queries:
        [again] = named(name="One")
        assert (again.website, list(again.names.all()), again.kind) == ("https://example.org", [], None)
    assert len(queries) == 2


def test_a_value_is_never_read_as_sql():
    @prepared
    def named():
        return Organisation.objects.filter(name=Given("name"))

    organisation("One")
    assert named(name="One' OR '1'='1") == []


def test_a_value_that_is_not_given_is_an_error():
    @prepared
    def named():
        return Organisation.objects.filter(name=Given("name"))

    with pytest.raises(KeyError):
        named(nme="One")
