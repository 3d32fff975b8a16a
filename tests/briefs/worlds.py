"""A visit with one or several of everything that a brief tells."""

import struct
import zlib

from partnerships import models
from partnerships.attachments.actions import attach, storing
from partnerships.attachments.types import type_of
from partnerships.memory import remembered
from tests.samples import (
    agreement,
    cohort,
    follow_up,
    funding,
    home,
    organisation,
    partnership,
    person,
    programme,
    project,
    somebody,
    statement,
    undertaking,
    visit,
)


def png() -> bytes:
    """A picture of one black dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def keep_photo(of, content: bytes, name: str = "face.png") -> models.Attachment:
    """A file on a person."""
    with storing() as stored, remembered(user=somebody("staff")):
        kept = {"kind": type_of(name, content), "user": somebody("staff"), "description": "Portrait", "language": ""}
        return attach(stored, record=of, name=name, content=content, **kept)


def a_world(number: int = 1, words: str = "Words", **hide) -> models.Visit:
    """A visit to come with `number` of each thing, all called by `words`; `hide` is given to all but the visit."""
    ours, theirs = home("Our University"), organisation("Their Institute", native_name="他们的研究所")
    last = visit(f"{words} last", home=ours, partner=theirs, status="happened", **hide)
    coming = visit("A visit", home=ours, partner=theirs, status="planned", after=last, talking_points=words)
    tie = partnership(home=ours, partner=theirs, **hide)
    for one in range(number):
        guest = person(f"{words} guest {one}", title=words, native_name="张", **hide)
        models.Post.objects.create(person=guest, role=words, organisation=theirs)
        models.Participant.objects.create(visit=coming, person=guest, organisation=theirs, address_as=words)
        models.Participant.objects.create(visit=coming, group=f"{words} group", side="host")
        item = models.ItineraryItem.objects.create(visit=coming, kind="tour", title=words, shown=words, led_by=guest)
        item.joined_by.add(guest)
        made = agreement(f"{words} agreement {one}", parties=(ours, theirs), **hide)
        models.VisitAgreement.objects.create(visit=last, agreement=made, kind="signed")
        doctoral = programme(f"{words} programme {one}", home=ours, agreement=made, audience=words, **hide)
        cohort(f"{words} cohort {one}", programme=doctoral, **hide)
        shared = project(f"{words} project {one}", home=ours, agreement=made, kind=words, **hide)
        money = funding(f"{words} fund {one}", project=shared, purpose=words, amount_stated=words, **hide)
        line = undertaking(f"{words} line {one}", visit=last, by=guest, detail=words, evidence=words, **hide)
        models.Evidence.objects.create(undertaking=line, funding=money, words=words)
        undertaking(f"{words} ask {one}", visit=coming, standing="asked", by=guest, **hide)
        undertaking(f"{words} tie {one}", partnership=tie, **hide)
        follow_up(f"{words} task {one}", visit=last, undertaking=line, **hide)
        statement(about=made, quotation=f"{words} {one}", **hide)
    return coming
