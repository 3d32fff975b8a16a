"""Files on every record: stored with their row or not at all, and given back only to those who see the record."""

import hashlib
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from partnerships.access.models import Visibility
from partnerships.attachments.actions import attach, storing
from partnerships.attachments.types import LARGEST, TYPES
from partnerships.memory.models import Change
from partnerships.models import Attachment, RefusedStep
from partnerships.records.removing import delete_record
from tests.asking import errors_of, signed_in, words_of
from tests.attachments.files import PDF, PNG, TEXT
from tests.samples import make, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, settings) -> Path:
    """An empty folder for the files of a test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "attachments"


def stored(folder: Path) -> list[Path]:
    """The files that lie there."""
    return sorted(folder.iterdir()) if folder.exists() else []


def sent(record, content: bytes = PDF, name: str = "MoU.pdf", role: str = "staff", token: str = "", **fields):
    """The answer to a file that somebody of a role attaches to a record."""
    client, address = signed_in(role), f"{record.get_absolute_url()}files/"
    token = token or re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())[1]
    fields = {"token": token, "description": "Signed copy", "file": SimpleUploadedFile(name, content)} | fields
    return client.post(f"{address}new/", fields)


def files_of(record, role: str = "viewer") -> str:
    """The words of a record's files, as a role reads them."""
    return words_of(signed_in(role).get(f"{record.get_absolute_url()}files/").content.decode())


def kept(record, content: bytes = PDF, name: str = "MoU.pdf", **more) -> Attachment:
    """A file on a record."""
    with storing() as names:
        return attach(
            names, record=record, name=name, content=content, kind=TYPES[0], user=None, description="Signed", **more
        )


def test_a_file_is_attached_with_its_type_size_and_hash_and_stored_under_a_name_that_tells_nothing(folder):
    record = make("agreement")
    answer = sent(record, language="English")
    assert (answer.status_code, answer["Location"]) == (303, f"{record.get_absolute_url()}#files")
    one = Attachment.objects.get()
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (one.media_type, one.size, one.sha256, one.number) == ("application/pdf", len(PDF), sha256, 1)
    assert re.fullmatch("attachments/[0-9a-f]{32}", one.stored_as)
    assert [path.read_bytes() for path in stored(folder)] == [PDF]
    assert not Path(settings.MEDIA_ROOT).is_relative_to(settings.BASE_DIR / "static")
    read = files_of(record)
    for words in ("MoU.pdf", "PDF", "Signed copy", "English", sha256, "Added by test-staff"):
        assert words in read


def test_a_download_is_exactly_what_was_attached_and_never_a_page():
    record = make("visit")
    sent(record, name="备忘录; “a”.pdf")
    one = Attachment.objects.get()
    answer = signed_in("viewer").get(one.get_absolute_url())
    assert (answer.status_code, answer.content) == (200, PDF)
    headers = {name: answer[name] for name in ("Content-Type", "Content-Length", "X-Content-Type-Options", "ETag")}
    assert headers == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{one.sha256}"',
    }
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%A4%87")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    again = signed_in("viewer").get(one.get_absolute_url(), headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = signed_in("viewer").head(one.get_absolute_url())
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(PDF)))


def test_who_does_not_see_the_record_gets_no_byte_of_its_files():
    hidden = make("agreement", visibility=Visibility.MANAGERS)
    one = kept(hidden)
    for role in ("viewer", "staff"):
        for ending in ("", "delete/"):
            answer = signed_in(role).get(f"{one.get_absolute_url()}{ending}")
            assert (answer.status_code in (403, 404), PDF in answer.content) == (True, False)
    assert signed_in("staff").get(one.get_absolute_url()).status_code == 404
    assert signed_in("staff").get(f"{hidden.get_absolute_url()}files/").status_code == 404
    assert sent(make("visit")).status_code == 303
    assert signed_in("staff").post(f"{hidden.get_absolute_url()}files/new/", {"token": "t" * 20}).status_code == 404
    assert Client().get(one.get_absolute_url()).status_code == 302
    assert signed_in("manager").get(one.get_absolute_url()).content == PDF
    for number in (999_999, "9" * 30, 0):
        assert signed_in("admin").get(f"/attachments/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.pdf", b"", "“empty.pdf” was not kept. It is empty."),
        ("MoU.docx", PDF, "“MoU.docx” was not kept. By its content it is PDF"),
        ("run.exe", b"MZ", ".exe"),
        ("page.html", b"<html>", ".html"),
        ("large.pdf", PDF[:9] + b"x" * LARGEST + PDF[9:], "larger than 20 MB"),
        ("x" * 170 + ".pdf", PDF, "at most 150"),
    ],
)
def test_an_unfit_file_is_refused_by_name_and_rule_and_nothing_is_stored(folder, name, content, said):
    record = make("organisation")
    answer = sent(record, content, name)
    assert said in errors_of(answer)
    assert "Signed copy" in answer.content.decode()
    assert (Attachment.objects.count(), stored(folder)) == (0, [])


