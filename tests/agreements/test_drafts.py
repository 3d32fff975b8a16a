"""A draft is a Word file of what is known; what isn't stays a gap, and a template can reach nothing else."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from partnerships.agreements.drafting import GAP, OWN, Unfillable, try_out
from partnerships.models import Attachment, DraftTemplate
from tests.asking import errors_of, signed_in
from tests.filling import form_of
from tests.samples import agreement, home, organisation, undertaking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def word(*lines: str) -> bytes:
    """A Word file of these lines."""
    made, document = BytesIO(), Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def said(attachment: Attachment, client) -> list[str]:
    """The words of a Word file as it is downloaded, those of its tables first."""
    document = Document(BytesIO(client.get(attachment.get_absolute_url()).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*cells, *(line.text for line in document.paragraphs)]


def test_a_draft_says_what_is_known_in_two_languages_and_leaves_gaps():
    parties = (home("University of Leeds"), organisation("Nanjing University", native_name="南京大学"))
    one = agreement("MoU <with> {{ braces }} & more", parties=parties, ends_on="2030")
    undertaking("Joint research", agreement=one, standing="planned", detail="in energy")
    undertaking("Hidden line", agreement=one, standing="planned", visibility=3)
    client, address = signed_in("staff"), f"{one.get_absolute_url()}draft/"
    for _ in range(2):
        answer = client.post(address, form_of(client, address))
        assert (answer.status_code, answer["Location"]) == (303, f"{one.get_absolute_url()}#files")
    drafts = list(Attachment.objects.order_by("number"))
    assert [(file.sort, file.number, file.language) for file in drafts] == [
        ("draft", 1, "English and Chinese"),
        ("draft", 2, "English and Chinese"),
    ]
    words = said(drafts[-1], client)
    assert "南京大学" in words
    assert "1. Joint research: in energy" in words
    assert f"From {GAP} to 2030. Notice: {GAP}." in words
    assert "MoU <with> {\u200b{ braces }\u200b} & more" in words or "MoU <with> {{ braces }} & more" in words
    assert not any("Hidden line" in line for line in words)


def test_an_admin_keeps_a_template_of_a_type_that_is_offered_for_it_alone():
    admin, one = signed_in("admin"), agreement("A")
    kept = SimpleUploadedFile("Ours.docx", word("About {{ title }}"))
    sent = {"name": "Ours", "languages": "English", "is_active": "on", "file": kept}
    assert admin.post("/admin/partnerships/drafttemplate/add/", sent).status_code == 302
    template = DraftTemplate.objects.get()
    staff, address = signed_in("staff"), f"{one.get_absolute_url()}draft/"
    staff.post(address, form_of(staff, address) | {"template": str(template.pk)})
    assert said(Attachment.objects.get(), staff) == ["About A"]
    DraftTemplate.objects.update(is_active=False)
    assert "Select a valid choice" in errors_of(
        staff.post(address, form_of(staff, address) | {"template": str(template.pk)})
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no zip", "It is no Word file that can be filled"),
        (word("{{ titel }}"), "'titel' is undefined"),
        (word("{{ title"), "can't be filled"),
        (word("{{ 1 / 0 }}"), "(ZeroDivisionError)"),
        (word("{% macro deep() %}{{ deep() }}{% endmacro %}{{ deep() }}"), "(RecursionError)"),
        (word("{{ title.__class__.__mro__ }}"), "can't be filled"),
        (word("{% for a in range(1000000000) %}x{% endfor %}"), "It is no Word file that can be filled"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_with_the_reason(content, why):
    with pytest.raises(Unfillable) as refused:
        try_out(content)
    assert why in str(refused.value)


def test_the_own_template_can_be_filled():
    try_out(OWN.read_bytes())


def test_who_only_reads_makes_no_draft():
    one = agreement("A")
    assert signed_in("viewer").post(f"{one.get_absolute_url()}draft/", {"template": "own"}).status_code == 403
    assert Attachment.objects.count() == 0
