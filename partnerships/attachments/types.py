"""Which files the register keeps, told by their content alone; everything else is refused by name and rule.

A short list of types that the office needs, each with signs that no other type has. No library answers this: those in
pure Python give several types for one office file, and none looks for macros. Sources: ISO 32000-1 (PDF), ISO/IEC
29500-2 (packages of Office Open XML), OpenDocument 1.3 part 2, RFC 2083 (PNG), ITU-T T.81 (JPEG); hardening U02 to U20.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from partnerships.values.text import clean_text

LONGEST_NAME = 150
MEGABYTE = 2**20
MOST_ENTRIES, MOST_UNPACKED, MOST_SHRUNK = 5_000, 200 * MEGABYTE, 200
MOST_OF_A_PART = 4 * MEGABYTE

PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|Movie|Sound)(?![A-Za-z0-9])")
PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|script|svg|iframe|\?php)(?![a-z0-9])", re.IGNORECASE)
MACROS = re.compile(
    r"(^|/)(vba[^/]*\.bin|basic/.*|scripts/.*|activex/.*|embeddings/.*\.bin|macrosheets/.*)$", re.IGNORECASE
)
OUTSIDE = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
FETCHED = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)[\"']", re.IGNORECASE)


class Unfit(ValueError):
    """A file that is not kept, and by which rule."""


@dataclass(frozen=True)
class FileType:
    """A type that is kept: the endings it goes by, how large it may be, and what it must not hold."""

    label: str
    media_type: str
    endings: tuple[str, ...]
    megabytes: int
    is_it: Callable[[bytes], bool]
    check: Callable[[bytes], None]


def clean_name(name: str) -> str:
    """A file's name as it may be kept and given back; raises Unfit for one that leads or misleads."""
    try:
        cleaned = clean_text(name)
    except ValueError as error:
        raise Unfit(f"Its name can't be kept. {error}") from error
    if "/" in cleaned or "\\" in cleaned or cleaned.startswith("."):
        raise Unfit("Its name must be a bare name: no folder, and no dot at its start.")
    if len(cleaned) > LONGEST_NAME:
        raise Unfit(f"Its name has {len(cleaned)} characters; at most {LONGEST_NAME} can be kept.")
    return cleaned


def type_of(name: str, content: bytes) -> FileType:
    """The type of a file by its content; raises Unfit where it is none that is kept, or not what its name says."""
    if not content:
        raise Unfit("It is empty.")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ACTIVE:
        raise Unfit(f"Files that end in .{ending} can run or carry programs, and are not kept.")
    found = next((one for one in TYPES if one.is_it(content)), None)
    if found is None:
        raise Unfit(f"By its content it is none of the types that are kept: {kept_types()}.")
    if ending not in found.endings:
        wanted = " or ".join(f".{one}" for one in found.endings)
        raise Unfit(f"By its content it is {found.label}, whose name must end in {wanted}.")
    if len(content) > found.megabytes * MEGABYTE:
        raise Unfit(f"It is larger than {found.megabytes} MB, the most for {found.label}.")
    found.check(content)
    return found


def kept_types() -> str:
    """The types that are kept, in a line."""
    return ", ".join(one.label for one in TYPES)


def check_picture(content: bytes) -> None:
    """A picture holds nothing but the picture."""
    refuse_a_second_nature(content)


def check_text(content: bytes) -> None:
    """Text is plain: no markup that a browser would run."""
    if MARKUP.search(content[:4096]):
        raise Unfit("It is written in a markup that a browser may run, and that is not kept as text.")


def check_pdf(content: bytes) -> None:
    """A PDF is whole, and neither runs nor carries anything."""
    refuse_a_second_nature(content)
    if b"%%EOF" not in content[-2048:]:
        raise Unfit("It breaks off before its end: a PDF ends in %%EOF.")
    for part in pdf_objects(content):
        plain = PDF_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)
        if found := PDF_ACTIVE.search(plain):
            raise Unfit(f"It holds /{found[1].decode()}: a PDF that runs or carries something is not kept.")


def pdf_objects(content: bytes) -> Iterator[bytes]:
    """What stands in a PDF outside its streams, and the objects that are packed into streams."""
    yield PDF_STREAM.sub(b"", content)
    for found in PDF_STREAM.finditer(content):
        if b"/ObjStm" in content[max(0, found.start() - 400) : found.start()]:
            try:
                yield zlib.decompressobj().decompress(found[1], MOST_OF_A_PART)
            except zlib.error:
                yield found[1]


def refuse_a_second_nature(content: bytes) -> None:
    """Refuse what is read as another type as well (a polyglot)."""
    if is_zipfile(BytesIO(content)):
        raise Unfit("It is an archive as well, and so may be read as something else.")
    if MARKUP.search(content[:1024]):
        raise Unfit("It is a web page as well, and so may be read as something else.")


