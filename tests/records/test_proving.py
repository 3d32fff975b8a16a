"""A value is given with the words that prove it, in the same save, or neither is."""

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import Organisation, Statement
from tests.asking import errors_of, page_of, signed_in, submitted
from tests.filling import form_of
from tests.samples import organisation, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    """A source whose text is kept."""
    with remembered():
        return source("Page", text="First line\n\nThe Institute was founded in May.\n")


def proof(about, **more) -> dict:
    """The inputs of one line of proof."""
    row = {
        "field": "founded_on",
        "source": about.pk,
        "paragraph": "2",
        "quotation": "founded in May",
        "basis": "stated",
    }
    return {"proofs-TOTAL_FORMS": "1"} | {f"proofs-0-{name}": value for name, value in (row | more).items()}


def test_the_words_that_prove_a_value_are_kept_with_it(page):
    answer = submitted("organisations", name="Institute", founded_on_date="May", **proof(page))
    assert answer.status_code == 303
    made, said = Organisation.objects.get(), Statement.objects.get()
    assert (said.record_kind, said.record_id, said.field) == ("organisation", made.pk, "founded_on")
    assert (said.source, said.paragraph, said.quotation, said.basis) == (page, 2, "founded in May", "stated")
    assert "founded in May" in page_of(made)[0]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quotation": "founded in June"}, "Paragraph 2 does not hold these words."),
        ({"paragraph": "1"}, "These words stand in paragraph 2."),
        ({"paragraph": "9"}, "The text of this source has 2 paragraphs; there is no 9."),
        ({"paragraph": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"quotation": ""}, "What is stated needs its source, paragraph and words."),
        ({"source": ""}, "What is stated needs its source, paragraph and words."),
        ({"quotation": "word " * 16}, "Quote at most 15 words"),
        ({"basis": "general_knowledge"}, "What is general knowledge has no paragraph and no words."),
        ({"field": "password"}, "Select a valid choice"),
        ({"source": "999999"}, "not one of the available choices"),
    ],
)
def test_a_proof_that_proves_nothing_is_refused_at_its_field_and_nothing_is_stored(page, wrong, told):
    answer = submitted("organisations", name="Institute", founded_on_date="May", **proof(page, **wrong))
    assert told in errors_of(answer)
    assert (Organisation.objects.count(), Statement.objects.count()) == (0, 0)
    assert '<details class="fs rows" data-formset="proofs" data-noun="Source" open>' in answer.content.decode()


def test_a_record_that_is_refused_keeps_no_proof(page):
    assert submitted("organisations", name="", **proof(page)).status_code == 422
    assert Statement.objects.count() == 0


def test_a_source_that_may_not_be_seen_proves_nothing(page):
    with remembered():
        page.visibility = Visibility.MANAGERS
        page.save()
    assert "not one of the available choices" in errors_of(submitted("organisations", name="Institute", **proof(page)))


def test_a_line_left_as_it_was_is_no_proof():
    client = signed_in("staff")
    sent = form_of(client, "/organisations/new/") | {"name": "Institute"}
    assert client.post("/organisations/new/", sent).status_code == 303
    assert Statement.objects.count() == 0


def test_a_repeated_submit_keeps_one_proof_and_a_stale_one_none(page):
    with remembered():
        record = organisation("Institute")
    client, address = signed_in("staff"), f"{record.get_absolute_url()}edit/"
    sent = form_of(client, address) | proof(page) | {"founded_on_date": "May"}
    stale = form_of(client, address) | proof(page, paragraph="2", quotation="was founded")
    assert [client.post(address, sent).status_code for _ in range(2)] == [303, 303]
    answer = client.post(address, stale)
    assert (answer.status_code, Statement.objects.count()) == (409, 1)
    assert "was founded" in answer.content.decode()
