"""A register of its own to measure: a file in a temporary folder, or a PostgreSQL database that is dropped."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from partnerships.management.postgresql import find_server, throwaway_cluster
from partnerships.management.stages import service_env


@contextlib.contextmanager
def scratch(engine: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which the register is an empty one of our own; what anybody keeps is never touched.

    Raises RuntimeError with a sentence where there is no PostgreSQL.
    """
    if engine == "sqlite":
        yield {"DATABASE_URL": "", "ACCORD_SERVICE": "", "ACCORD_VAR": str(folder)}
        return
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(server())
        database = stack.enter_context(database_of_our_own(url))
        yield {**service_env(folder, database), "STATEMENT_TIMEOUT": "0", "SECURE_PROXY_SSL_HEADER": ""}


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of DATABASE_URL's server, or of a throw-away one."""
    if given := os.environ.get("DATABASE_URL", ""):
        yield given
        return
    programs = find_server()
    if programs is None:
        raise RuntimeError("There is no PostgreSQL server: install postgresql, or set DATABASE_URL.")
    with throwaway_cluster(programs) as url:
        yield url


@contextlib.contextmanager
def database_of_our_own(url: str) -> Iterator[str]:
    """The address of a new database on a server; it is dropped afterwards."""
    name = f"accord_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as administering:
        administering.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as administering:
            administering.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
