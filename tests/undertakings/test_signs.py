"""What became of each line of an agreement: signs of life, what may show more, and the acts on both."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.access.roles import Role
from partnerships.access.scoping import scope
from partnerships.memory import remembered
from partnerships.memory.submissions import new_token
from partnerships.models import Activity, Dismissal, Evidence, Subject, Visit, VisitAgreement
from partnerships.records.pages import Look
from partnerships.undertakings.records.candidates import candidates_of
from tests.asking import page_of, signed_in, words_of
from tests.samples import (
    agreement,
    follow_up,
    home,
    organisation,
    partnership,
    place,
    programme,
    project,
    somebody,
    source,
    statement,
    undertaking,
    visit,
)

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def look(role: str = "staff") -> Look:
    """A reader of today."""
    return Look(somebody(role), Role[role.upper()], timezone.localdate())


def in_area(record, *subjects: str):
    """The record with these subjects; of a visit, its line."""
    for label in subjects:
        record.subjects.add(Subject.objects.get_or_create(code=f"s-{label}", defaults={"label": label})[0])
    return record


@pytest.fixture
def memorandum(db):
    """An agreement of 2024 with the government of a city, on law and on art."""
    city = place("Nanjing", handle="nanjing")
    with remembered():
        made = agreement("MoU", parties=(home("Ours"), organisation("City Government", place=city)), signed_on="2024")
        in_area(undertaking("Law", agreement=made, standing="agreed", order=1), "law")
        in_area(undertaking("Art", agreement=made, standing="agreed", order=2), "art")
    return made


def suggested(made, role: str = "staff") -> dict[str, list[str]]:
    """The candidates of each line, with their reasons."""
    lines = list(made.undertakings.all())
    found = candidates_of(lines, look(role))
    return {line.wording: [f"{one.title}: {'; '.join(one.why)}" for one in found[line.pk]] for line in lines}


def test_a_record_is_suggested_where_partner_area_and_time_fit_and_says_why(memorandum):
    ours, theirs = (party.organisation for party in memorandum.parties.all())
    with remembered():
        came = visit("They came", home=ours, partner=theirs, status="happened", happens_on="2025")
        in_area(undertaking(visit=came), "law")
        before = visit("Before", home=ours, partner=theirs, status="happened", happens_on="2023")
        in_area(undertaking(visit=before), "law")
        planned = visit("Planned", home=ours, partner=theirs, status="planned", happens_on="2025")
        in_area(undertaking(visit=planned), "law")
        in_area(programme("Of another home", home=home(), agreement=memorandum), "law")
        programme("Without an area", home=ours, agreement=memorandum)
        near = organisation("City University", place=theirs.place)
        in_area(undertaking("Plays", partnership=partnership(home=ours, partner=near), standing="established"), "art")
        told, page = in_area(project("Told of", home=ours), "art"), source("Page")
        statement(about=told, source=page)
        statement(about=memorandum, source=page)
        in_area(project("Hidden", home=ours, agreement=memorandum, **HIDDEN), "art")
        in_area(project("Far", home=ours), "art")
    bare = "Without an area: recorded under the same agreement; its area is not recorded; the year is not known"
    assert suggested(memorandum) == {
        "Law": [bare, "They came: with City Government; shares law"],
        "Art": [
            bare,
            "Plays, with City University: with City University, which is in Nanjing as well; shares art; "
            "the year is not known",
            "Told of: told of in the same document, Page; shares art; the year is not known",
        ],
    }
    assert "Hidden: recorded under the same agreement; shares art" in str(suggested(memorandum, "manager")["Art"])


def test_the_visit_of_the_signing_itself_is_no_sign_and_a_later_one_is(memorandum):
    ours, theirs = (party.organisation for party in memorandum.parties.all())
    for title, kind in (("Signing", "signed"), ("Afterwards", "followed")):
        one = visit(title, home=ours, partner=theirs, status="happened", happens_on="2024-05")
        VisitAgreement.objects.create(visit=one, agreement=memorandum, kind=kind)
    assert [one.partition(":")[0] for one in suggested(memorandum)["Law"]] == ["Afterwards"]


def test_candidates_cost_the_same_for_one_line_and_for_thirty(memorandum):
    ours = memorandum.parties.first().organisation
    activity, reader = Activity.objects.create(code="a-x", label="x"), look()
    scope(reader.user, Visit.objects.all())

    def cost() -> int:
        lines = list(memorandum.undertakings.all())
        with CaptureQueriesContext(connection) as queries:
            candidates_of(lines, reader)
        return len(queries)

    def more(number: int) -> None:
        for _ in range(number):
            undertaking(agreement=memorandum).activities.add(activity)
            in_area(project(home=ours, agreement=memorandum), "law")
            came = visit(home=ours, partner=memorandum.parties.last().organisation, status="happened")
            undertaking(visit=came).activities.add(activity)

    more(1)
    assert cost() == 31
    more(15)
    assert cost() == 31


def part(made, role: str = "staff") -> str:
    """The words of the part of its page."""
    return words_of(signed_in(role).get(f"/agreements/{made.pk}/signs/").content.decode())


def sent(client, line, record, verb: str, of: str = "project", token: str = ""):
    """An act on a line and a record."""
    address = f"/undertakings/{line.pk}/evidence/{of}/{record.pk}/{verb}/"
    return client.post(address, {"token": token or new_token()})


def test_a_candidate_is_linked_once_shown_as_the_last_sign_and_taken_back(memorandum):
    line, client = memorandum.undertakings.first(), signed_in("staff")
    held = project("Court", agreement=memorandum, starts_on="2025-03")
    assert part(memorandum).count("Court") == 6  # on both lines: as a link and in the names of two acts
    assert "Evidence: none yet" in part(memorandum)
    token = new_token()
    answers = [sent(client, line, held, "link", token=token) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"/agreements/{memorandum.pk}/#signs"] * 2
    assert Evidence.objects.get().record == held
    assert "Court March 2025" in part(memorandum)
    assert sent(client, line, held, "dismiss").status_code == 303
    assert not Dismissal.objects.exists()
    sent(client, line, held, "unlink")
    assert not Evidence.objects.exists()
    assert [one.partition(":")[0] for one in suggested(memorandum)["Law"]] == ["Court"]


def test_what_is_dismissed_stays_away_until_it_is_brought_back(memorandum):
    line, client, held = memorandum.undertakings.first(), signed_in("staff"), project("Court", agreement=memorandum)
    sent(client, line, held, "dismiss")
    assert [len(found) for found in suggested(memorandum).values()] == [0, 1]
    assert "1 record was dismissed" in part(memorandum)
    sent(client, line, held, "restore")
    assert [len(found) for found in suggested(memorandum).values()] == [1, 1]


def test_only_staff_judge_and_only_what_they_may_see(memorandum):
    line = memorandum.undertakings.first()
    held, secret = project("Court", agreement=memorandum), project("Secret", agreement=memorandum, **HIDDEN)
    assert sent(signed_in("viewer"), line, held, "link").status_code == 403
    assert "may show something" not in part(memorandum, "viewer")
    staff = signed_in("staff")
    assert [sent(staff, line, one, "link", of).status_code for one, of in ((secret, "project"), (held, "person"))] == [
        404,
        404,
    ]
    assert sent(staff, line, line, "link", "line").status_code == 404
    assert staff.get(f"/undertakings/{line.pk}/evidence/project/{held.pk}/link/").status_code == 200
    assert not Evidence.objects.exists()


def test_the_newest_dated_sign_comes_first_and_the_undated_says_so(memorandum):
    line = memorandum.undertakings.first()
    for title, day in (("Old", "2020"), ("New", "2025-01"), ("Undated", "")):
        Evidence.objects.create(undertaking=line, project=project(title, **({"starts_on": day} if day else {})))
    follow_up("Write", agreement=memorandum, undertaking=line, done_on="2024-06-01", outcome="Wrote.")
    told = part(memorandum)
    assert [told.index(word) for word in ("New", "Write", "Old", "Undated when, is not known")] == sorted(
        told.index(word) for word in ("New", "Write", "Old", "Undated when, is not known")
    )


def test_the_page_of_the_record_costs_twelve_queries_and_leads_to_the_part(memorandum):
    words, queries = page_of(memorandum)
    assert ("Signs of life" in words, queries <= 12) == (True, True)
    page = signed_in("staff").get(f"/agreements/{memorandum.pk}/signs/").content.decode()
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["Signs of life"]
