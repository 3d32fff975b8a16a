"""One transaction with its reason, and what is to be done with the records it changed before it is committed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, transaction

from .context import acting, current

Changed = list[tuple[str, int]]
_hooks: list[Callable[[Changed], object]] = []


def on_changes(hook: Callable[[Changed], object]) -> Callable[[Changed], object]:
    """Call `hook` with the distinct (kind, id) of the records a request changed, before it commits.

    What the hook writes belongs to the same transaction. May be used as a decorator.
    """
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def new_request_id() -> str:
    """The id by which all changes of one request are found together: 16 hexadecimal figures."""
    return uuid4().hex[:16]


@contextmanager
def remembered(reason: str = "", user: Any = None, request_id: str = "") -> Iterator[None]:
    """Do everything inside in one transaction, remembered with this reason, user and one request id.

    For commands and the shell; requests get it from the middleware. Inside another one it joins that one.
    An exception takes everything back.
    """
    joins = bool(current().request_id)
    request_id = request_id or current().request_id or new_request_id()
    with transaction.atomic(), acting(getattr(user, "pk", None), reason, request_id):
        yield
        if not joins:
            _call_hooks(request_id)


def _call_hooks(request_id: str) -> None:
    """Hand over what changed. The query is made in any case: a broken transaction must not end as a silent success."""
    if connection.needs_rollback:
        return
    changed = changed_records(request_id)
    for hook in _hooks if changed else ():
        hook(changed)


def changed_records(request_id: str) -> Changed:
    """The records that a request changed so far, and those that it moved a row away from; in one query."""
    changes = apps.get_model("partnerships", "Change")._base_manager.filter(request_id=request_id)
    rows = changes.order_by().values_list("record_kind", "record_id", "left_kind", "left_id").distinct()
    found: set[tuple[str, int]] = set()
    for kind, pk, left_kind, left_id in rows:
        found.add((kind, pk))
        if left_id is not None:
            found.add((left_kind, left_id))
    return sorted(found)
