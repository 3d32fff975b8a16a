"""The page of an agreement leads it further: what it offers to whom, what it keeps of what was typed, and what once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.access.models import Visibility
from partnerships.agreements.steps import standing_of
from partnerships.agreements.way import STEPS
from partnerships.memory import remembered
from partnerships.memory.submissions import new_token
from partnerships.models import Agreement, AgreementStep, Party, RefusedStep, StepQuestion
from tests.agreements.taking import colleague, led_to, step
from tests.asking import errors_of, page_of, signed_in, submitted, words_of
from tests.filling import fields_of
from tests.samples import home, make, organisation, person, somebody, undertaking

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    """A browser of somebody."""
    client = Client()
    client.force_login(user)
    return client


def part_of(one: Agreement, client: Client) -> str:
    """What the page says of steps."""
    return client.get(f"{one.get_absolute_url()}steps/").content.decode()


def form_in(page: str, name: str) -> dict[str, str]:
    """What the form of a step would send back."""
    start = page.index(f'{name}/" novalidate')
    return fields_of(page[start : page.index("</form>", start)])


def sent(client: Client, one: Agreement, name: str, **typed):
    """The answer to the form of a step, filled as a browser does, each question answered with yes."""
    filled = form_in(client.get(f"{one.get_absolute_url()}{name}/").content.decode(), name)
    return client.post(f"{one.get_absolute_url()}{name}/", filled | approving(name) | typed)


def approving(name: str) -> dict[str, str]:
    """What approves a review."""
    asked = StepQuestion.objects.filter(review=STEPS[name].after, type=None)
    return {"decision": "approve"} | {f"answer_{one.pk}": "yes" for one in asked} if STEPS[name].is_review else {}


def test_the_page_says_three_things_apart_and_costs_no_more_than_before():
    one = make("agreement", step="legal_review", signed_on="XXXX-05")
    Party.objects.filter(agreement=one, order=1).update(signatory=person("Tim Jones"))
    page, queries = page_of(one)
    assert queries == 10  # twelve with areas and what sources say
    assert page.split("Where it stands ")[1].split(" Signatures 2 ")[0] == (
        "Proposed Initial due diligence Academic approval Legal review Out for signature Registered "
        "Workflow step Legal review Signatures recorded Ours only Legal state Unknown no end date recorded"
    )
    matrix = page.split("Signatures 2 Signatures Party Signed by Signed At ")[1].split(" The next step")[0]
    assert ("Tim Jones" in matrix, matrix.count("not yet asked")) == (True, 5)
    assert "no day is invented: record a signature" in matrix


def test_what_is_next_costs_the_same_however_much_there_is_and_offers_the_form_to_those_who_may():
    one, client = led_to(make("agreement"), "proposed"), signed_in("manager")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = part_of(one, client)
        assert len(queries) == 11
        for number in range(12):
            step(one, "due-diligence", colleague("manager", "cy"), decision="return", reason=f"Text {number}")
            undertaking(agreement=one)
            one.parties.create(organisation=organisation(), order=number + 3)
    asked = form_in(page, "due-diligence")
    assert {"version", "token", "content", "decided_on", "reason", "conditions"} < asked.keys()
    assert (page.count("btn pri"), 'action="/agreements' in part_of(one, signed_in("viewer"))) == (1, False)
    assert "Next is “initial due diligence”, by the staff." not in page


def test_a_step_is_taken_from_the_page_once_and_the_part_tells_who_and_why():
    one, client = led_to(make("agreement"), "proposed"), browser(colleague("manager", "Ann"))
    typed = form_in(part_of(one, client), "due-diligence") | approving("due-diligence")
    typed |= {"decision": "conditions", "conditions": "For two years", "reason": "A good partner"}
    answers = [client.post(f"{one.get_absolute_url()}due-diligence/", typed) for _ in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(303, one.get_absolute_url())] * 2
    assert AgreementStep.objects.filter(agreement=one, decision="conditions").count() == 1
    page = words_of(part_of(one, signed_in("viewer")))
    assert "Initial due diligence: approved with conditions Ann, " in page
    assert "A good partner Conditions: For two years 6 answers" in page
    assert f"content {standing_of(one).hash[:8]}" in page
    assert "Next is “academic approval”, by a manager." in page


def test_a_refused_step_keeps_what_was_typed_and_stores_nothing():
    one, client = led_to(make("agreement"), "proposed"), browser(colleague("manager", "Ann"))
    answer = sent(client, one, "due-diligence", decision="return", reason="", conditions="None")
    assert "Why, or a remark: Say what is to be changed." in errors_of(answer)
    assert {"decision": "return", "conditions": "None"}.items() <= form_in(
        answer.content.decode(), "due-diligence"
    ).items()
    answer = sent(client, one, "due-diligence", decision="", reason="Good")
    assert "Decision: Choose what was decided." in errors_of(answer)
    assert form_in(answer.content.decode(), "due-diligence")["reason"] == "Good"
    must = StepQuestion.objects.filter(review="due_diligence", needs_yes=True).first()
    answer = sent(client, one, "due-diligence", **{f"answer_{must.pk}": "no"})
    assert f"{must.words}: While the answer is no" in errors_of(answer)
    assert AgreementStep.objects.filter(agreement=one).count() == 1


def test_content_that_changed_since_it_was_opened_is_not_approved_and_what_was_typed_stays():
    one, client = led_to(make("agreement"), "proposed"), browser(colleague("manager", "Ann"))
    typed = form_in(part_of(one, client), "due-diligence") | approving("due-diligence") | {"reason": "A good partner"}
    undertaking("Medicine", agreement=one)
    answer = client.post(f"{one.get_absolute_url()}due-diligence/", typed)
    page = answer.content.decode()
    assert (answer.status_code, "changed after you had opened it" in page, "A good partner" in page) == (
        409,
        True,
        True,
    )
    again = form_in(page, "due-diligence")
    assert again["content"] == standing_of(one).hash
    assert client.post(f"{one.get_absolute_url()}due-diligence/", again).status_code == 303
    stale = client.post(f"{one.get_absolute_url()}academic-approval/", typed | {"token": new_token(), "version": "1"})
    assert (stale.status_code, RefusedStep.objects.count()) == (409, 2)


def test_who_may_not_is_refused_also_at_the_address_and_staff_leave_a_trail():
    one, client = led_to(make("agreement"), "due_diligence"), signed_in("staff")
    sent_by_hand = {"token": new_token(), "version": one.version, "decision": "approve", "decided_on": "2026-01-01"}
    for name in STEPS:
        assert signed_in("viewer").get(f"{one.get_absolute_url()}{name}/").status_code == 403
        assert signed_in("viewer").post(f"{one.get_absolute_url()}{name}/", sent_by_hand).status_code == 403
    needs = "You are signed in as viewer. This needs the role staff, manager or admin."
    kept = RefusedStep.objects.filter(agreement=one, tried_by=somebody("viewer"), why=needs)
    assert sorted(kept.values_list("tried", flat=True)) == sorted(2 * [each.verb for each in STEPS.values()])
    kept.delete()
    answer = client.post(f"{one.get_absolute_url()}academic-approval/", sent_by_hand)
    assert (answer.status_code, "Only a manager may do this" in answer.content.decode()) == (403, True)
    assert "Tried and refused 1 Decide on the academic approval test-staff" in words_of(part_of(one, client))
    hidden = make("agreement", visibility=Visibility.MANAGERS)
    assert {client.get(f"{hidden.get_absolute_url()}{name}/").status_code for name in ("steps", *STEPS)} == {404}
    signed_in("viewer").get(f"{hidden.get_absolute_url()}propose/")
    signed_in("viewer").get("/agreements/999999/propose/")
    assert "Tried and refused 1 Propose it test-viewer" in words_of(part_of(hidden, signed_in("manager")))


@pytest.mark.parametrize(
    ("role", "name", "typed", "status", "why"),
    [
        ("staff", "due-diligence", {"decision": "decline"}, 403, "Only a manager may do this"),
        ("staff", "academic-approval", {}, 403, "Only a manager may do this"),
        ("manager", "legal-review", {}, 422, "An agreement at “proposed” can’t go to “legal review” next."),
        ("manager", "due-diligence", {"content": "of before"}, 409, "The agreement was changed after you had opened"),
        ("manager", "due-diligence", {"version": "1"}, 409, "Somebody else had changed the agreement meanwhile."),
        ("manager", "due-diligence", {"decision": "conditions"}, 422, ""),
        ("manager", "due-diligence", {"decided_on": "2999-01-01"}, 422, ""),
        ("manager", "decline", {"reason": "x" * 401}, 422, ""),
    ],
)
def test_what_a_rule_refuses_is_kept_also_where_the_form_is_wrong_and_what_is_mistyped_is_not(
    role, name, typed, status, why
):
    one = led_to(make("agreement"), "proposed")
    sent_by_hand = {
        "token": new_token(),
        "version": one.version,
        "content": standing_of(one).hash,
        "decided_on": "soon",
    }
    answer = browser(colleague(role, "Ann")).post(f"{one.get_absolute_url()}{name}/", sent_by_hand | typed)
    kept = [(each.tried, each.tried_by.username, each.why) for each in RefusedStep.objects.all()]
    assert answer.status_code == status
    assert [(tried, who) for tried, who, _ in kept] == ([(STEPS[name].verb, "Ann")] if why else [])
    assert all(each.startswith(why) for *_, each in kept)
    assert AgreementStep.objects.filter(agreement=one).count() == 1


def test_whoever_submitted_is_told_that_somebody_else_decides():
    with remembered(user=somebody("manager")):
        one = make("agreement", step="proposed")
    page = part_of(one, signed_in("manager"))
    assert "You recorded it. So somebody else must decide on it, and nobody is left who may. Ask an admin" in page
    assert ("/due-diligence/" in page, "/withdraw/" in page) == (False, True)


def test_an_approval_that_was_lost_is_said_and_given_again_with_the_answers_of_before():
    one, client = led_to(make("agreement"), "academic_approval"), signed_in("manager")
    Agreement.objects.filter(pk=one.pk).update(title="Another", ends_on_edtf="2030")
    page = part_of(one, client)
    assert "Changed since initial due diligence by decides-1 and academic approval by decides-2 (Title, Ends)" in page
    assert words_of(page).count("doesn’t count any more: changed since were Title, Ends") == 2
    asked = form_in(page, "due-diligence")
    assert {value for name, value in asked.items() if name.startswith("answer_")} == {"yes"}
    answer = sent(client, one, "due-diligence")
    assert answer.status_code == 303
    assert "Next is" not in words_of(part_of(one, client))


def test_registering_keeps_who_signed_as_far_as_known_and_gives_the_reference():
    leeds, partner = home("Leeds"), organisation("Partner")
    one, client = led_to(make("agreement", parties=(leeds, partner)), "out_for_signature"), signed_in("manager")
    ours, theirs = one.parties.order_by("order")
    known = {f"signatory_{ours.pk}": str(person("Shearer West").pk), f"signed_on_{ours.pk}_date": "March 2026"}
    assert "Why, or a remark: Say why it is not known who signed for Partner" in errors_of(
        sent(client, one, "register", **known)
    )
    wrong = sent(client, one, "register", **known | {f"signed_on_{theirs.pk}_date": "2026-02-31"})
    assert ("Signed: " in errors_of(wrong), 'value="March 2026"' in wrong.content.decode()) == (True, True)
    ahead = sent(client, one, "register", **known | {f"signed_on_{theirs.pk}_date": "9999"})
    assert "Signed: This day is still to come, so nobody has signed on it." in errors_of(ahead)
    told = sent(client, one, "register", reason="Their copy is not back", **known)
    assert told.status_code == 303
    one.refresh_from_db()
    ours.refresh_from_db()
    assert (one.step, one.reference[:2], str(ours.signatory), ours.signed_on.words) == (
        "registered",
        "A-",
        "Shearer West",
        "March 2026",
    )
    assert "Signatures recorded Ours only" in page_of(one)[0]


def test_an_agreement_is_recorded_as_proposed_or_without_a_step_and_goes_on_by_steps():
    page = signed_in("staff").get("/agreements/new/").content.decode()
    options = page[page.index('name="step"') :].split("</select>")[0]
    assert options.count("<option") == 2
    parties = {"partys-TOTAL_FORMS": 2, "partys-0-organisation": home().pk, "partys-1-organisation": organisation().pk}
    assert submitted("agreements", title="Exchange", stands_for="one", step="registered", **parties).status_code == 422
    for name in ("signed_on_date", "partys-1-signed_on_date"):
        ahead = submitted("agreements", title="Exchange", stands_for="one", **parties, **{name: "May 2199"})
        assert "This day is still to come, so nobody has signed on it." in errors_of(ahead)
    assert submitted("agreements", title="Exchange", stands_for="one", step="proposed", **parties).status_code == 303
    taken = AgreementStep.objects.get()
    assert (str(taken), taken.taken_by) == ("no step → proposed", somebody("staff"))
    edit = signed_in("staff").get(f"{taken.agreement.get_absolute_url()}edit/").content.decode()
    assert 'name="step"' not in edit


def test_a_form_that_came_back_is_sent_again_with_what_was_missing():
    one, client = led_to(make("agreement"), "proposed"), browser(colleague("manager", "Ann"))
    answer = sent(client, one, "due-diligence", decision="conditions")
    assert "Conditions: Name the conditions." in errors_of(answer)
    again = form_in(answer.content.decode(), "due-diligence") | {"conditions": "For two years"}
    answer = client.post(f"{one.get_absolute_url()}due-diligence/", again)
    assert answer.status_code == 303, errors_of(answer)
