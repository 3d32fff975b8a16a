"""A draft of an agreement as a Word file: a template of the office, filled with what the register knows.

A template names its places in double braces, as docxtpl does: {{ title }}, {{ purpose }}, {{ reference }}, {{ starts }}
and {{ ends }}, {{ notice }}, {{ made_on }}; {%tr for party in parties %} with party.name, party.native, party.place and
party.signatory; {%tr for area in areas %} with area.number, area.wording and area.detail. What is not known is a gap
to be filled in by hand, never a guess. Templates run in a sandbox: they can read these values and nothing else.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.conf import settings
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from partnerships.agreements.models import Agreement, Party
from partnerships.papers.word import fit
from partnerships.undertakings.models import Undertaking
from partnerships.values.draw import plain

OWN = settings.BASE_DIR / "templates" / "agreements" / "memorandum.docx"
GAP = "________________"


class Unfillable(ValueError):
    """A template that can't be filled, and why."""


def filled(template: bytes, values: dict) -> bytes:
    """The bytes of the filled template; raises Unfillable, with the reason in a sentence."""
    made = BytesIO()
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(values, ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
        document.save(made)
    except TemplateError as wrong:
        where = f" (line {wrong.lineno} of its text)" if getattr(wrong, "lineno", None) else ""
        raise Unfillable(f"A place in it can't be filled{where}: {wrong}.") from wrong
    except Exception as wrong:  # whatever a broken file, or the language of templates, can bring about
        raise Unfillable(f"It is no Word file that can be filled ({type(wrong).__name__}).") from wrong
    return made.getvalue()


def values_of(agreement: Agreement, parties: Iterable[Party], areas: Iterable[Undertaking], today: date) -> dict:
    """What a template may name, of what its reader sees."""
    return {
        "title": fit(agreement.title),
        "purpose": fit(agreement.purpose) or GAP,
        "reference": fit(agreement.reference) or GAP,
        "type": fit(str(agreement.type or "")) or GAP,
        "starts": fit(agreement.starts_on.words) or GAP,
        "ends": fit(agreement.ends_on.words) or GAP,
        "notice": fit(agreement.notice_period) or GAP,
        "made_on": plain(today),
        "parties": [party_of(one) for one in parties],
        "areas": [
            {"number": number, "wording": fit(one.wording), "detail": fit(one.detail)}
            for number, one in enumerate(areas, 1)
        ],
    }


def party_of(party: Party) -> dict:
    """One side, in both scripts as far as they are known."""
    body = party.organisation
    return {
        "name": fit(body.name),
        "native": fit(body.native_name) or GAP,
        "place": fit(str(body.place or "")) or GAP,
        "signatory": fit(str(party.signatory or "")) or GAP,
    }


def try_out(template: bytes) -> None:
    """Fill a template with sample values, as whoever keeps it would see; raises Unfillable."""
    sample = Agreement(title="Memorandum of Understanding")
    side = {"name": "University", "native": "大学", "place": "City", "signatory": GAP}
    area = {"number": 1, "wording": "Joint research", "detail": ""}
    filled(template, values_of(sample, (), (), date(2026, 1, 1)) | {"parties": [side, side], "areas": [area]})
