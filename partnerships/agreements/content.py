"""What is approved of an agreement: its content in one form, so that every later change of it is seen.

Content is what the sides agree: the fields in FIELDS, the parties, the areas of cooperation and the files. What the
office does with it (step, owner, reviewer, watchers, review, remarks, visibility, reference), who signed when and
where, signed copies, and what became of it in law are no content: they leave the approvals as they are.

Parties, areas and files are kept as hashes, so that nothing hidden can be read from what was approved.
"""

import json
from hashlib import sha256

from partnerships.agreements.models import Agreement
from partnerships.attachments.models import Attachment, FileSort

FIELDS = {
    "title": "Title",
    "type": "Type",
    "purpose": "Purpose",
    "starts_on": "Starts",
    "ends_on": "Ends",
    "ending": "How it ends",
    "notice_period": "Notice period",
    "stands_for": "Stands for",
    "how_many": "How many",
}
ROWS = {"parties": "Parties", "areas": "Areas of cooperation", "files": "Files"}
LABELS = FIELDS | ROWS
# The columns of each table whose change changes the content.
COLUMNS = {
    "agreement": (
        *("title", "type_id", "purpose", "starts_on_edtf", "starts_on_wording", "ends_on_edtf", "ends_on_wording"),
        *("ending", "notice_period", "stands_for", "how_many"),
    ),
    "party": ("organisation_id", "agreement_id"),
    "undertaking": ("wording", "detail", "standing", "agreement_id"),
}
AREA = ("wording", "detail", "standing", "activities__code", "subjects__code")


def content_of(agreement: Agreement) -> dict[str, str]:
    """The content by name, in three queries; a field without a value is ""."""
    told = {name: words_of(agreement, name) for name in FIELDS}
    parties = sorted(agreement.parties.order_by().values_list("organisation__handle", flat=True))
    areas = sorted({tuple(map(str, row)) for row in agreement.undertakings.order_by().values_list(*AREA)})
    return told | {"parties": hashed(parties), "areas": hashed(areas), "files": hashed(files_of(agreement))}


def words_of(agreement: Agreement, name: str) -> str:
    """The value of a field in words that say the same for the same value."""
    if name in ("starts_on", "ends_on"):
        day = getattr(agreement, name)
        return f"{day.notation} {day.wording}".strip()
    if name == "type":
        return agreement.type.code if agreement.type_id else ""
    value = getattr(agreement, name)
    return "" if value is None else str(value)


def files_of(agreement: Agreement) -> list[str]:
    """The digests of the files in their newest versions, without signed copies: those follow the approvals."""
    files = Attachment.objects.newest().filter(record_kind="agreement", record_id=agreement.pk)
    return sorted(files.exclude(sort=FileSort.SIGNED).order_by().values_list("sha256", flat=True))


def hashed(value: object) -> str:
    """SHA-256 of a value's canonical JSON, as 64 hexadecimal figures."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What differs between two contents, by the labels of fields and tables in their order."""
    return [label for name, label in LABELS.items() if before.get(name) != after.get(name)]
