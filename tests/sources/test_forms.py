"""How a source is entered, and what it says about a record."""

import pytest

from partnerships.access.models import Visibility
from partnerships.sources.models import Source, Statement
from tests.asking import errors_of, signed_in, submitted, words_of
from tests.samples import make, source

pytestmark = pytest.mark.django_db


def saying(about, **more) -> dict:
    """The fields of a statement about a record."""
    return {
        "record_kind": about._meta.model_name,
        "record_id": str(about.pk),
        "basis": "stated",
        "kind": "value",
        "rank": "normal",
        "paragraph": "3",
        "quotation": "as it says",
        "source": str(source("Page").pk if not Source.objects.exists() else Source.objects.first().pk),
    } | more


def test_a_statement_that_is_opened_from_a_record_speaks_of_that_one():
    record = make("agreement", title="Dual PhD {{ form }} agreement")
    page = signed_in("staff").get(f"/statements/new/?record_kind=agreement&record_id={record.pk}").content.decode()
    assert "agreement “Dual PhD {{ form }} agreement”" in page
    assert ("<select" in page, 'type="hidden" name="record_kind" value="agreement"' in page) == (True, True)
    assert submitted("statements", **saying(record, is_fixed="True")).status_code == 303
    made = Statement.objects.get()
    assert (made.record_kind, made.record_id, made.quotation) == ("agreement", record.pk, "as it says")


def test_an_error_leaves_the_record_that_it_speaks_of_as_it_was():
    record = make("organisation", name="Body")
    answer = submitted("statements", **saying(record, is_fixed="True", quotation=""))
    assert "needs its source, paragraph and quotation" in errors_of(answer)
    assert "organisation “Body”" in answer.content.decode()


@pytest.mark.parametrize("typed", ["{pk}", "/organisations/{pk}/", "https://accord.example/organisations/{pk}"])
def test_a_record_is_chosen_by_its_number_or_by_the_address_of_its_page(typed):
    record = make("organisation")
    assert submitted("statements", **saying(record, record_id=typed.format(pk=record.pk))).status_code == 303
    assert Statement.objects.get().record_id == record.pk


@pytest.mark.parametrize(
    "typed", ["999999", "/agreements/1/", "0", "organisation", "-1", "organisation:handle", "9" * 30]
)
def test_a_record_that_is_not_there_is_refused(typed):
    answer = submitted("statements", **saying(make("organisation"), record_id=typed))
    assert "There is no organisation of this number: look at its page's address." in errors_of(answer)


def test_a_record_that_may_not_be_seen_is_not_there():
    record = make("organisation", name="Secret", visibility=Visibility.MANAGERS)
    page = signed_in("staff").get(f"/statements/new/?record_kind=organisation&record_id={record.pk}").content.decode()
    assert "Secret" not in page
    answer = submitted("statements", **saying(record, is_fixed="True"))
    assert (
        "There is no organisation of this number" in errors_of(answer),
        "Secret" in words_of(answer.content.decode()),
    ) == (
        True,
        False,
    )


def test_a_statement_speaks_of_no_other_statement():
    about = make("statement")
    page = signed_in("staff").get(f"/statements/new/?record_kind=statement&record_id={about.pk}").content.decode()
    assert 'name="is_fixed" value="True"' not in page
    assert "What it speaks of: Select a valid choice." in errors_of(submitted("statements", **saying(about)))


def test_a_quotation_is_kept_to_the_last_blank():
    quoted = "  sponosred\u00a0by BP  as it\tsays "
    assert submitted("statements", **saying(make("organisation"), quotation=quoted)).status_code == 303
    assert Statement.objects.get().quotation == quoted


def test_a_quotation_has_at_most_fifteen_words_and_no_nul():
    record = make("organisation")
    answer = submitted("statements", **saying(record, quotation="word " * 16))
    assert "Quote at most 15 words; this has 16." in errors_of(answer)
    assert "NUL character" in errors_of(submitted("statements", **saying(record, quotation="a\x00b")))


def test_general_knowledge_carries_no_quotation():
    record = make("organisation")
    bare = {"basis": "general_knowledge", "quotation": "", "paragraph": "", "source": "", "text": "It lies in Asia."}
    assert submitted("statements", **saying(record, **bare)).status_code == 303
    assert "carries none" in errors_of(submitted("statements", **saying(record, **bare | {"quotation": "x"})))


def test_a_statement_has_no_gaps_of_its_own():
    page = signed_in("staff").get("/statements/new/").content.decode()
    assert ("gap_" in page, "What is not known" in page) == (False, False)


@pytest.mark.parametrize("name", ["../secret.txt", "a/b.txt", "a\\b.txt", ".."])
def test_a_file_is_named_without_a_folder(name):
    assert "Give the file's name without a folder." in errors_of(submitted("sources", title="Page", file_name=name))
    assert not Source.objects.exists()
