"""Asks lists, pages and forms as a person of a role does, and reads what they answer."""

import csv
import io
import re
from functools import cache

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from partnerships.access.roles import Role
from partnerships.memory.submissions import new_token
from partnerships.records import listing
from partnerships.records.kinds import kind_of, kinds
from partnerships.records.pages import Look, others, record_of
from partnerships.records.question import read
from tests.samples import somebody


def signed_in(role: str = "viewer") -> Client:
    """A browser in which somebody of this role is signed in: with what that leaves in a session, and nothing more."""
    user, session, client = somebody(role), SessionStore(), Client()
    [backend] = settings.AUTHENTICATION_BACKENDS
    session.update(
        {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()}
    )
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def listed(path: str, reader: str = "viewer", **conditions) -> list[str]:
    """The first cell of each row that a list exports, in its order."""
    answer = signed_in(reader).get(f"/{path}/export.csv", conditions)
    assert answer.status_code == 200, (path, conditions, answer.status_code)
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


def words_of(page: str) -> str:
    """The words of a page, without its marks, its blanks run together."""
    return re.sub(r"\s+", " ", strip_tags(page.replace("<", " <"))).replace("&#x27;", "'")


def page_of(record, role: str = "staff") -> tuple[str, int]:
    """The words of a record's page, and how many queries it cost."""
    client = signed_in(role)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(record.get_absolute_url())
    assert answer.status_code == 200
    return words_of(answer.content.decode()), len(queries)


def related(record, role: str = "staff") -> dict[str, tuple[int, int]]:
    """For each kind that is related to a record: how many its page counts, and how many the list it leads to has."""
    kind, client = kind_of(record._meta.model_name), signed_in(role)
    request = client.get("/").wsgi_request
    look = Look(request.user, Role[role.upper()], None)
    found = {}
    for other in others(kind, record_of(kind, request, record.pk), look):
        if other.count:
            answer = client.get(other.address.replace("/?", "/export.csv?"))
            rows = b"".join(answer.streaming_content).decode().strip().count("\r\n")
            found[other.path] = (other.count, rows)
    return found


def submitted(path: str, *, role: str = "staff", **fields):
    """The answer to a form of a new record, with these fields and no child rows but those among them."""
    client = signed_in(role)
    counts = {f"{prefix}-{part}_FORMS": "0" for prefix in rows_on(path) for part in ("TOTAL", "INITIAL")}
    return client.post(f"/{path}/new/", {"token": new_token()} | counts | fields)


@cache
def rows_on(path: str) -> list[str]:
    """The names of the child rows on the form of a new record, as its page has them."""
    return re.findall(r'name="([a-z]+)-TOTAL_FORMS"', signed_in("staff").get(f"/{path}/new/").content.decode())


def counted(address: str, role: str) -> int:
    """How many rows the list at an address counts; raises Refused where it refuses the question."""
    path, _, query = address.removeprefix("/").partition("/?")
    request = RequestFactory().get(address, QUERY_STRING=query)
    request.user = somebody(role)
    question = read(next(kind for kind in kinds() if kind.path == path.strip("/")), request)
    return listing.page_of(question, question.filters.certain_and_possible()).paginator.count


def errors_of(answer) -> str:
    """The words of the summary of errors that a refused form shows."""
    assert answer.status_code == 422
    page = answer.content.decode()
    return words_of(page[page.index("errsum") :].split("</ul>")[0])
