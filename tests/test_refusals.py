"""What is sent in a way that no page takes: refused at once, on a page of the register, with one line in the log."""

import io
import logging
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from config.logs import OneLine
from tests.asking import signed_in, submitted, words_of
from tests.samples import make

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
HEAD = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1"}


def asked(method: str, address: str, kind: str) -> tuple[str, str]:
    """Status and words of what the server itself answers, without what a test's browser prepares."""
    body = b"q=a"
    sent = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind}
    path, _, query = address.partition("?")
    told: list[str] = []
    environment = HEAD | sent | {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    from config.wsgi import application  # in service it looks at the accounts when it is imported

    answer = application(environment, lambda status, headers: told.append(status))
    return told[0], words_of(b"".join(answer).decode())


@pytest.mark.parametrize("charset", ["utf-16", "UTF-32", "nonsense", "hex", "idna", "latin-1", "undefined"])
@pytest.mark.parametrize("kind", [FORM, PARTS, "text/plain"])
@pytest.mark.parametrize(("method", "address"), [("POST", "/accounts/login/"), ("POST", "/x?q=a"), ("GET", "/?a=b")])
def test_another_character_set_than_utf_8_is_refused_with_a_page(method, address, kind, charset):
    status, words = asked(method, address, f"{kind}; charset={charset}")
    assert status == "400 Bad Request"
    assert "What is sent to the register must be in UTF-8." in words


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_utf_8_is_taken_however_it_is_written(charset):
    answer = Client().post("/accounts/login/", "login=a&password=b", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/search/", "/healthz", "/readyz", "/accounts/login/", "/agreements/", "/admin/"]
)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_method_that_no_page_takes_is_refused_with_a_page(method, address):
    for client in (Client(), signed_in("admin")):
        answer = client.generic(method, address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
        assert "This page can't be asked in this way" in words_of(answer.content.decode())


@pytest.mark.parametrize("address", ["/", "/search/", "/healthz", "/readyz", "/agreements/", "/agreements/export.csv"])
def test_a_page_that_only_shows_takes_no_post(address):
    answer = signed_in("admin").post(address, {"q": "a"})
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= {*answer.headers["Allow"].split(", ")}
    assert "Nothing was changed." in words_of(answer.content.decode())


@pytest.mark.parametrize(
    "asked", ["before=x", "before=", "before=-1", "before=1&before=2", "before=²", "after=1", "before=" + "9" * 30]
)
def test_a_page_of_the_history_begins_at_a_number_or_is_refused(asked):
    record = make("place")
    answer = signed_in("viewer").get(f"/places/{record.pk}/history/?{asked}")
    assert answer.status_code == 400
    assert "of which the address gives the number" in words_of(answer.content.decode())
    assert signed_in("viewer").get(f"/places/{record.pk}/history/?before=9").status_code == 200


def test_more_than_a_thousand_fields_are_refused_with_the_reason():
    answer = signed_in("staff").post("/places/new/", {f"f{number}": "a" for number in range(1001)})
    assert answer.status_code == 400
    assert "This has more than 1,000 fields" in words_of(answer.content.decode())


def test_what_is_refused_is_one_line_of_the_log_that_names_its_request(caplog):
    formatter = OneLine("%(levelname)s %(message)s")
    viewer, place = signed_in("viewer"), make("place")
    for address, told in (
        ("/agreements/new/", "Forbidden (Permission denied): "),
        (f"/places/{place.pk}/history/?before=x", "A page "),
    ):
        caplog.clear()
        answer = viewer.get(address)
        record = next(one for one in caplog.records if one.name == "django.request")
        line = formatter.format(record)
        assert line.startswith(f"WARNING {told}")
        assert line.endswith(f" [{answer.headers['X-Request-ID']}]")
        assert "Traceback" not in line


def test_a_fault_of_ours_keeps_its_traceback():
    try:
        raise ValueError("broken")
    except ValueError as fault:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Oh", (), (ValueError, fault, fault.__traceback__)
        )
    assert re.fullmatch(
        r"ERROR Oh\\nTraceback .*ValueError: broken", OneLine("%(levelname)s %(message)s").format(record)
    )


def test_one_password_tried_on_many_accounts_from_one_address_is_stopped():
    get_user_model().objects.create_user("last", password="a quiet horse on blue stairs")
    client, right = Client(), {"login": "last", "password": "a quiet horse on blue stairs"}
    answers = [
        client.post(
            "/accounts/login/", {"login": f"somebody-{number}", "password": "summer in Xi'an"}, REMOTE_ADDR="10.0.0.1"
        )
        for number in range(50)
    ]
    refused = ["Too many failed login attempts." in words_of(answer.content.decode()) for answer in answers]
    assert refused == [False] * 40 + [True] * 10
    last = client.post("/accounts/login/", right, REMOTE_ADDR="10.0.0.1")
    assert "Too many failed login attempts." in words_of(last.content.decode())
    assert client.post("/accounts/login/", right, REMOTE_ADDR="10.0.0.9").status_code == 302


@pytest.mark.parametrize("many", ["201", "1000", "9" * 30])
def test_more_rows_than_are_taken_at_once_are_refused_before_they_are_drawn(many):
    answer = submitted("visits", **{"participants-TOTAL_FORMS": many})
    assert answer.status_code == 400
    assert "Participants: at most 200 can be sent at once. Nothing was saved." in words_of(answer.content.decode())


@pytest.mark.parametrize("rubbish", ["", "x", "-1", "²", "1e9"])
def test_a_number_of_rows_that_is_none_is_refused_on_the_form(rubbish):
    assert submitted("visits", **{"participants-TOTAL_FORMS": rubbish}).status_code == 422
