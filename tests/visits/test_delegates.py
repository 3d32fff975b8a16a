"""Delegates pasted from a spreadsheet: looked at first, then kept all at once, once, or not at all."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from partnerships.models import ContactPoint, Organisation, Participant, Person, Post
from tests.asking import errors_of, signed_in, words_of
from tests.filling import fields_of
from tests.samples import home, known, organisation, person, visit

pytestmark = pytest.mark.django_db
ROWS = (
    "Name\tTitle\tPost\tOrganisation\tPart\n"
    "Zhang Jinghua\tMr\tParty Secretary\tNanjing Municipal Government\thead\n"
    "Wei Li\tProf\tDean\tNanjing Botany College\t\n"
)


@pytest.fixture
def logged(db):
    """A visit to which delegates are added."""
    return visit("City leaders", home=home(), partner=organisation("Nanjing Municipal Government"))


class Pasting:
    """Somebody at the page of a visit."""

    def __init__(self, one, role: str = "staff") -> None:
        self.client, self.address, self.sent = signed_in(role), f"{one.get_absolute_url()}delegates/", {}
        known()

    def send(self, **fields):
        """Send the form as it stands with these fields."""
        page = self.client.get(self.address) if not self.sent else None
        self.sent = (fields_of(page.content.decode()) if page else self.sent) | fields
        answer = self.client.post(self.address, self.sent)
        if answer.status_code in (200, 422):
            self.sent = fields_of(answer.content.decode())
        return answer

    def read(self, text: str, **more):
        """Paste and look."""
        return self.send(text=text, do="read", **more)

    def store(self, **fields):
        """Add what was looked at."""
        return self.send(do="store", **fields)


def taking_part(one) -> list[tuple]:
    """Who takes part: name, side, part, for whom."""
    return [(str(row), row.side, row.role, str(row.organisation or "")) for row in one.participants.all()]


def test_what_was_understood_is_shown_and_nothing_is_kept_yet(logged):
    answer = Pasting(logged).read(ROWS)
    words = words_of(answer.content.decode())
    assert answer.status_code == 200
    assert "Mr Zhang Jinghua" in words
    assert "May tell of political opinions" in words
    assert (Person.objects.count(), Participant.objects.count()) == (0, 0)


def test_everybody_is_kept_with_posts_and_known_bodies_and_no_body_unasked(logged):
    at_page = Pasting(logged)
    at_page.read(ROWS)
    answer = at_page.store()
    assert (answer.status_code, answer["Location"]) == (303, logged.get_absolute_url())
    assert taking_part(logged) == [
        ("Zhang Jinghua", "visitor", "head", "Nanjing Municipal Government"),
        ("Wei Li", "visitor", "", ""),
    ]
    assert [str(post) for one in Person.objects.order_by("pk") for post in one.posts.all()] == [
        "Party Secretary, Nanjing Municipal Government",
        "Dean, Nanjing Botany College",
    ]
    assert [(one.family_name, one.is_sensitive) for one in Person.objects.order_by("pk")] == [
        ("Jinghua", True),
        ("Li", False),
    ]
    assert not Organisation.objects.filter(name="Nanjing Botany College").exists()


def test_a_body_is_added_where_asked_and_the_order_of_a_name_is_corrected(logged):
    at_page = Pasting(logged)
    at_page.read(ROWS)
    at_page.store(**{"body-1": "new", "first-2": "on"})
    assert taking_part(logged)[1] == ("Wei Li", "visitor", "", "Nanjing Botany College")
    assert Person.objects.get(name="Zhang Jinghua").family_name == "Zhang"


def test_the_same_submit_twice_adds_everybody_once(logged):
    at_page = Pasting(logged)
    at_page.read(ROWS)
    sent = at_page.sent | {"do": "store"}
    answers = [at_page.client.post(at_page.address, sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert logged.participants.count() == 2


def test_somebody_known_is_taken_and_near_names_are_asked_about(logged):
    same, near = person("Wei Li"), person("Zhang Jing Hua")
    at_page = Pasting(logged)
    at_page.read(ROWS)
    assert (at_page.sent["who-2"], at_page.sent["who-3"]) == ("", str(same.pk))
    assert "Line 2: say whether Zhang Jinghua is somebody of the register" in errors_of(at_page.store())
    assert logged.participants.count() == 0
    at_page.store(**{"who-2": str(near.pk)})
    assert [row.person for row in logged.participants.all()] == [near, same]
    assert Person.objects.count() == 2


def test_a_hidden_namesake_is_as_if_not_there(logged):
    person("Wei Li", visibility=3)
    at_page = Pasting(logged)
    at_page.read(ROWS)
    assert at_page.sent["who-3"] == "new"


def test_who_stands_there_or_in_the_paste_already_is_left_out_and_named(logged):
    one = person("Wei Li")
    Participant.objects.create(visit=logged, person=one, side="host")
    at_page = Pasting(logged)
    answer = at_page.read(ROWS + "Zhang Jinghua\tMr\n")
    words = words_of(answer.content.decode())
    assert "takes part as host already" in words
    assert "stands in line 2 already" in words
    assert (at_page.sent["who-3"], at_page.sent["who-4"]) == ("out", "out")
    told = errors_of(at_page.store(**{"who-3": str(one.pk)}))
    assert "Line 3: Wei Li takes part as host already" in told
    assert logged.participants.count() == 1


def test_a_delegation_has_one_head(logged):
    at_page = Pasting(logged)
    at_page.read("Name\tPart\nA Bee\thead\nC Dee\thead of delegation")
    assert "Line 3: a delegation has one head, and A Bee is that already." in errors_of(at_page.store())
    assert (logged.participants.count(), Person.objects.count()) == (0, 0)


def test_a_column_that_was_misread_is_corrected_before_anything_is_kept(logged):
    at_page = Pasting(logged)
    at_page.read("Botany Group\tRiver College\nBotany Group\tLake College")
    told = errors_of(at_page.store(**{"column-0": "organisation", "column-1": "name"}))
    assert "was changed. Look at it as it is read now" in told
    at_page.store()
    assert [row[0] for row in taking_part(logged)] == ["River College", "Lake College"]


def test_five_thousand_delegates_are_refused_with_the_limit_and_the_text_is_still_there(logged):
    text = "\n".join(f"Person Number{n}" for n in range(5000))
    at_page = Pasting(logged)
    answer = at_page.read(text)
    assert "These are 5000 rows; at most 200 are taken at a time." in errors_of(answer)
    assert "Person Number4999" in answer.content.decode()
    assert Person.objects.count() == 0


def workbook(*rows) -> SimpleUploadedFile:
    """An Excel file."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("delegates.xlsx", out.getvalue())


