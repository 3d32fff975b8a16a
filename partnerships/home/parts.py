"""What the parts of the first page are made of: sentences, lines, a picture, and the ways to exactly their lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from partnerships.values.figures import Figure, Told


@dataclass(frozen=True)
class Line:
    """One line of a part: a link, and what is said of it."""

    title: Told
    second: Sequence[Told] = ()


@dataclass(frozen=True)
class Part:
    """One part of the first page. `told` is its sentence; `empty` stands where there is no line and no picture."""

    name: str
    title: str
    told: Sequence[Told] = ()
    lines: Sequence[Line] = ()
    figure: Figure | None = None
    empty: str = ""
    verb: Told | None = None
    more: Sequence[Told] = field(default_factory=tuple)
    is_wide: bool = False


def many(number: int, one: str, several: str) -> str:
    """“1 visit”, “1,200 visits”, “no visit”."""
    if not number:
        return f"no {one}"
    return f"{number:,} {one if number == 1 else several}"


def counted(number: int, one: str, address: str, several: str = "", *, unknown: bool = False) -> list[Told]:
    """A number in a sentence with the way to its list, left out where it is none."""
    return [Told(many(number, one, several or one), address, unknown)] if number else []
