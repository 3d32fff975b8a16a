"""By which conditions sources and statements are found, for the reader who asks."""

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.values.dates import HonestDate
from tests.asking import listed, signed_in
from tests.samples import agreement, make, organisation, person, source, statement

pytestmark = pytest.mark.django_db


def test_a_source_is_found_by_who_publishes_it_and_for_whom_it_speaks():
    ours, paper = organisation("Ours"), organisation("A newspaper")
    source("Page", publisher=ours, speaks_for=ours, dated_on="2017")
    source("Cutting", publisher=paper, speaks_for=ours, text="All of it", text_sha256="0" * 64)
    assert listed("sources", publisher=paper.pk) == ["Cutting"]
    assert listed("sources", speaks_for=ours.pk) == ["Cutting", "Page"]
    assert [listed("sources", has_text=answer) for answer in ("yes", "no")] == [["Cutting"], ["Page"]]
    assert listed("sources", dated_from="2017", dated_to="2017") == ["Page"]


@pytest.fixture
def said(db):
    """Three statements of two sources about two records."""
    with remembered():
        first, second = source("First"), source("Second")
        body, signed, speaker = organisation("Body"), agreement("Agreement"), person("Speaker")
    with remembered():
        statement("Over a hundred", about=body, source=first, kind="statistic", number="100", bound="more_than")
        statement(
            "Signed in May", about=signed, source=second, field="signed_on", said_by=speaker, happened_on="2017-05"
        )
        statement("By context", about=body, source=second, basis="context", rank="preferred", field="Signed_on_text")
    return {"first": first, "second": second, "body": body, "signed": signed, "speaker": speaker}


def test_a_statement_is_found_by_its_source_and_by_what_it_speaks_of(said):
    assert listed("statements", source=said["first"].pk) == ["Over a hundred"]
    assert listed("statements", record_kind="organisation", sort="said") == ["By context", "Over a hundred"]
    assert listed("statements", record_kind="agreement", record_id=said["signed"].pk) == ["Signed in May"]
    assert listed("statements", record_kind="agreement", record_id=10**17) == []


def test_a_statement_is_found_by_how_and_by_whom_it_is_said(said):
    assert listed("statements", kind="statistic") == ["Over a hundred"]
    assert listed("statements", basis=["context", "implied"]) == ["By context"]
    assert listed("statements", rank="preferred") == ["By context"]
    assert listed("statements", field="SIGNED_ON") == ["Signed in May"]
    assert listed("statements", said_by=said["speaker"].pk) == ["Signed in May"]
    assert listed("statements", has_number="yes") == ["Over a hundred"]
    assert listed("statements", happened_from="2017", happened_to="2017") == ["Signed in May"]


@pytest.mark.parametrize(
    "question", [{"record_kind": "orgnisation"}, {"record_id": "0"}, {"record_id": "1e3"}, {"source": "none"}]
)
def test_a_value_that_is_no_kind_number_or_record_is_refused(said, question):
    assert signed_in().get("/statements/", question).status_code == 400


def test_what_is_said_of_a_hidden_record_or_by_a_hidden_source_is_not_there(said):
    with remembered():
        type(said["signed"]).objects.filter(pk=said["signed"].pk).update(visibility=Visibility.MANAGERS)
        type(said["first"]).objects.filter(pk=said["first"].pk).update(visibility=Visibility.STAFF)
    assert listed("statements") == ["By context"]
    assert len(listed("statements", reader="staff")) == 2
    assert len(listed("statements", reader="manager")) == 3


def test_a_statement_without_words_of_ours_is_listed_by_its_quotation():
    made = make("statement", quotation="over 100 research institutes")
    type(made).objects.update(text="")
    assert listed("statements") == ["over 100 research institutes"]


def test_a_statement_without_a_date_is_no_possible_one_in_a_span(said):
    with remembered():
        statement("In the year 2015/16", about=said["body"], happened_on=HonestDate(wording="2015/16"))
    page = signed_in().get("/statements/", {"happened_from": "2017", "happened_to": "2017"})
    assert page.context["span"] == (1, 1)
    shown = listed("statements", happened_from="2017", happened_to="2017", happened_possible="yes", sort="said")
    assert shown == ["In the year 2015/16", "Signed in May"]
