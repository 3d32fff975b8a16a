"""The Word file of a brief: the same content, whatever the words are, with links, Chinese fonts and photographs."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from partnerships import models
from partnerships.memory import remembered
from tests.asking import signed_in
from tests.attachments.files import PNG
from tests.briefs.worlds import a_world, keep_photo, png
from tests.samples import agreement, home, organisation, person, somebody, visit

pytestmark = pytest.mark.django_db
HOSTILE = "{{7*7}} {% for x in y %} {# #} <w:p/> & ]]> {_{7}_} 张"


def word_file(record, role: str = "staff") -> bytes:
    """The bytes of a brief in Word."""
    answer = signed_in(role).get(f"{record.get_absolute_url()}brief.docx")
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    return answer.content


def part(content: bytes, name: str = "word/document.xml") -> str:
    """One part of a Word file."""
    return ZipFile(BytesIO(content)).read(name).decode()


def text_of(content: bytes) -> str:
    """All words of a Word file, as a program that reads it finds them."""
    return "".join(
        node.text or "" for node in Document(BytesIO(content)).element.body.iter() if node.tag.endswith("}t")
    )


def test_no_word_of_the_register_is_taken_for_a_part_of_the_template():
    with remembered(user=somebody("staff")):
        record = a_world(words=HOSTILE)
    text = text_of(word_file(record)).replace("\u200b", "")
    assert "49" not in text
    assert text.count(HOSTILE) > 20


def test_the_word_file_tells_what_the_page_tells():
    with remembered(user=somebody("staff")):
        record = a_world(words="Rivers")
    text = text_of(word_file(record))
    told = ["last", "guest 0", "agreement 0", "programme 0", "cohort 0", "project 0", "fund 0", "line 0", "ask 0"]
    assert [one for one in told if f"Rivers {one}" not in text] == []


def test_every_record_is_a_link_to_this_site_and_chinese_has_a_font_of_its_own():
    with remembered(user=somebody("staff")):
        record = a_world()
    content = word_file(record)
    links = re.findall(r'Target="(http[^"]*)"', part(content, "word/_rels/document.xml.rels"))
    assert {one.split("/")[2] for one in links} == {"testserver"}
    kinds = {one.split("/")[3] for one in links}
    assert {"visits", "people", "organisations", "agreements", "programmes", "funding", "undertakings"} <= kinds
    assert 'w:eastAsia="Microsoft YaHei"' in part(content, "word/styles.xml")
    assert "Microsoft YaHei" in part(content, "word/styles.xml")


@pytest.mark.parametrize(("picture", "count"), [(png(), 1), (PNG, 0)])
def test_a_photograph_is_in_the_word_file_unless_it_is_damaged(picture, count):
    with remembered(user=somebody("staff")):
        record, guest = visit("Guests", partner=organisation()), person("Guest")
        models.Participant.objects.create(visit=record, person=guest)
    keep_photo(guest, picture)
    names = ZipFile(BytesIO(word_file(record))).namelist()
    assert len([name for name in names if name.startswith("word/media/")]) == count


def test_an_organisations_brief_is_a_word_file_too_seen_from_the_home_that_is_asked_for():
    with remembered(user=somebody("staff")):
        theirs, first, second = organisation("Their Institute"), home("Alpha"), home("Beta")
        for ours in (first, second):
            agreement(f"Agreement of {ours}", parties=(ours, theirs))
    client = signed_in("viewer")
    page = client.get(f"/organisations/{theirs.pk}/brief/?home={second.pk}").content.decode()
    address = f"/organisations/{theirs.pk}/brief.docx?home={second.pk}"
    assert f'href="{address}"' in page
    text = text_of(client.get(address).content)
    assert ("Agreement of Beta" in text, "Agreement of Alpha" in text) == (True, False)
    assert client.get(f"/organisations/{first.pk}/brief.docx").status_code == 404
    assert client.get(f"/organisations/{theirs.pk}/brief.docx?home=x").status_code == 400
