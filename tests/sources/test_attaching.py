"""A document's full text is attached only where every quotation stands in the paragraph that its statement names."""

import hashlib

import pytest
from django.core.management import CommandError, call_command

from partnerships.memory.models import Change
from partnerships.models import Source
from partnerships.sources.actions import Misquotation, attach_documents, misquotations_of, paragraphs_of
from tests import samples

pytestmark = pytest.mark.django_db
PAGE = "A heading\n\n  • The University’s\xa0partner in Wuhan\n   \nSigned in May.\n"


@pytest.fixture
def page():
    """A source whose file is quoted three times."""
    source = samples.source("A page", file_name="page.txt")
    body = samples.organisation()
    for paragraph, words in ((1, "A heading"), (2, "University’s\xa0partner"), (3, "in May")):
        samples.statement(about=body, source=source, paragraph=paragraph, quotation=words)
    return source


def write(folder, text: str, name: str = "page.txt") -> None:
    (folder / name).write_bytes(text.encode())


def run(folder, capsys) -> tuple[int, str, str]:
    """The exit code of the command, and what it said on both channels."""
    code = 0
    try:
        call_command("attach_documents", folder)
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_paragraphs_are_the_lines_that_are_not_blank():
    assert paragraphs_of(PAGE) == ["A heading", "  • The University’s\xa0partner in Wuhan", "Signed in May."]


def test_a_document_that_holds_every_quotation_is_attached_unchanged(page, tmp_path, capsys):
    write(tmp_path, PAGE)
    assert run(tmp_path, capsys) == (0, "Attached 1 documents: every quotation of them was found.\n", "")
    page.refresh_from_db()
    assert (page.text, page.text_sha256) == (PAGE, hashlib.sha256(PAGE.encode()).hexdigest())


def test_attaching_is_remembered_with_its_reason_and_again_changes_nothing(page, tmp_path):
    write(tmp_path, PAGE)
    attach_documents(folder=tmp_path)
    attach_documents(folder=tmp_path)
    changes = Change.objects.filter(kind="source", row_id=page.pk, action="changed")
    assert list(changes.values_list("reason", flat=True)) == ["Document attached"]


@pytest.mark.parametrize(
    ("text", "paragraph", "words"),
    [
        (PAGE.replace("\xa0", " "), 2, "University’s\xa0partner"),
        (PAGE.replace("’", "'"), 2, "University’s\xa0partner"),
        (PAGE.replace("A heading", "a heading"), 1, "A heading"),
        (PAGE.replace("Signed in May.", ""), 3, "in May"),
    ],
    ids=["another space", "another apostrophe", "another letter", "a paragraph less"],
)
def test_a_quotation_must_be_there_sign_for_sign(page, text, paragraph, words):
    assert misquotations_of(page, text) == [Misquotation("page.txt", paragraph, words)]


def test_a_quotation_in_another_paragraph_is_not_found(page):
    assert misquotations_of(page, f"Something before.\n{PAGE}") == [
        Misquotation("page.txt", 1, "A heading"),
        Misquotation("page.txt", 2, "University’s\xa0partner"),
        Misquotation("page.txt", 3, "in May"),
    ]


def test_a_document_that_lacks_a_quotation_is_named_and_left_out_while_others_are_attached(page, tmp_path, capsys):
    other = samples.source("Another", file_name="other.txt")
    samples.statement(source=other, paragraph=1, quotation="Something else")
    write(tmp_path, PAGE.replace("May", "June"))
    write(tmp_path, "Something else", "other.txt")
    code, out, err = run(tmp_path, capsys)
    assert (code, out) == (1, "Attached 1 documents: every quotation of them was found.\n")
    assert err == ("Not attached: page.txt lacks words that are quoted from it:\n  page.txt, paragraph 3: “in May”\n")
    assert list(Source.objects.exclude(text="").values_list("file_name", flat=True)) == ["other.txt"]


def test_a_text_that_was_attached_stays_when_a_wrong_one_is_offered(page, tmp_path):
    write(tmp_path, PAGE)
    attach_documents(folder=tmp_path)
    write(tmp_path, "Another page")
    assert not attach_documents(folder=tmp_path).complete
    page.refresh_from_db()
    assert page.text == PAGE


def test_a_missing_file_is_named(page, tmp_path, capsys):
    assert run(tmp_path, capsys) == (
        1,
        "Attached 0 documents: every quotation of them was found.\n",
        "Not attached: page.txt is not in the folder.\n",
    )


@pytest.mark.parametrize("content", [b"\xff\xfe", b"A heading\x00"])
def test_what_is_no_text_is_named(page, tmp_path, capsys, content):
    (tmp_path / "page.txt").write_bytes(content)
    code, _out, err = run(tmp_path, capsys)
    assert (code, err) == (1, "Not attached: page.txt is not a text in UTF-8.\n")


def test_no_file_outside_the_folder_is_read(tmp_path):
    write(tmp_path, PAGE)
    (tmp_path / "inside").mkdir()
    samples.source("Sly", file_name="../page.txt")
    assert attach_documents(folder=tmp_path / "inside").missing == ["../page.txt"]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("attach_documents", tmp_path / "nowhere")
    assert str(refused.value) == f"There is no folder “{tmp_path / 'nowhere'}”."