def package(content: bytes) -> ZipFile | None:
    """The package that an office document is, or None."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        return ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return None


def has_part(part: str) -> Callable[[bytes], bool]:
    """Whether a package of Office Open XML holds this part."""

    def is_it(content: bytes) -> bool:
        opened = package(content)
        return opened is not None and {"[Content_Types].xml", part} <= {*opened.namelist()}

    return is_it


def says(media_type: str) -> Callable[[bytes], bool]:
    """Whether a package of OpenDocument says that it is this type, in its first entry."""
    start = b"mimetype" + media_type.encode() + b"PK"
    return lambda content: content[30 : 30 + len(start)] == start and package(content) is not None


def check_package(content: bytes) -> None:
    """An office document unpacks to a sensible size, and neither runs, carries nor fetches anything."""
    opened = package(content)
    entries = opened.infolist() if opened else []
    if len(entries) > MOST_ENTRIES:
        raise Unfit(f"It holds more than {MOST_ENTRIES:,} parts.")
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if unpacked > MOST_UNPACKED or unpacked > MEGABYTE and unpacked > packed * MOST_SHRUNK:
        raise Unfit("It would unpack to far more than it should (a “zip bomb”).")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unfit("It is locked with a password, so nobody can look into it.")
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            raise Unfit("A part of it is named so that it would be unpacked somewhere else.")
        if MACROS.search(entry.filename):
            raise Unfit("It holds macros. Save it without them, or as PDF.")
        if entry.filename.endswith((".rels", "[Content_Types].xml")):
            check_relations(read_part(opened, entry))


def check_relations(content: bytes) -> None:
    """What a part says of others: no macros under another name, nothing that is fetched when it is opened."""
    if b"macroEnabled" in content or b"vbaProject" in content:
        raise Unfit("It holds macros. Save it without them, or as PDF.")
    for relation in content.split(b"<Relationship ")[1:]:
        one = relation.partition(b">")[0]
        if OUTSIDE.search(one) and FETCHED.search(one):
            raise Unfit("It fetches a template or a part from elsewhere when it is opened.")


def read_part(opened: ZipFile, entry) -> bytes:
    """A part of a package, as far as it may sensibly go."""
    try:
        with opened.open(entry) as part:
            return part.read(MOST_OF_A_PART)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise Unfit("It is damaged: one of its parts can't be unpacked.") from broken


def is_text(content: bytes) -> bool:
    """Whether every byte is part of readable UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
TYPES = (
    FileType("PDF", "application/pdf", ("pdf",), 20, lambda one: one.startswith(b"%PDF-"), check_pdf),
    FileType("Word", f"{OOXML}.wordprocessingml.document", ("docx",), 20, has_part("word/document.xml"), check_package),
    FileType("Excel", f"{OOXML}.spreadsheetml.sheet", ("xlsx",), 20, has_part("xl/workbook.xml"), check_package),
    FileType(
        "PowerPoint",
        f"{OOXML}.presentationml.presentation",
        ("pptx",),
        20,
        has_part("ppt/presentation.xml"),
        check_package,
    ),
    FileType("OpenDocument text", f"{ODF}.text", ("odt",), 20, says(f"{ODF}.text"), check_package),
    FileType("OpenDocument table", f"{ODF}.spreadsheet", ("ods",), 20, says(f"{ODF}.spreadsheet"), check_package),
    FileType("OpenDocument slides", f"{ODF}.presentation", ("odp",), 20, says(f"{ODF}.presentation"), check_package),
    FileType("PNG", "image/png", ("png",), 10, lambda one: one.startswith(b"\x89PNG\r\n\x1a\n"), check_picture),
    FileType("JPEG", "image/jpeg", ("jpg", "jpeg"), 10, lambda one: one.startswith(b"\xff\xd8\xff"), check_picture),
    FileType("text", "text/plain", ("txt", "csv", "md"), 2, is_text, check_text),
)
LARGEST = max(one.megabytes for one in TYPES) * MEGABYTE
ENDINGS = [f".{ending}" for one in TYPES for ending in one.endings]
# Endings that browsers or desktops run, whatever stands in the file.
PAGES = {"html", "htm", "xhtml", "xht", "mhtml", "svg", "svgz", "xml", "js", "mjs", "css", "swf", "hta", "url"}
PROGRAMS = {
    "exe",
    "dll",
    "com",
    "bat",
    "cmd",
    "ps1",
    "vbs",
    "wsf",
    "msi",
    "scr",
    "jar",
    "app",
    "sh",
    "py",
    "php",
    "lnk",
}
WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam"}
ACTIVE = PAGES | PROGRAMS | WITH_MACROS
