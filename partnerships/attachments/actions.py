"""Keeping files: a stored file and its row come together, or neither does; and what lies about without a row."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from partnerships.attachments.models import Attachment
from partnerships.attachments.types import FileType

FOLDER = "attachments"


@contextmanager
def storing() -> Iterator[list[str]]:
    """A transaction in which files are stored: where it fails, those in the list it gives are removed again."""
    stored: list[str] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def attach(
    stored: list[str], *, record, name: str, content: bytes, kind: FileType, user: Any, replaces=None, **about
) -> Attachment:
    """Store a file that was found fit, and its row; to be called inside `storing`, with the list that it gave.

    `replaces` is the attachment of which it becomes the next version; `about` its description and language.
    """
    stored_as = f"{FOLDER}/{secrets.token_hex(16)}"
    stored.append(stored_as)
    if default_storage.save(stored_as, ContentFile(content)) != stored_as:
        raise FileExistsError(stored_as)
    newest = replaces and Attachment.objects.filter(series=replaces.series).order_by("-number").first()
    series = {"series": newest.series, "number": newest.number + 1} if newest else {}
    return Attachment.objects.create(
        record_kind=record._meta.model_name,
        record_id=record.pk,
        name=name,
        media_type=kind.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_as=stored_as,
        added_by=user,
        **series,
        **about,
    )


def orphans(before: datetime) -> list[str]:
    """The stored files, older than a moment, that belong to no attachment: what a crash may have left."""
    if not default_storage.exists(FOLDER):
        return []
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    known = set(Attachment.objects.values_list("stored_as", flat=True))
    return sorted(name for name in names if name not in known and default_storage.get_modified_time(name) < before)
