"""Questions that pages ask again and again: the ORM compiles each once, and afterwards only its values differ."""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
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


class Once(Expression):
    """An expression that is resolved and compiled once, however often questions mention it, and whichever they are.

    The ORM would do both anew for each mention in a condition, in an order and in other expressions. What stands in it
    must be columns of the rows themselves and questions about them, without joins of its own.
    """

    is_resolved = False

    def __init__(self, expression: Expression) -> None:
        super().__init__(output_field=expression.output_field)
        self.set_source_expressions([expression])
        self.resolved: dict[type, Once] = {}

    def get_source_expressions(self) -> list:
        """The expression itself."""
        return [self.expression]

    def set_source_expressions(self, exprs: list) -> None:
        """Take another one, of which nothing is compiled yet."""
        [self.expression] = exprs
        self.compiled: dict[str, tuple[str, Any]] = {}

    def resolve_expression(self, query: Any = None, *args: Any, **more: Any) -> "Once":
        """With its columns found: the same for all questions in which the rows go by the name of their own table."""
        if self.is_resolved:
            return self
        is_plain = query.alias_prefix == "T" and query.get_initial_alias() == query.model._meta.db_table
        found = self.resolved.get(query.model) if is_plain else None
        if found is None:
            found = super().resolve_expression(query, *args, **more)
            found.is_resolved = True
            if is_plain:
                self.resolved[query.model] = found
        return found

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """What it was compiled to for this kind of database."""
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = compiler.compile(self.expression)
        return self.compiled[connection.vendor]


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """What asks the rows that `build` describes, with a `Given` for each value: `ask(*subject, name=value)`.

    `build` must read nothing but the models and its `subject`, such as a role and a day: what it leads to holds for
    every later asking about the same, and rows that nobody may see (`none()`) are an error. A value is handed on as it
    is, so its type and its bounds are the asker's to check.
    To build and to compile a question with its joins costs more than a database takes to answer it by a key.
    """

    @lru_cache(maxsize=200)
    def compiled(vendor: str, *subject: Any) -> tuple:
        rows = build(*subject)
        compiler = rows.query.get_compiler(connection=connection)
        return rows, compiler, *compiler.as_sql()

    def ask(*subject: Any, **values: Any) -> list:
        rows, compiler, statement, places = compiled(connection.vendor, *subject)
        told = tuple(values[one.name] if isinstance(one, Given) else one for one in places)
        asked, kept = rows.all(), copy(compiler)  # every thread has a connection of its own
        kept.connection = connection
        kept.as_sql = lambda *given, **more: (statement, told)
        asked.query.get_compiler = lambda *given, **more: kept
        return list(asked)

    return ask
