"""What the register is measured against: the bare SQL of the same rows, and M, the least page that shows them.

M is a Django of its own default middleware with a session, a user and `login_required`; each of its views asks one
statement by hand and joins its rows into HTML. Both narrow the rows to what staff may see.
"""

from collections.abc import Callable
from time import time_ns
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import override_settings
from django.urls import path
from django.utils.html import escape

MIDDLEWARE = [
    "partnerships.management.bench.floors.OwnAddresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = 50
CAP = 10_001
SEEN = "a.visibility <= 2"
PARTIES = """(SELECT {agg}(o.name, ' · ') FROM partnerships_party p JOIN partnerships_organisation o
  ON o.id = p.organisation_id AND o.visibility <= 2 WHERE p.agreement_id = a.id)"""
ROWS = f"""SELECT a.id, a.title, t.label, a.signed_on_edtf, a.ends_on_edtf, {PARTIES} AS parties
  FROM partnerships_agreement a LEFT JOIN partnerships_agreementtype t ON t.id = a.type_id WHERE {SEEN}"""
ORDER = f" ORDER BY a.title, a.id LIMIT {PAGE}"
COUNT = f"SELECT count(*) FROM (SELECT 1 FROM partnerships_agreement a WHERE {SEEN}{{}} LIMIT {CAP}) found"
SIGNED = """ AND a.type_id = (SELECT id FROM partnerships_agreementtype WHERE code = 'mou')
  AND a.signed_on_earliest >= '2018-01-01' AND a.signed_on_latest <= '2020-12-31'"""
NAMED = """ AND a.id IN (SELECT record_id FROM partnerships_entry
  WHERE kind = 'agreement' AND names_key LIKE '%%' || %s || '%%')"""
FIND = f"""SELECT kind, record_id, title, second FROM partnerships_entry
  WHERE visibility <= 2 AND (names_key LIKE '%%' || %s || '%%' OR words_key LIKE '%%' || %s || '%%')
  ORDER BY CASE WHEN kind = 'statement' THEN 8 WHEN names_key LIKE %s || '%%' THEN 2 ELSE 5 END, kind, title, id
  LIMIT {PAGE + 11}"""
INSERT = """INSERT INTO partnerships_agreement (handle, title, reference, stands_for, purpose, signed_on_edtf,
  signed_on_wording, starts_on_edtf, starts_on_wording, ends_on_edtf, ends_on_wording, ending, notice_period, step,
  event, event_on_edtf, event_on_wording) VALUES (%s, %s, '', 'one', '', '', '', '', '', '', '', '', '', '', '', '', '')
  RETURNING id"""
INSERT_PARTY = """INSERT INTO partnerships_party (agreement_id, organisation_id, signed_on_edtf, signed_on_wording)
  VALUES (%s, %s, '', '')"""


def asked(statement: str, *params) -> list[tuple]:
    """The rows of a statement."""
    agg = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{agg}", agg), params or None)
        return cursor.fetchall()


def rows_list() -> list[tuple]:
    """A list's first page; M counts no more than this does."""
    return asked(ROWS + ORDER) + asked(COUNT.format(""))


def rows_filtered() -> list[tuple]:
    """Memoranda signed from 2018 to 2020."""
    return asked(ROWS + SIGNED + ORDER) + asked(COUNT.format(SIGNED))


def rows_searched(words: str) -> list[tuple]:
    """Agreements whose names contain the words."""
    statement = (ROWS + NAMED + ORDER).replace("%%", "%%")
    return asked(statement, words) + asked(COUNT.format(NAMED), words)


def rows_deep(title: str, pk: int) -> list[tuple]:
    """The page after one row, by its key."""
    return asked(f"{ROWS} AND (a.title, a.id) > (%s, %s){ORDER}", title, pk)


def rows_detail(pk: int) -> list[tuple]:
    """One agreement."""
    return asked(f"{ROWS} AND a.id = %s", pk)


def rows_found(words: str) -> list[tuple]:
    """What the catalogue has of some words."""
    return asked(FIND, words, words, words)


def made() -> int:
    """A new agreement with its two parties."""
    with transaction.atomic():
        [(pk,)] = asked(INSERT, f"m-{time_ns()}", "Made by the floor")
        with connection.cursor() as cursor:
            cursor.executemany(INSERT_PARTY, [(pk, 1), (pk, 3)])
    return pk


def drawn(rows: list[tuple]) -> HttpResponse:
    """Rows as a table."""
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return HttpResponse(f"<!doctype html><html><body><table>{lines}</table></body></html>")


def least(rows_of: Callable[..., list[tuple]]) -> Callable:
    """A page of M: the rows that the address asks for."""

    @login_required
    def view(request: HttpRequest) -> HttpResponse:
        given: list[Any] = [request.GET[name] for name in ("words", "title", "pk") if name in request.GET]
        return drawn(rows_of(*given))

    return view


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Make an agreement, and lead to it."""
    return HttpResponseRedirect(f"/detail?pk={made()}")


urlpatterns = [
    path("list", least(rows_list)),
    path("filtered", least(rows_filtered)),
    path("searched", least(rows_searched)),
    path("deep", least(rows_deep)),
    path("detail", least(rows_detail)),
    path("found", least(rows_found)),
    path("create", create),
]


class OwnAddresses:
    """Lets M answer at the addresses above."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Name the addresses, and go on."""
        request.urlconf = __name__
        return self.get_response(request)


def minimal_application() -> WSGIHandler:
    """M, ready to answer."""
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()