@pytest.mark.parametrize(
    "file",
    [
        lambda: workbook(("Name", "Post"), ("Wei Li", "Dean")),
        lambda: SimpleUploadedFile("delegates.csv", "\ufeffName;Post\nWei Li;Dean\n".encode()),
        lambda: SimpleUploadedFile("delegates.csv", "姓名,职务\nWei Li,Dean\n".encode("gb18030")),
    ],
    ids=["xlsx", "csv", "csv of a Chinese Excel"],
)
def test_a_file_is_read_into_the_rows(logged, file):
    at_page = Pasting(logged)
    at_page.read("", file=file())
    at_page.store()
    assert [str(post.person) + ": " + str(post) for one in Person.objects.all() for post in one.posts.all()] == [
        "Wei Li: Dean"
    ]


def test_a_file_that_is_none_is_refused(logged):
    answer = Pasting(logged).read("", file=SimpleUploadedFile("delegates.xlsx", b"PK\x03\x04nothing"))
    assert "Copy the rows in the spreadsheet and paste them." in errors_of(answer)


def test_a_row_costs_no_query_of_its_own(logged):
    at_page, counts = Pasting(logged), []
    at_page.read(ROWS)
    for many in (2, 40):
        with CaptureQueriesContext(connection) as queries:
            at_page.read("Name\tOrganisation\n" + "\n".join(f"Person N{n}\tInstitute {n}" for n in range(many)))
        counts.append(len(queries))
    assert counts == [9, 9]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=80) | st.just(ROWS),
    fields=st.dictionaries(
        st.sampled_from(["who-2", "who-3", "body-0", "column-0", "side", "shown", "read", "do", "token", "first-2"]),
        st.sampled_from(["", "new", "out", "999999999999999999999", "store", "name", "host", "x\x00", "on"]),
    ),
)
def test_no_input_breaks_the_page(logged, text, fields):
    client = signed_in("staff")
    answer = client.post(
        f"{logged.get_absolute_url()}delegates/", {"text": text, "side": "visitor", "do": "read"} | fields
    )
    assert answer.status_code in (200, 303, 400, 422)


def test_a_viewer_adds_nobody_and_a_hidden_visit_is_not_there(logged):
    assert signed_in("viewer").get(f"{logged.get_absolute_url()}delegates/").status_code == 403
    hidden = visit("Hidden", visibility=3)
    assert signed_in("staff").get(f"{hidden.get_absolute_url()}delegates/").status_code == 404


def test_telephone_numbers_and_addresses_of_pasted_people_are_kept_nowhere(logged):
    rows = (
        "Name\tPost\tTelephone\tE-mail\n"
        "Ann Baker\tPress contact\t+44 121 496 0102\tann@example.org\n"
        "Wei Li\tDean 2015-2019, tel. +86 25 0000 0000\t\t\n"
    )
    at_page = Pasting(logged)
    at_page.read(rows)
    assert at_page.store().status_code == 303
    kept = " ".join(str(list(model.objects.values())) for model in (Person, Post, Participant, Organisation))
    assert (ContactPoint.objects.count(), Person.objects.count()) == (0, 2)
    assert [word for word in ("496 0102", "example.org", "0000 0000") if word in kept] == []
    assert "Dean 2015-2019" in [post.role for post in Post.objects.all()]
