"""Requests through the whole stack, without a server between: what they answer, and what they cost."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from partnerships.management.bench.settings import HOST

SECRET = "bench" * 6 + "ab"  # what a form sends back must be what the cookie holds: 32 signs
NOT_QUERIES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "SELECT set_config")


@dataclass(slots=True)
class Cost:
    """What one operation cost; milliseconds, and bytes."""

    cpu: float
    wall: float
    first: float = 0
    size: int = 0
    gzipped: int = 0


@dataclass(slots=True)
class Asked:
    """The queries of one request, and how long they took."""

    statements: list[str] = field(default_factory=list)
    ms: float = 0


def timed(work: Callable[[], object]) -> Cost:
    """What some work costs, on a connection that is open."""
    connection.ensure_connection()
    cpu, wall = process_time(), perf_counter()
    work()
    return Cost((process_time() - cpu) * 1000, (perf_counter() - wall) * 1000)


class Visitor:
    """Somebody who is signed in to an application."""

    def __init__(self, application: Any, session: str) -> None:
        self.application = application
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"

    def ask(
        self, address: str, data: dict | None = None, expected: int = 200, keep: bool = False
    ) -> tuple[Cost, bytes]:
        """Ask for an address, or post data to it; RuntimeError where the answer is another than expected."""
        environ, kept, size, first = self.environ(address, data), [], 0, 0.0
        said: list[str] = []
        cpu, wall = process_time(), perf_counter()
        answer = self.application(environ, lambda status, headers, exc_info=None: said.append(status))
        for chunk in answer:
            first = first or perf_counter()
            size += len(chunk)
            if keep:
                kept.append(chunk)
        answer.close()
        cost = Cost((process_time() - cpu) * 1000, (perf_counter() - wall) * 1000, (first - wall) * 1000, size)
        if not said[0].startswith(str(expected)):
            raise RuntimeError(f"{address} answers {said[0]}: {b''.join(kept)[-2000:].decode()}")
        page = b"".join(kept)
        cost.gzipped = len(gzip.compress(page)) if keep else 0
        return cost, page

    def environ(self, address: str, data: dict | None) -> dict:
        """The request as a server hands it on."""
        path, _, query = address.partition("?")
        body = urlencode({**data, "csrfmiddlewaretoken": SECRET}, doseq=True).encode() if data else b""
        return {
            "REQUEST_METHOD": "POST" if data else "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": self.cookies,
            "HTTP_ACCEPT": "text/html",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
        }


@contextmanager
def counted() -> Iterator[Asked]:
    """Count the queries meanwhile; what only steers a transaction is none."""
    asked = Asked()

    def count(execute, sql, params, many, context):
        started = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked.ms += (perf_counter() - started) * 1000
            if not str(sql).startswith(NOT_QUERIES):
                asked.statements.append(str(sql))

    with connection.execute_wrapper(count):
        yield asked
