"""Questions that pages ask again and again: the ORM compiles each once, and afterwards only its values differ."""

from collections.abc import Callable
from copy import copy
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet


class Given(Expression):
    """The place of a value that each asking gives."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """A placeholder, and this place itself in the list of values."""
        return "%s", [self]


def prepared(build: Callable[[], QuerySet]) -> Callable[..., list]:
    """What asks the rows that `build` describes, with a `Given` for each value: `ask(name=value)`.

    `build` must read nothing but the models: what it leads to holds for every later asking, and rows that nobody may
    see (`none()`) are an error. A value is handed on as it is, so its type and its bounds are the asker's to check.
    To build and to compile a question with its joins costs more than a database takes to answer it by a key.
    """

    @cache
    def compiled(vendor: str) -> tuple:
        rows = build()
        compiler = rows.query.get_compiler(connection=connection)
        return rows, compiler, *compiler.as_sql()

    def ask(**values: Any) -> list:
        rows, compiler, statement, places = compiled(connection.vendor)
        told = tuple(values[one.name] if isinstance(one, Given) else one for one in places)
        asked, kept = rows.all(), copy(compiler)  # every thread has a connection of its own
        kept.connection = connection
        kept.as_sql = lambda *given, **more: (statement, told)
        asked.query.get_compiler = lambda *given, **more: kept
        return list(asked)

    return ask
