"""Who acts, why and in which request: known to Python here, carried to the triggers by `connections`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Acting:
    """What the triggers note beside a change; everything empty is a change that nobody claimed."""

    user_id: int | None = None
    reason: str = ""
    request_id: str = ""
    erasing: bool = False

    def told(self) -> dict[str, str]:
        """The same as the database is told it: four texts."""
        return {
            "user": "" if self.user_id is None else str(self.user_id),
            "reason": self.reason,
            "request": self.request_id,
            "erasing": "1" if self.erasing else "",
        }


NOBODY = Acting()
_now: ContextVar[Acting] = ContextVar("accord_acting", default=NOBODY)


def current() -> Acting:
    """What holds at this moment in this thread."""
    return _now.get()


@contextmanager
def acting(user_id: int | None = None, reason: str = "", request_id: str = "") -> Iterator[Acting]:
    """Let every change inside carry this user, reason and request; what is left empty is kept from outside."""
    outer = current()
    with _holding(
        replace(
            outer,
            user_id=outer.user_id if user_id is None else user_id,
            reason=_storable(reason) or outer.reason,
            request_id=request_id or outer.request_id,
        )
    ) as inner:
        yield inner


@contextmanager
def erasing() -> Iterator[Acting]:
    """Let personal data be erased, memory included: the one permitted rewrite of history.

    Inside, changes of the memory itself are not refused, and what is changed elsewhere is remembered without
    its values (`before` and `after` stay null), so that erasing a value doesn't store it once more.
    Everything inside is one transaction.
    """
    with transaction.atomic(), _holding(replace(current(), erasing=True)) as inner:
        yield inner


@contextmanager
def _holding(what: Acting) -> Iterator[Acting]:
    token = _now.set(what)
    try:
        yield what
    finally:
        _now.reset(token)


def _storable(text: str) -> str:
    """The text without what a database refuses: NUL characters and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
