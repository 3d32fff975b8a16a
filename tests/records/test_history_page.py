"""A record's history page tells what was done, and not what its own page says already."""

import pytest

from partnerships.memory import remembered
from partnerships.models import Gap
from tests.asking import signed_in, words_of
from tests.samples import agreement, organisation

pytestmark = pytest.mark.django_db


def last_entry(record) -> str:
    """What the newest entry of the history page says was done."""
    page = signed_in("viewer").get(f"{record.get_absolute_url()}history/").content.decode()
    return words_of(page.split('<ol class="hist">')[1].split("</li>")[0].split("</time>")[1]).strip()


def test_a_row_that_came_is_told_without_before_and_without_its_record():
    record, other = agreement("Memorandum"), organisation("Third Institute")
    with remembered():
        record.parties.create(organisation=other, order=3)
    assert last_entry(record) == "Party created. Party created Field After Organisation Third Institute"


def test_what_is_not_known_is_told_in_a_sentence():
    record = agreement("Memorandum")
    with remembered():
        gap = Gap.objects.create(
            record_kind="agreement",
            record_id=record.pk,
            field="signed_on",
            state="not_stated",
            note="The page has none.",
        )
        gap.delete()
    said = (
        "“Signed” is kept as not stated. The page has none.",
        "“Signed” is no longer kept as not stated. The page has none.",
    )
    assert last_entry(record) == " ".join(said)
