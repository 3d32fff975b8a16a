"""What the first page tells of the last changes, and to whom."""

import pytest
from django.utils import timezone

from partnerships import models
from partnerships.access.models import Visibility
from partnerships.access.roles import Role
from partnerships.home.lately import SHOWN, lately
from partnerships.memory import remembered
from partnerships.records.pages import Look
from tests.samples import agreement, organisation, person, somebody, visit

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def told(role: str) -> list[str]:
    """The lines as somebody of a role reads them, without the moment."""
    look = Look(somebody(role), Role[role.upper()], timezone.localdate())
    return [" · ".join([line.title.words, *(one.words for one in line.second[:-1])]) for line in lately(look).lines]


def test_the_newest_change_stands_first_and_says_what_was_done_by_whom():
    with remembered(user=somebody("staff")):
        one = visit("They came", happens_on="2024")
    with remembered(user=somebody("manager")):
        one.title, one.happens_on, one.purpose = "They came at last", "2025", "Talks"
        one.save()
    lines = told("viewer")
    assert lines[:2] == [
        "They came at last · visit changed: title, when, purpose · test-manager",
        "They came at last · visit added · test-staff",
    ] or lines[1].startswith("Our University")
    assert (len(lines), lines[0]) == (3, "They came at last · visit changed: title, when, purpose · test-manager")


def test_what_somebody_tried_in_vain_changed_nothing():
    with remembered(user=somebody("staff")):
        one = agreement("An agreement")
    with remembered(user=somebody("viewer")):
        models.RefusedStep.objects.create(agreement=one, tried="Propose it", why="Not for viewers")
    assert told("manager")[0] == "An agreement · agreement added · test-staff"


def test_a_hidden_record_is_told_to_nobody_who_may_not_see_it():
    with remembered(user=somebody("staff")):
        agreement("Hidden agreement", **HIDDEN)
    assert [line for line in told("staff") if "Hidden" in line] == []
    assert [line for line in told("manager") if "Hidden" in line] == ["Hidden agreement · agreement added · test-staff"]


def test_a_row_that_names_somebody_hidden_is_told_to_nobody_who_may_not_see_them():
    with remembered():
        one, secret, known = visit("They came"), person("Secret", **HIDDEN), person("Known")
    with remembered(user=somebody("manager")):
        models.Participant.objects.create(visit=one, person=secret)
    assert "They came · visit changed: participants · test-manager" not in told("staff")
    assert "They came · visit changed: participants · test-manager" in told("manager")
    with remembered(user=somebody("manager")):
        models.Participant.objects.create(visit=one, person=known)
    assert "They came · visit changed: participants · test-manager" in told("staff")


def test_what_was_deleted_is_told_to_admins_by_the_name_it_had():
    with remembered():
        one = organisation("Closed Institute")
    with remembered(user=somebody("manager")):
        one.delete()
    assert told("admin")[0] == "Closed Institute · organisation deleted · test-manager"
    assert [line for line in told("manager") if "Closed" in line] == []


def test_many_records_at_once_are_one_line():
    with remembered(user=somebody("staff")):
        for _ in range(5):
            visit()
    assert told("viewer") == ["Many at once: visits, organisations · test-staff"]


def test_at_most_ten_things_are_told():
    for number in range(SHOWN + 3):
        with remembered(user=somebody("staff")):
            person(f"Person {number:02}")
    assert len(told("viewer")) == SHOWN
    assert told("viewer")[0].startswith(f"Person {SHOWN + 2:02}")
