"""The first page: what each role meets first, that every figure leads to exactly its list, and what it costs."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import Gap, Participant
from partnerships.records.kinds import kinds
from tests.asking import counted, signed_in, words_of
from tests.home.worlds import a_world
from tests.samples import FACTORIES, agreement, follow_up, home, organisation, partnership, somebody, visit

pytestmark = pytest.mark.django_db
ROLES = ("viewer", "staff", "manager", "admin")
QUERIES = {"viewer": 22, "staff": 23, "manager": 21, "admin": 21}
PATHS = {kind.path for kind in kinds()}


def first_page(role: str) -> str:
    """The main part of the first page."""
    answer = signed_in(role).get("/")
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def list_links(page: str) -> list[tuple[str, str]]:
    """Each link to a list, with its words."""
    found = re.findall(r'<a[^>]*href="(/([a-z-]+)/(?:\?[^"]*)?)"[^>]*>(.*?)</a>', page, re.S)
    return [(html.unescape(address), strip_tags(words)) for address, path, words in found if path in PATHS]


def heads(page: str) -> list[str]:
    """The headings of the parts, in their order."""
    return [strip_tags(head) for head in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_every_figure_leads_to_a_list_of_exactly_as_many_rows(role):
    a_world(timezone.localdate())
    links = list_links(first_page(role))
    wrong = []
    for address, words in links:
        number = re.match(r"[\d,]+", words)
        assert number, f"“{words}” says no number"
        if (count := counted(address, role)) != int(number[0].replace(",", "")):
            wrong.append((words, address, count))
    assert wrong == []
    assert signed_in(role).get(links[0][0]).context["count"] == counted(links[0][0], role)
    assert len(links) > 50


def test_a_figure_counts_nothing_that_its_reader_may_not_see():
    a_world(timezone.localdate())
    pages = {role: first_page(role) for role in ROLES}
    assert [re.search(r">(\d+) agreements<", pages[role])[1] for role in ROLES] == ["6", "12", "21", "21"]
    assert "Secret City" not in pages["viewer"] + pages["staff"]
    assert "Secret City" in pages["manager"]


def test_what_comes_first_is_what_the_role_came_for():
    a_world(timezone.localdate())
    first = {role: heads(first_page(role))[:3] for role in ROLES}
    assert first == {
        "viewer": ["Terms", "Visits by direction", "Partners by place"],
        "staff": ["Follow-ups", "Visits to come", "My gaps worth closing"],
        "manager": [
            "Agreements that need a decision",
            "Partnerships without activity",
            "Agreements without a sign of life",
        ],
        "admin": ["What happened lately", "Gaps worth closing", "Agreements that need a decision"],
    }
    assert len({tuple(sorted(heads(first_page(role)))) for role in ("viewer", "manager", "admin")}) == 1


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_the_page_costs_the_same_few_queries_for_one_of_everything_and_for_ten(role):
    client = signed_in(role)
    costs = []
    for number in (1, 9):
        with remembered(user=somebody("staff")):
            for kind in FACTORIES:
                for _ in range(number):
                    made = FACTORIES[kind]()
                    if kind == "agreement":
                        Gap.objects.create(record_kind=kind, record_id=made.pk, field="ends_on", state="not_stated")
            Participant.objects.create(visit=visit(), group="Students")
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.append(len(queries))
    assert costs == [QUERIES[role]] * 2


def test_an_agreement_of_unknown_end_says_so_in_words_and_as_a_dotted_line():
    with remembered():
        agreement("Nanjing Memorandum", signed_on="XXXX-05")
    page = first_page("manager")
    words = words_of(page)
    assert (
        "1 agreement : none known to be in force, 1 unknown . Besides: no visit took place, no visit is to come, no follow-up is open."
        in words
    )
    assert "Nanjing Memorandum Unknown: no end date recorded · no owner" in words
    assert "May, year not stated , end not recorded" in words
    assert page.count('class="unknown"') == 1


def test_staff_meet_their_own_follow_ups_first_and_others_after_them():
    today = timezone.localdate()
    with remembered():
        follow_up("Of nobody", due_on=today)
        follow_up("Mine, without a day", owner=somebody("staff"))
        follow_up("Of another", due_on=today, owner=somebody("manager"))
    titles = re.findall(r'href="/follow-ups/\d+/">(.*?)</a>', first_page("staff"))
    assert titles == ["Mine, without a day", "Of nobody", "Of another"]
    assert "no due date set · mine" in words_of(first_page("staff"))


def test_the_most_pressing_agreements_stand_first():
    today = timezone.localdate()
    with remembered():
        agreement("For ever", signed_on="2000", ending="evergreen")
        agreement("Who knows")
        agreement("Over", signed_on="1990", ends_on="2000")
        agreement("Soon", signed_on="1990", ends_on=today.isoformat())
    part = first_page("manager").split('id="decisions"')[1].split("</section>")[0]
    assert re.findall(r'href="/agreements/\d+/">(.*?)</a>', part) == ["Soon", "Over", "Who knows"]
    drawn = first_page("manager").split('id="terms"')[1].split("figcaption")[0]
    assert re.findall(r'href="/agreements/\d+/">(.*?)</a>', drawn) == ["Soon", "Over", "Who knows", "For ever"]


def test_a_quiet_partnership_is_named_and_one_that_has_ended_is_not():
    with remembered():
        ours, partner, gone = home("Ours"), organisation("Quiet"), organisation("Gone")
        partnership(home=ours, partner=partner)
        partnership(home=ours, partner=gone, status="ended")
        visit(home=ours, partner=gone)
    words = words_of(first_page("manager"))
    assert "1 with nothing recorded for 12 months" in words
    assert ("Ours and Quiet" in words, "Ours and Gone" in words) == (True, False)


def test_an_empty_register_says_what_to_do_next():
    assert "Begin with our own institution" in words_of(first_page("staff"))
    viewer = first_page("viewer")
    assert ("Staff enter what the office knows" in viewer, "/new/" in viewer) == (True, False)


def test_text_that_people_typed_is_shown_as_text():
    with remembered():
        made = agreement("<script>alert(1)</script>", signed_on="2000")
        visit("<b>Bold</b>", status="planned")
        follow_up("<i>Do</i>", agreement=made)
    page = first_page("admin")
    assert [bad for bad in ("<script>alert", "<b>Bold", "<i>Do") if bad in page] == []
    assert "&lt;b&gt;Bold" in page


def test_a_gap_of_a_hidden_record_is_counted_for_nobody_below_managers():
    with remembered():
        hidden = agreement("Hidden", visibility=Visibility.MANAGERS)
        Gap.objects.create(record_kind="agreement", record_id=hidden.pk, field="ends_on", state="not_stated")
        visit()
    assert "“Ends” is not stated" not in first_page("staff")
    assert "“Ends” is not stated" in first_page("manager")
