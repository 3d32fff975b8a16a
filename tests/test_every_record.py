"""One contract for every kind of record: list, filters, sorting, export, pages, rights and history are the same."""

import csv
import io
import re
from itertools import cycle

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, get_resolver, resolve
from openpyxl import load_workbook

from partnerships.access.models import Visibility
from partnerships.access.roles import Role
from partnerships.access.routes import Open, rule_of
from partnerships.memory import remembered
from partnerships.memory.models import Change
from partnerships.models import Attachment, Note
from partnerships.records import catalogue
from partnerships.records.kinds import kinds
from partnerships.records.question import Refused, read
from partnerships.records.removing import delete_record
from tests.asking import signed_in, words_of
from tests.samples import make, make_many, somebody

pytestmark = pytest.mark.django_db
KINDS = [pytest.param(kind, id=kind.name) for kind in kinds()]
each_kind = pytest.mark.parametrize("kind", KINDS)
LIST_QUERIES = 8
DETAIL_QUERIES = 12
PART_QUERIES = 12


def rows(answer) -> list[list[str]]:
    """The rows of a CSV answer, its head first."""
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def counted(client: Client, address: str) -> tuple[int, str]:
    """How many queries an address costs, and its page."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(queries), answer.content.decode()


def test_every_kind_has_a_sample():
    from tests.samples import FACTORIES

    assert {kind.name for kind in kinds()} == set(FACTORIES)


@each_kind
def test_a_list_costs_the_same_few_queries_for_one_row_and_for_thirty(kind):
    client = signed_in("viewer")
    make(kind.name)
    client.get(f"/{kind.path}/")
    one, _ = counted(client, f"/{kind.path}/?per_page=25")
    make_many(kind.name, 29)
    client.get(f"/{kind.path}/")
    thirty, page = counted(client, f"/{kind.path}/?per_page=100")
    assert page.count("<tr>") == kind.model.objects.count() + 1 + page.count("data-empty-form")
    assert (one <= LIST_QUERIES, thirty <= LIST_QUERIES, one == thirty) == (True, True, True), (one, thirty)


@each_kind
def test_a_page_stays_within_its_queries(kind):
    client = signed_in("staff")
    record = make(kind.name)
    queries, page = counted(client, record.get_absolute_url())
    assert queries <= DETAIL_QUERIES
    assert "<h1>" in page


@each_kind
def test_a_misspelt_filter_is_refused_by_name_and_nothing_is_listed(kind):
    client, record = signed_in("viewer"), make(kind.name)
    for address in (f"/{kind.path}/", f"/{kind.path}/export.csv", f"/{kind.path}/export.xlsx"):
        answer = client.get(address, {"stattus": "active"})
        page = answer.content.decode()
        assert (answer.status_code, "stattus" in page, record.get_absolute_url() in page) == (400, True, False)


@each_kind
def test_every_filter_refuses_a_value_that_it_cannot_take(kind):
    record, viewer = make(kind.name), somebody("viewer")
    for name, value in zip(kind.filters.base_filters, cycle(("\x00", "9" * 40, "' OR 1=1 --\x07"))):
        problems, found = asked(kind, viewer, {name: value})
        assert (record in found, set(problems) <= {name}) == (False, True), (name, value)


def asked(kind, user, conditions: dict[str, str]) -> tuple[list[str], list]:
    """What a list refuses of a question, by name, and the rows that it finds where it refuses nothing."""
    request = RequestFactory().get(f"/{kind.path}/", conditions)
    request.user = user
    try:
        return [], list(read(kind, request).rows)
    except Refused as refused:
        return [name for name, _ in refused.problems], []


@each_kind
def test_a_name_given_twice_is_refused_unless_several_may_be_chosen(kind):
    client = signed_in("viewer")
    make(kind.name)
    assert client.get(f"/{kind.path}/?q=a&q=b").status_code == 400


@each_kind
def test_words_that_nothing_contains_find_nothing_and_those_of_a_name_find_it(kind):
    client = signed_in("viewer")
    wanted, other = make(kind.name), make(kind.name)
    from partnerships.access.models import Entry

    key = Entry.objects.get(kind=kind.name, record_id=wanted.pk).names_key.split(" ¦ ")[0]
    _, page = counted(client, f"/{kind.path}/?q={key.replace(' ', '+')}")
    assert (wanted.get_absolute_url() in page, other.get_absolute_url() in page) == (True, False)
    _, empty = counted(client, f"/{kind.path}/?q=zzzqqq")
    assert wanted.get_absolute_url() not in empty


@each_kind
def test_every_column_sorts_both_ways_and_an_unknown_one_is_refused(kind):
    client, viewer = signed_in("viewer"), somebody("viewer")
    records = make_many(kind.name, 3)
    names = [column.name for column in kind.columns if column.sort]
    for name in names:
        problems, found = asked(kind, viewer, {"sort": name})
        assert (problems, [record for record in records if record not in found]) == ([], []), name
    _, page = counted(client, f"/{kind.path}/?sort=-{names[0]}")
    assert all(record.get_absolute_url() in page for record in records)
    for bad in ("owner__password", "title;drop", "-"):
        assert client.get(f"/{kind.path}/", {"sort": bad}).status_code == 400, bad


@each_kind
def test_pages_hold_what_is_asked_for_and_no_more_than_two_hundred(kind):
    client = signed_in("viewer")
    make_many(kind.name, 30)
    _, first = counted(client, f"/{kind.path}/?per_page=25&page=1")
    _, last = counted(client, f"/{kind.path}/?per_page=25&page=999")
    total = kind.model.objects.count()
    assert (first.count("<tr><td"), last.count("<tr><td")) == (25, total % 25 or 25)
    _, many = counted(client, f"/{kind.path}/?per_page=1000000")
    assert "at most 200 rows" in many
    for bad in ("page=0", "per_page=x"):
        assert client.get(f"/{kind.path}/?{bad}").status_code == 400, bad


@each_kind
def test_an_export_holds_exactly_the_rows_of_the_list_in_its_columns(kind):
    client = signed_in("viewer")
    make_many(kind.name, 3)
    heads = [column.head for column in kind.columns]
    table = rows(client.get(f"/{kind.path}/export.csv"))
    assert (table[0], len(table) - 1) == (heads, kind.model.objects.count())
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/{kind.path}/export.xlsx").streaming_content)))
    assert [cell.value for cell in book.active[1]] == heads
    assert book.active.max_row - 1 == kind.model.objects.count()


@each_kind
def test_a_record_that_may_not_be_seen_is_not_there(kind):
    record, role = make(kind.name, visibility=Visibility.MANAGERS), "staff"
    client, manager = signed_in(role), signed_in("manager")
    address = record.get_absolute_url()
    assert manager.get(address).status_code == 200
    assert address in counted(manager, f"/{kind.path}/")[1]
    for ending in ("", "history/", "edit/"):
        assert client.get(f"{address}{ending}").status_code == 404, ending
    assert client.post(f"{address}edit/", {"token": "x" * 20, "version": "1"}).status_code == 404
    assert address not in counted(client, f"/{kind.path}/")[1]
    assert len(rows(client.get(f"/{kind.path}/export.csv"))) - 1 == kind.model.objects.count() - 1
    picked = client.get(f"/{kind.path}/pick/", {"q": str(record)[:20]}).json()["results"]
    assert record.pk not in [one["id"] for one in picked]
    found = client.get("/search/", {"q": str(record)}, headers={"accept": "application/json"}).json()
    assert address not in [one["url"] for one in found]


@each_kind
def test_who_may_not_write_is_refused_and_told_who_may(kind):
    record = make(kind.name)
    viewer, staff = signed_in("viewer"), signed_in("staff")
    for address in (f"/{kind.path}/new/", f"{record.get_absolute_url()}edit/"):
        for answer in (viewer.get(address), viewer.post(address, {"token": "x" * 20})):
            assert (answer.status_code, "staff" in answer.content.decode()) == (403, True)
    below = viewer if kind.may_delete == Role.STAFF else staff
    assert below.get(f"{record.get_absolute_url()}delete/").status_code == 403
    assert "New " not in re.sub(r"<title>.*?</title>", "", viewer.get(f"/{kind.path}/").content.decode())


@each_kind
def test_an_empty_form_is_refused_with_what_is_missing_and_stores_nothing(kind):
    client = signed_in("staff")
    before = kind.model.objects.count()
    page = client.get(f"/{kind.path}/new/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page).group(1)
    names = re.findall(r'name="([a-z]+)-TOTAL_FORMS"', page)
    management = {f"{name}-{part}": "0" for name in names for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = client.post(f"/{kind.path}/new/", {"token": token} | management)
    assert (answer.status_code, kind.model.objects.count()) == (422, before)
    assert "errsum" in answer.content.decode()


@each_kind
def test_a_form_without_its_token_or_version_stores_nothing(kind):
    client, record = signed_in("staff"), make(kind.name)
    before = Change.objects.count()
    assert client.post(f"/{kind.path}/new/", {}).status_code == 400
    assert client.post(f"{record.get_absolute_url()}edit/", {"token": "x" * 20}).status_code == 409
    assert client.post(f"{record.get_absolute_url()}edit/", {"token": "y" * 20, "version": "99"}).status_code == 409
    assert Change.objects.count() == before


@each_kind
def test_a_manager_deletes_what_nothing_depends_on_and_its_history_stays(kind):
    client, record = signed_in("manager"), make(kind.name)
    address = record.get_absolute_url()
    assert client.get(f"{address}delete/").status_code == 200
    assert kind.model.objects.filter(pk=record.pk).exists()
    record.refresh_from_db()
    assert client.post(f"{address}delete/", {"version": record.version}).status_code == 303
    assert not kind.model.objects.filter(pk=record.pk).exists()
    assert client.get(address).status_code == 404
    history = signed_in("admin").get(f"{address}history/")
    assert (history.status_code, "test-manager" in history.content.decode()) == (200, True)


@each_kind
def test_an_address_with_an_impossible_id_is_not_found(kind):
    client = signed_in("admin")
    impossible = ("999999999999999999", "0", "9" * 30, "-1", "abc", "1%00")
    endings = ("", "edit/", "delete/", "history/", "notes/", "files/", "timeline/")
    addresses = [f"/{kind.path}/{bad}/" for bad in impossible]
    addresses += [f"/{kind.path}/{impossible[0]}/{ending}" for ending in endings]
    for address in filter(leads_to_a_view, addresses):
        assert client.get(address).status_code == 404, address


def leads_to_a_view(address: str) -> bool:
    """Whether there is a route of this form at all; without one the answer is 404 anyhow."""
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


def patterns(found=None, start=""):
    """Every route as (address, view)."""
    for pattern in found if found is not None else get_resolver().url_patterns:
        address = start + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern.url_patterns, address)
        else:
            yield "/" + address.replace("^", ""), pattern.callback


def test_every_route_declares_its_rule():
    assert [address for address, view in patterns() if rule_of(view, address) is None] == []


def test_at_most_nine_routes_are_open_to_anybody():
    open_ones = [address for address, view in patterns() if rule_of(view, address) is Open.ANYBODY]
    assert sorted(open_ones) == [
        "/accounts/inactive/",
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/mfa/authenticate/",
        "/accounts/oidc/callback/",
        "/accounts/oidc/login/",
        "/feeds/<str:secret>.ics",
        "/healthz",
        "/readyz",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(kind):
    record = make(kind.name)
    for address in (f"/{kind.path}/", f"/{kind.path}/export.csv", record.get_absolute_url(), f"/{kind.path}/pick/"):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)


@each_kind
def test_no_field_stands_twice_on_a_form(kind):
    """A browser sends what stands there, and what is sent twice is refused."""
    client, record = signed_in("manager"), make(kind.name)
    here = record.get_absolute_url()
    of_any_record = (f"{here}notes/new/", f"{here}files/new/") if kind is kinds()[0] else ()
    for address in (f"/{kind.path}/new/", f"{here}edit/", *of_any_record):
        main = client.get(address).content.decode().partition("<main")[2].partition("<template")[0]
        fields = re.findall(r"<(?:input|select|textarea)[^>]*>", main)
        single = [one for one in fields if 'type="checkbox"' not in one and 'type="radio"' not in one]
        names = [name for one in single for name in re.findall(r' name="([^"]+)"', one)]
        assert sorted({name for name in names if names.count(name) > 1}) == [], address


@each_kind
def test_every_page_leads_to_its_notes_files_and_timeline(kind):
    record, staff, viewer = make(kind.name), signed_in("staff"), signed_in("viewer")
    here = record.get_absolute_url()
    page = staff.get(here).content.decode()
    assert [part for part in ("notes", "files", "timeline") if f'data-part="{here}{part}/"' not in page] == []
    for client, part in ((staff, "timeline"), (viewer, "timeline"), (viewer, "notes"), (viewer, "files")):
        queries, whole = counted(client, f"{here}{part}/")
        assert (queries <= PART_QUERIES, "data-part-body" in whole) == (True, True), (part, queries)
    for part in ("notes", "files", "timeline") if kind is kinds()[0] else ():
        assert viewer.get(f"{here}{part}/?pgae=2").status_code == 400
    for part in ("notes", "files"):
        assert resolve(f"{here}{part}/new/").func.rule == Role.STAFF


@each_kind
def test_a_note_and_a_file_are_added_to_a_record_seen_with_it_and_go_with_it(kind):
    record, staff = make(kind.name), signed_in("staff")
    here = record.get_absolute_url()
    note = {"token": "n" * 20, "kind": "meeting", "text": "We met.", "happened_on_date": "2024-05-12"}
    file = {"token": "f" * 20, "description": "Minutes", "file": SimpleUploadedFile("minutes.txt", b"We met.")}
    answers = [staff.post(f"{here}notes/new/", note), staff.post(f"{here}files/new/", file)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, f"{here}#notes"), (303, f"{here}#files")]
    told = [words_of(signed_in("viewer").get(f"{here}{part}/").content.decode()) for part in ("notes", "files")]
    assert ("We met." in told[0], "minutes.txt" in told[1]) == (True, True)
    line = words_of(signed_in("viewer").get(f"{here}timeline/").content.decode())
    assert ("12 May 2024 We met." in line, "File created" in line) == (True, True)
    attachment = Attachment.objects.get()
    type(record).objects.filter(pk=record.pk).update(visibility=Visibility.MANAGERS)
    catalogue.refresh([(kind.name, record.pk)])
    for address in (f"{here}notes/", f"{here}files/", f"{here}timeline/", attachment.get_absolute_url()):
        assert staff.get(address).status_code == 404, address
    with remembered():
        delete_record(record)
    assert (Note.objects.count(), Attachment.objects.count()) == (0, 0)
