"""A text as it came: pasted, or as a file of one of four types."""

import re
import unicodedata
from pathlib import PurePath

from partnerships.attachments.types import MEGABYTE, Unfit, clean_name, type_of
from partnerships.intake.child import Refused, run_apart
from partnerships.values.text import clean_text

LONGEST = 200_000
LARGEST = 20 * MEGABYTE
LARGEST_PLAIN = 2 * MEGABYTE
PLAIN = {"txt", "text", "md", "eml"}
PAGES = {"html", "htm"}
PACKED = {"docx", "pdf"}
TAKEN = "txt, html, docx or pdf"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def text_of(name: str, content: bytes) -> str:
    """The text of a file, a paragraph a line; Refused with a sentence that names the file and the rule."""
    try:
        return fit(_read(clean_name(name), content))
    except (Unfit, Refused) as refused:
        raise Refused(f"“{name[:80]}” can't be read. {refused}") from refused


def fit(text: str) -> str:
    """A text as it is kept; Refused where it is empty or too long."""
    if len(text) > LONGEST:
        raise Refused(
            f"The text has {len(text):,} characters; at most {LONGEST:,} can be read. Cut it, or paste a part."
        )
    try:
        kept = clean_text(_CONTROL.sub("", unicodedata.normalize("NFC", text)), multiline=True)
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    if not kept:
        raise Refused("There is no text in it. Pictures of pages can't be read: paste the words.")
    return kept


def _read(name: str, content: bytes) -> str:
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not content:
        raise Refused("It is empty.")
    if ending in PACKED:
        type_of(name, content)
        return run_apart(f"partnerships.intake.reading.parsing:{ending}", content)
    if ending not in PLAIN | PAGES:
        raise Refused(f"A file ends in {TAKEN}.")
    if len(content) > LARGEST_PLAIN:
        raise Refused(f"It is larger than {LARGEST_PLAIN // MEGABYTE} MB.")
    text = decoded(content)
    return run_apart("partnerships.intake.reading.parsing:html", text.encode()) if ending in PAGES else text


def decoded(content: bytes) -> str:
    """Bytes as text: UTF-16 by its mark, UTF-8, or the Chinese national encoding."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused("By its content it is no text in UTF-8, UTF-16 or GB 18030.")
