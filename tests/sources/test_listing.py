"""`manage.py statements` prints one JSON list: what documents say and leave open, by document and paragraph."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.models import Gap, Statement
from tests import samples

pytestmark = pytest.mark.django_db


def printed() -> list[dict]:
    """What the command prints."""
    out = StringIO()
    call_command("statements", stdout=out)
    return json.loads(out.getvalue())


def test_without_statements_the_list_is_empty():
    assert printed() == []


def test_statements_and_gaps_stand_by_document_and_paragraph_and_general_knowledge_last():
    body = samples.organisation("Wuhan University")
    first, second = (samples.source(name, file_name=f"{name}.txt") for name in ("1", "2"))
    about = {"record_kind": "organisation", "record_id": body.pk}
    Statement.objects.create(**about, text="Known to all.", field="names", basis="general_knowledge")
    samples.statement(about=body, source=second, paragraph=1, quotation="in Wuhan", field="place")
    samples.statement(about=body, source=first, paragraph=4, quotation="long ago", kind="history", basis="context")
    samples.statement(about=body, source=first, paragraph=2, quotation="Wuhan", field="name", note="As printed.")
    Gap.objects.create(**about, field="founded_on", state="not_stated", source_id=first.pk, note="No year.")
    Gap.objects.create(**about, field="ror_id", state="not_applicable", source_id=first.pk)
    Gap.objects.create(**about, field="kind", state="not_stated")
    record = {"kind": "organisation", "title": "Wuhan University"}

    def line(document, paragraph, quote, field, kind, basis, note=""):
        return {
            "document": document,
            "paragraph": paragraph,
            "quote": quote,
            "record": record,
            "field": field,
            "kind": kind,
            "basis": basis,
            "note": note,
        }

    assert printed() == [
        line("1.txt", 2, "Wuhan", "name", "value", "stated", "As printed."),
        line("1.txt", 4, "long ago", "", "history", "by context"),
        line("1.txt", None, None, "founded_on", "value", "not stated", "No year."),
        line("2.txt", 1, "in Wuhan", "place", "value", "stated"),
        line(None, None, None, "names", "value", "general knowledge"),
    ]
