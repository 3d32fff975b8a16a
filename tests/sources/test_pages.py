"""What the pages of sources and statements say, and how the catalogue knows them."""

import re

import pytest

from partnerships.access.models import Entry, Visibility
from partnerships.memory import remembered
from partnerships.models import Statement
from tests.asking import page_of, signed_in
from tests.samples import make, organisation, person, source, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(db):
    """A statement with everything that it may have."""
    with remembered():
        read_in = source("Our page", file_name="003_9b.txt", speaks_for=organisation("Our University"))
        about, speaker = organisation("Academy"), person("Speaker")
    with remembered():
        return statement(
            "More than a thousand institutes",
            about=about,
            source=read_in,
            paragraph=14,
            quotation="over 1,000 research institutes",
            kind="statistic",
            said_by=speaker,
            number="1000",
            bound="more_than",
            unit="institutes",
            field="has_institutes",
        )


def test_the_page_of_a_statement_says_where_it_stands_and_what_it_counts(said):
    words, queries = page_of(said)
    expected = [
        "Our page, 003 ¶14, said by Speaker.",
        "Speaks of Academy organisation",
        "Field has institutes",
        "In its words over 1,000 research institutes",
        "Source 003 ¶14",
        "Basis stated",
        "Number more than 1,000 institutes",
    ]
    assert [one for one in expected if one not in words] == []
    assert queries <= 12


def test_a_speaker_who_may_not_be_seen_is_not_named(said):
    with remembered():
        type(said.said_by).objects.update(visibility=Visibility.MANAGERS)
    assert ["Speaker" in page_of(said, role)[0] for role in ("staff", "manager")] == [False, True]


def test_the_page_of_a_source_says_for_whom_it_speaks_and_what_it_says(said):
    words, queries = page_of(said.source)
    expected = ["“We” in it means Our University.", "over 1,000 research institutes", "Academy"]
    assert [one for one in expected if one not in words] == []
    assert queries <= 12


def test_a_source_names_no_hidden_body_that_it_speaks_for(said):
    with remembered():
        type(said.source.speaks_for).objects.filter(name="Our University").update(visibility=Visibility.MANAGERS)
    words, _ = page_of(said.source)
    assert ("Our University" in words, "withheld" in words) == (False, True)


def test_the_catalogue_finds_a_source_by_its_text_and_a_statement_by_its_quotation(said):
    with remembered():
        said.source.text = "Everything that stands there"
        said.source.save()
    lines = {line.kind: line for line in Entry.objects.filter(kind__in=["source", "statement"])}
    assert "everything that stands there" in lines["source"].words_key
    assert (lines["statement"].second, lines["statement"].names_key) == (
        "Academy · 003 ¶14",
        "more than a thousand institutes ¦ over 1000 research institutes",
    )


def test_a_quotation_that_turns_the_direction_of_writing_turns_nothing_around_it():
    client, turning = signed_in("staff"), "they said \u202eolleh\u2066"
    one = make("statement", quotation=turning)
    Statement.objects.filter(pk=one.pk).update(text="")
    page = client.get(one.get_absolute_url()).content.decode()
    assert page.count("\u202e") == len(re.findall("<bdi>[^<]*\u202e[^<]*</bdi>", page)) > 0
    for address in ("", "edit/", "history/"):
        page = client.get(f"{one.get_absolute_url()}{address}").content.decode()
        title, heading = re.search("<title>(.*)</title>", page)[1], re.search("<h1[^>]*>(.*)</h1>", page)[1]
        assert "\u202e" not in title + heading
    assert "\u202e" not in str(Statement.objects.get(pk=one.pk))


def test_a_name_from_elsewhere_that_turns_the_direction_is_kept_inside_its_heading():
    one = make("organisation", name="Lab \u202eolleh")
    page = signed_in("staff").get(one.get_absolute_url()).content.decode()
    assert "<h1><bdi>Lab \u202eolleh</bdi></h1>" in page


def test_a_field_with_several_bases_cites_one_statement_of_each():
    with remembered():
        body = organisation("Body", founded_on="1901")
        page = source("Page", file_name="000_a.txt")
        for paragraph, basis in enumerate(["context", "stated", "stated", "general_knowledge"], 1):
            known = {"paragraph": None, "quotation": ""} if basis == "general_knowledge" else {"paragraph": paragraph}
            statement(about=body, source=page, field="founded_on", basis=basis, **known)
    words, _ = page_of(body)
    assert "1901 stated 000 ¶2 by context 000 ¶1" in words
