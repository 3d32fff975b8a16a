"""What a letter of the day is made of: sections of lines, each with the address of what it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

SHOWN = 40
KEY = "due:"  # the keys of these letters begin with it, and go on with their day


@dataclass(frozen=True)
class Section:
    """A part of a letter. Each of its `lines` is a reason to write; what stands `besides` is none by itself."""

    title: str
    lines: list[str]
    besides: list[str]


def line(words: str, record) -> str:
    """A line with the address of what it speaks of."""
    return f"- {words}\n  {address(record.get_absolute_url())}"


def address(path: str) -> str:
    """A path of the register as a letter names it."""
    return f"{settings.SITE_URL}{path}"


def shown(lines: Iterable[str], count: int) -> list[str]:
    """The first lines, and how many more there are."""
    first = list(lines)[:SHOWN]
    return [*first, f"- and {count - len(first)} more"] if count > len(first) else first
