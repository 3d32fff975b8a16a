"""What a rule refuses of a signed copy, and who wants to know of it: a room may keep a trail for its kind of record."""

from collections.abc import Callable

KEEPERS: dict[str, Callable] = {}


def keeps_refused_files(kind: str) -> Callable[[Callable], Callable]:
    """Hand every refusal about records of a kind to a function of record, verb, user and why."""

    def register(keeper: Callable) -> Callable:
        KEEPERS[kind] = keeper
        return keeper

    return register


def tell_refused(kind: str, record, tried: str, user, why: str) -> None:
    """Tell whoever keeps a trail for records of this kind."""
    if why and kind in KEEPERS:
        KEEPERS[kind](record, tried, user, why)
