"""A question that is compiled once answers each asking with its own values, and sees what was written meanwhile."""

import pytest
from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Lower
from django.test.utils import CaptureQueriesContext

from partnerships.models import Organisation
from partnerships.values.prepared import Given, Once, prepared
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


def test_an_expression_is_resolved_and_compiled_once_and_means_the_rows_it_stands_at_wherever_it_is_asked():
    compiled = []

    class Counted(Lower):
        def as_sql(self, *given, **more):
            compiled.append(1)
            return super().as_sql(*given, **more)

    small = Once(Counted("name", output_field=CharField()))
    one, other = organisation("One"), organisation("Other")
    rows = Organisation.objects.annotate(small=small).order_by("small")
    asked = rows.filter(small__startswith="o").exclude(small="other").annotate(same=F("small"))
    assert [(row.small, row.same) for row in asked] == [("one", "one")]
    assert (rows.count(), [row.small for row in rows], compiled) == (2, ["one", "other"], [1])
    # Inside another question its rows go by another name, and it follows them.
    inner = Organisation.objects.annotate(small=small).filter(small="one")
    again = Organisation.objects.annotate(small=small).filter(pk__in=inner.values("pk"), small=Lower(Value("ONE")))
    assert ([*again], [*Organisation.objects.exclude(pk__in=inner.values("pk"))]) == ([one], [other])
    assert len(compiled) == 3