def test_a_name_with_a_path_loses_it_before_it_is_looked_at():
    sent(make("visit"), name="../../etc/MoU.pdf")
    assert Attachment.objects.get().name == "MoU.pdf"


def test_a_file_without_description_token_or_bytes_is_not_kept(folder):
    record, client = make("place"), signed_in("staff")
    address = f"{record.get_absolute_url()}files/new/"
    assert "required" in errors_of(sent(record, description=""))
    assert "file" in errors_of(client.post(address, {"token": "t" * 20, "description": "None"})).lower()
    assert client.post(address, {"description": "x", "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 400
    two = {
        "token": "u" * 20,
        "description": "x",
        "file": [SimpleUploadedFile(name, PDF) for name in ("a.pdf", "b.pdf")],
    }
    assert client.post(address, two).status_code == 400
    assert (Attachment.objects.count(), stored(folder)) == (0, [])


def test_the_same_token_twice_attaches_one_file(folder):
    record = make("agreement")
    answers = [sent(record, token="t" * 20) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    other = sent(record, PDF.replace(b"1.7", b"1.6"), token="t" * 20)
    assert (other.status_code, Attachment.objects.count(), len(stored(folder))) == (422, 1, 1)


def test_a_new_version_is_shown_and_the_older_one_stays_listed():
    record = make("agreement")
    first = kept(record, name="Draft.pdf")
    assert sent(record, TEXT, "Draft.txt", replaces=first.pk).status_code == 303
    newest = Attachment.objects.newest().get()
    assert (newest.number, newest.series, newest.name) == (2, first.series, "Draft.txt")
    read = files_of(record)
    assert read.index("Draft.txt") < read.index("1 older version") < read.index("Draft.pdf")
    assert signed_in("viewer").get(first.get_absolute_url()).content == PDF


def test_only_a_file_of_the_same_record_can_be_replaced():
    other = kept(make("visit"))
    for wrong in (other.pk, "x", "²", "9" * 30):
        assert "replaces" in sent(make("agreement"), replaces=wrong).content.decode()
    assert Attachment.objects.count() == 1


def test_a_transaction_that_fails_leaves_no_file(folder):
    record = make("agreement")
    first = kept(record)
    Attachment.objects.filter(pk=first.pk).update(number=1)
    with pytest.raises(IntegrityError), storing() as names:
        attach(names, record=record, name="a.pdf", content=b"", kind=TYPES[0], user=None, description="No bytes")
    with pytest.raises(RuntimeError), storing() as names:
        attach(names, record=record, name="a.pdf", content=PDF, kind=TYPES[0], user=None, description="Then a fault")
        raise RuntimeError
    assert (Attachment.objects.count(), len(stored(folder))) == (1, 1)


def test_a_write_that_fails_leaves_no_row(folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    with pytest.raises(OSError), storing() as names:  # noqa: PT011
        attach(names, record=make("visit"), name="a.pdf", content=PDF, kind=TYPES[0], user=None, description="x")
    assert Attachment.objects.count() == 0


def test_who_added_a_file_and_managers_delete_it_and_its_hash_stays_in_the_history(
    folder, django_capture_on_commit_callbacks
):
    record = make("agreement")
    sent(record)
    mine, other = Attachment.objects.get(), kept(record, PNG, "b.png")
    staff = signed_in("staff")
    assert staff.post(f"{other.get_absolute_url()}delete/").status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert staff.post(f"{mine.get_absolute_url()}delete/").status_code == 303
    assert [path.read_bytes() for path in stored(folder)] == [PNG]
    gone = Change.objects.get(kind="attachment", action="deleted")
    assert (gone.record_kind, gone.record_id, gone.before["sha256"]) == ("agreement", record.pk, mine.sha256)
    assert mine.sha256 in signed_in("viewer").get(f"{record.get_absolute_url()}history/").content.decode()
    assert staff.get(mine.get_absolute_url()).status_code == 404


def test_a_file_goes_with_its_record(folder, django_capture_on_commit_callbacks):
    record, other = make("visit"), make("visit")
    kept(record)
    kept(other)
    with django_capture_on_commit_callbacks(execute=True):
        delete_record(record)
    assert ([one.record_id for one in Attachment.objects.all()], len(stored(folder))) == ([other.pk], 1)


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_stored_file_that_is_missing_or_damaged_is_never_given_as_if_it_were_right(folder, damage, caplog):
    one = kept(make("agreement"))
    path = stored(folder)[0]
    path.unlink()
    if damage == "changed":
        path.write_bytes(PDF + b"!")
    answer = signed_in("viewer").get(one.get_absolute_url())
    assert (answer.status_code, PDF in answer.content, f"attachment {one.pk} is" in caplog.text) == (503, False, True)


def test_an_attached_file_does_not_change_its_records_version_and_stands_in_its_history():
    record = make("agreement")
    version = type(record).objects.get(pk=record.pk).version
    sent(record)
    assert type(record).objects.get(pk=record.pk).version == version
    assert "Signed copy" in signed_in("viewer").get(f"{record.get_absolute_url()}history/").content.decode()


def test_files_that_belong_to_no_row_are_named_and_removed_only_when_asked(folder):
    kept(make("agreement"))
    (folder / "left-over").write_bytes(b"x")
    told = StringIO()
    call_command("orphans", "--older-than", "0", stdout=told)
    assert ("left-over" in told.getvalue(), len(stored(folder))) == (True, 2)
    call_command("orphans", "--older-than", "0", "--delete", stdout=told)
    assert [path.read_bytes() for path in stored(folder)] == [PDF]


def test_files_cost_the_same_queries_however_many_they_are(django_assert_num_queries):
    record, client = make("agreement"), signed_in("staff")
    first = kept(record)
    kept(record, replaces=first)
    address = f"{record.get_absolute_url()}files/"
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    for number in range(25):
        kept(record, name=f"{number}.pdf")
    with django_assert_num_queries(6):
        page = client.get(address).content.decode()
    assert (page.count(" download>"), "?page=2" in page) == (20, True)


def test_a_signed_copy_stays_and_only_another_follows_it(folder):
    record = make("agreement")
    assert "text can still be changed" in errors_of(sent(record, TEXT, "MoU.txt", sort="signed"))
    assert sent(record, sort="signed").status_code == 303
    first = Attachment.objects.get()
    refused = signed_in("manager").post(f"{first.get_absolute_url()}delete/")
    assert (refused.status_code, "A signed copy stays." in refused.content.decode()) == (403, True)
    assert "only another signed copy can follow it" in errors_of(sent(record, TEXT, "Draft.txt", replaces=first.pk))
    assert sent(record, PDF.replace(b"1.7", b"1.6"), replaces=first.pk, sort="signed").status_code == 303
    assert [(one.number, one.sort) for one in Attachment.objects.order_by("number")] == [(1, "signed"), (2, "signed")]


def test_of_an_agreement_it_is_kept_who_tried_to_pass_off_replace_or_delete_a_signed_copy(folder):
    record = make("agreement")
    errors_of(sent(record, PDF, "MoU.png", sort="signed"))
    errors_of(sent(record, TEXT, "MoU.txt", sort="signed"))
    errors_of(sent(record, TEXT, "MoU.png"))  # an unfit draft gets round no rule of signing
    errors_of(sent(record, sort="signed", description=""))
    sent(record, sort="signed")
    first = Attachment.objects.get()
    errors_of(sent(record, TEXT, "Draft.txt", replaces=first.pk))
    signed_in("staff").get(f"{first.get_absolute_url()}delete/")
    kept = RefusedStep.objects.filter(agreement=record, tried_by=somebody("staff")).values_list("tried", "why")
    assert {*Change.objects.filter(kind="refusedstep").values_list("user_id", flat=True)} == {somebody("staff").pk}
    assert [(tried, why[:40]) for tried, why in kept] == [
        ("Attach a signed copy", "“MoU.png” was not kept. By its content i"),
        ("Attach a signed copy", "A signed copy is a PDF or a picture; tex"),
        ("Attach a signed copy", "“MoU.pdf” is a signed copy: only another"),
        ("Delete a signed copy", "A signed copy stays. Attach the one that"),
    ]
