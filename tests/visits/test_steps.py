"""How a visit goes from request to what was promised: which step leads where, for whom, and what it needs."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from partnerships.access.models import Visibility
from partnerships.access.roles import Role
from partnerships.memory import remembered
from partnerships.memory.versions import StaleRecord
from partnerships.models import Participant, Visit, VisitKind, VisitStep
from partnerships.values.dates import HonestDate
from partnerships.visits.models import VisitStatus
from partnerships.visits.steps import STEPS, StepRefused, steps_from, take_step
from tests.asking import errors_of, signed_in, words_of
from tests.filling import fields_of
from tests.samples import follow_up, make, person, somebody, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)
# From where each step leads whither, and the least role: written once more, so that a change of the rules is seen.
LEADS = {
    ("requested", "triage"): ("triaged", "staff"),
    ("requested", "decline"): ("declined", "manager"),
    ("requested", "cancel"): ("cancelled", "staff"),
    ("triaged", "approve"): ("approved", "manager"),
    ("triaged", "decline"): ("declined", "manager"),
    ("triaged", "cancel"): ("cancelled", "staff"),
    ("approved", "plan"): ("planned", "staff"),
    ("approved", "happen"): ("happened", "staff"),
    ("approved", "cancel"): ("cancelled", "staff"),
    ("planned", "happen"): ("happened", "staff"),
    ("planned", "cancel"): ("cancelled", "staff"),
    ("happened", "debrief"): ("debriefed", "staff"),
    ("debriefed", "close"): ("closed", "staff"),
    ("declined", "reopen"): ("requested", "manager"),
    ("cancelled", "reopen"): ("requested", "manager"),
    ("closed", "resume"): ("debriefed", "manager"),
}


def ready(**more) -> Visit:
    """A visit of which every step finds what it needs."""
    more.setdefault("kind", VisitKind.objects.first())
    more.setdefault("happens_on", HonestDate.from_notation("2026-03-02"))
    one = visit(went_well="All of it", **more)
    Participant.objects.create(visit=one, side="host", person=person(), role="host_lead")
    return one


def step(one: Visit, name: str, role: str = "manager", **given) -> VisitStep:
    """Take a step as somebody of a role."""
    one.refresh_from_db()
    given.setdefault("version", one.version)
    return take_step(visit=one, step=STEPS[name], user=somebody(role), today=TODAY, **given)


def wanting(one: Visit, name: str, **given) -> dict:
    """What a step says is missing; nothing is written."""
    with pytest.raises(ValidationError) as refused:
        step(one, name, **given)
    return {field: " ".join(sentences) for field, sentences in refused.value.message_dict.items()}


@pytest.mark.parametrize("role", ["viewer", "staff", "manager", "admin"])
def test_each_step_leads_from_its_statuses_only_and_is_taken_by_its_roles_only(role):
    one, came = ready(), {}
    for status in VisitStatus:
        offered = {each.name for each in steps_from(Visit(status=status), Role[role.upper()])}
        for name in STEPS:
            Visit.objects.filter(pk=one.pk).update(status=status)
            try:
                taken = step(one, name, role, reason="So it is")
                came[status.value, name] = one.status
                assert (taken.before, taken.after, taken.reason) == (status, one.status, "So it is")
            except StepRefused:
                one.refresh_from_db()
                assert one.status == status
            assert ((status.value, name) in came) == (name in offered)
    allowed = {key: after for key, (after, least) in LEADS.items() if Role[role.upper()] >= Role[least.upper()]}
    assert came == allowed
    assert VisitStep.objects.count() == len(allowed)


def test_nobody_approves_what_they_recorded_or_asked_for_again():
    with remembered(user=somebody("manager")):
        one = ready(status="triaged")
    with pytest.raises(StepRefused, match="another manager must approve"):
        step(one, "approve")
    assert step(one, "approve", "admin").taken_by == somebody("admin")
    two = ready(status="cancelled")
    step(two, "reopen", reason="They can come after all")
    step(two, "triage")
    with pytest.raises(StepRefused, match="another manager must approve"):
        step(two, "approve")


def test_a_step_from_what_somebody_else_changed_meanwhile_is_refused():
    one = ready()  # who leads was added after the visit itself
    with pytest.raises(StaleRecord):
        step(one, "triage", version=1)
    assert Visit.objects.get().status == "requested"


def test_a_request_is_triaged_once_it_is_said_what_it_is_for():
    assert wanting(ready(kind=None), "triage") == {"kind": "Choose what the visit is for."}


def test_what_ends_or_begins_again_needs_a_reason():
    for status, name in [("triaged", "decline"), ("planned", "cancel"), ("declined", "reopen"), ("closed", "resume")]:
        assert list(wanting(ready(status=status), name)) == ["reason"]


def test_a_plan_has_a_date_with_its_year_or_a_reason_and_somebody_who_leads():
    one = visit(status="approved", happens_on=HonestDate.from_notation("XXXX-05"))
    assert wanting(one, "plan") == {
        "happens_on": "Give a date with its year, or say below why there is none yet.",
        "leader": "Choose who of our own leads.",
    }
    lead = person("Jon Frampton")
    Participant.objects.create(visit=one, side="visitor", person=lead)
    assert wanting(one, "plan", reason="Theirs to say", leader=lead) == {
        "leader": "Jon Frampton stands on the other side of this visit already."
    }
    step(one, "plan", reason="Theirs to say", leader=person("Yulong Ding"))
    assert [(str(row), row.side, row.role) for row in one.participants.all()] == [
        ("Jon Frampton", "visitor", ""),
        ("Yulong Ding", "host", "host_lead"),
    ]


def test_where_we_are_the_guests_the_head_of_the_delegation_leads():
    one = ready(status="approved", direction="outbound")
    lead = person("Tim Jones")
    Participant.objects.create(visit=one, side="visitor", person=lead)
    step(one, "plan", leader=lead)
    assert [(row.side, row.role) for row in one.participants.filter(person=lead)] == [("visitor", "head")]


def test_a_visit_has_not_happened_before_its_first_possible_day():
    one = ready(status="planned", happens_on=HonestDate.from_notation("2026-03-05"))
    assert wanting(one, "happen") == {
        "happens_on": "The visit can’t have happened: its date, 5 March 2026, is still to come."
    }
    for notation in ("2026-03-04", "2026", "XXXX-05"):
        step(ready(status="planned", happens_on=HonestDate.from_notation(notation)), "happen")


def test_a_debrief_says_how_it_went():
    one = ready(status="happened")
    Visit.objects.update(went_well="")
    assert list(wanting(one, "debrief")) == ["went_well"]
    Visit.objects.update(went_otherwise="The tour")
    assert step(one, "debrief").after == "debriefed"


def test_a_visit_is_closed_when_every_open_follow_up_has_an_owner_or_for_a_reason():
    one = ready(status="debriefed")
    follow_up(visit=one)
    follow_up(visit=one, owner=somebody("staff"))
    hidden = follow_up(visit=one, visibility=Visibility.MANAGERS)
    assert wanting(one, "close", role="staff")["reason"].startswith("One follow-up is open and nobody’s")
    assert wanting(one, "close")["reason"].startswith("2 follow-ups are open and nobody’s")
    hidden.delete()
    step(one, "close", reason="The others answer")
    assert one.status == "closed"


def sent(client, one: Visit, name: str, **typed):
    """The answer to the form of a step, filled as a browser does."""
    address = f"{one.get_absolute_url()}{name}/"
    page = client.get(address).content.decode()
    return client.post(address, fields_of(page[page.index('class="step"') :]) | typed)


def test_the_page_offers_the_next_steps_with_what_they_need_and_shows_where_it_stands():
    one = make("visit", status="approved")
    page = signed_in("staff").get(one.get_absolute_url()).content.decode()
    assert "Requested Triaged Approved Planned Happened Debriefed Closed" in words_of(page)
    asked = fields_of(page[page.index('class="step"') : page.index("</form>", page.index('class="step"'))])
    assert set(asked) - {"csrfmiddlewaretoken", "token", "version"} == {
        "happens_on_date",
        "happens_on_wording",
        "leader",
        "leader-typed",
        "reason",
    }
    assert page.count("btn pri") == 1
    assert 'class="step"' not in signed_in("viewer").get(one.get_absolute_url()).content.decode()


def test_a_step_is_taken_from_the_page_once():
    one, client = make("visit", status="approved"), signed_in("staff")
    page = client.get(one.get_absolute_url()).content.decode()
    typed = fields_of(page[page.index('class="step"') : page.index("</form>", page.index('class="step"'))])
    typed |= {"happens_on_date": "June 2027", "leader": str(person("Jon Frampton").pk)}
    answers = [client.post(f"{one.get_absolute_url()}plan/", typed) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, one.get_absolute_url())] * 2
    one.refresh_from_db()
    assert (one.status, one.happens_on.words, VisitStep.objects.count()) == ("planned", "June 2027", 1)


def test_a_refused_step_keeps_what_was_typed_and_stores_nothing():
    one, client = make("visit", status="approved"), signed_in("staff")
    answer = sent(client, one, "plan", happens_on_date="2027-02-31", reason="Soon")
    assert "When: " in errors_of(answer)
    assert {'value="2027-02-31"' in answer.content.decode(), 'value="Soon"' in answer.content.decode()} == {True}
    answer = sent(client, one, "plan", happens_on_date="June 2027")
    assert "Who of our own leads: Choose who of our own leads." in errors_of(answer)
    assert 'value="June 2027"' in answer.content.decode()
    answer = sent(client, one, "plan", version="99", happens_on_date="June 2027", leader=str(person().pk))
    assert answer.status_code == 409
    one.refresh_from_db()
    assert (one.status, one.happens_on.words, VisitStep.objects.count()) == ("approved", "", 0)


def test_a_step_out_of_place_is_refused_in_words_and_to_a_lower_role_not_offered():
    one = make("visit", status="happened")
    answer = sent(signed_in("staff"), make("visit", status="requested"), "cancel", reason="")
    assert "Say why the visit is cancelled." in errors_of(answer)
    client = signed_in("staff")
    token = {"token": "a" * 20, "version": "1", "reason": "No"}
    assert "A visit at “happened” can’t go to “cancelled”" in words_of(
        client.post(f"{one.get_absolute_url()}cancel/", token).content.decode()
    ).replace("&#x27;", "'")
    assert client.get(f"{one.get_absolute_url()}approve/").status_code == 403
    assert client.post(f"{one.get_absolute_url()}reopen/", token).status_code == 403
    hidden = make("visit", visibility=Visibility.MANAGERS)
    assert client.get(f"{hidden.get_absolute_url()}triage/").status_code == 404


def test_a_visit_is_logged_as_asked_for_planned_or_over_and_goes_on_by_steps():
    page = signed_in("staff").get("/visits/new/").content.decode()
    options = page[page.index('name="status"') :].split("</select>")[0]
    assert [one for one in VisitStatus.values if f'value="{one}"' in options] == ["requested", "planned", "happened"]
    one = make("visit")
    assert 'name="status"' not in signed_in("staff").get(f"{one.get_absolute_url()}edit/").content.decode()


def test_before_its_day_nobody_is_pressed_to_say_that_a_visit_happened():
    for notation, pressed in (("2020-03-04", True), ("2999-03-04", False)):
        one = make("visit", status="planned", happens_on=HonestDate.from_notation(notation))
        page = signed_in("staff").get(one.get_absolute_url()).content.decode()
        before = page[: page.index('action="' + one.get_absolute_url() + 'happen/"')]
        assert ('<details class="add">' not in before, page.count("btn pri")) == (pressed, 1)
