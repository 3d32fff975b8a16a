"""How an agreement comes from its proposal to the register: which step leads where, for whom, and what it needs."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from partnerships.access.roles import Role
from partnerships.agreements.models import Decision
from partnerships.agreements.questions import IN_THE_WAY, Answer
from partnerships.agreements.steps import ContentChanged, NotForYou, StepRefused, standing_of, steps_from
from partnerships.agreements.way import STEPS
from partnerships.memory import remembered
from partnerships.memory.versions import StaleRecord
from partnerships.models import (
    Agreement,
    AgreementStep,
    AgreementType,
    RefusedStep,
    StepAnswer,
    StepQuestion,
)
from partnerships.values.dates import HonestDate
from tests.agreements.taking import TODAY, colleague, given_for, led_to, refused, step, told, wanting
from tests.asking import signed_in, words_of
from tests.samples import agreement, organisation, person, somebody, undertaking

pytestmark = pytest.mark.django_db
# From where each step leads whither, and the least role: written once more, so that a change of the rules is seen.
OPEN = ("proposed", "due_diligence", "academic_approval", "legal_review", "out_for_signature")
LEADS = {
    ("", "propose"): ("proposed", "staff"),
    ("", "register-as-found"): ("registered", "manager"),
    ("proposed", "due-diligence"): ("due_diligence", "staff"),
    ("due_diligence", "academic-approval"): ("academic_approval", "manager"),
    ("academic_approval", "legal-review"): ("legal_review", "manager"),
    ("legal_review", "send"): ("out_for_signature", "staff"),
    ("out_for_signature", "register"): ("registered", "manager"),
    ("declined", "propose"): ("proposed", "staff"),
    ("withdrawn", "propose"): ("proposed", "staff"),
    **{(place, "decline"): ("declined", "manager") for place in OPEN},
    **{(place, "withdraw"): ("withdrawn", "staff") for place in OPEN},
}
# Where a decision of a review leads, for whom; "" stands for the step's own place and role.
DECISIONS = {
    "approve": ("", ""),
    "conditions": ("", ""),
    "return": ("proposed", ""),
    "decline": ("declined", "manager"),
}


def everywhere() -> dict[str, Agreement]:
    """An agreement at each place, which came there along the way."""
    found = {place: led_to(agreement(), place) for place in ("", *OPEN, "registered")}
    for name, place in (("decline", "declined"), ("withdraw", "withdrawn")):
        found[place] = led_to(agreement(), "proposed")
        step(found[place], name, colleague("manager", "ends-it"))
    return found


def test_each_step_leads_from_its_places_only_and_is_taken_by_its_roles_only():
    places, came, count = everywhere(), {}, RefusedStep.objects.count()
    standings = {place: standing_of(one) for place, one in places.items()}
    tries = [(name, decision) for name in STEPS for decision in (Decision.values if STEPS[name].is_review else [""])]
    for role, (place, one), (name, decision) in product(Role, places.items(), tries):
        if role == Role.NOBODY or decision not in ("", "approve") and (place, name) not in LEADS:
            continue
        more = {"decision": decision, "conditions": "Two years" if decision == "conditions" else ""}
        mark, given = transaction.savepoint(), given_for(standings[place], name, **more)
        try:
            taken = step(one, name, somebody(role.title), given=given)
        except StepRefused as why:
            tried, count = RefusedStep.objects.latest("pk"), count + 1
            found, expected = (tried.agreement, tried.why, RefusedStep.objects.count()), (one, str(why), count)
        else:
            came[role, place, name, decision] = one.step
            found, expected = (taken.before, taken.after, taken.taken_by), (place, one.step, somebody(role.title))
            transaction.savepoint_rollback(mark)
        one.refresh_from_db()
        assert (found, one.step) == (expected, place)
    assert came == allowed()
    offered = {
        (role, at, each.name) for role in Role for at, one in standings.items() for each in steps_from(one, role)
    }
    assert {(role, place, name) for role, place, name, _ in came} == offered


def allowed() -> dict[tuple, str]:
    """Where each role's step leads from each place, by each decision."""
    found = {}
    for role, ((place, name), (after, least)) in product(Role, LEADS.items()):
        for decision in DECISIONS if STEPS[name].is_review else [""]:
            leads, needs = DECISIONS.get(decision, ("", ""))
            if role >= max(Role[least.upper()], Role[(needs or least).upper()]):
                found[role, place, name, decision] = leads or after
    return found


def test_the_way_keeps_who_decided_what_on_which_content_when_and_why():
    one = led_to(agreement(), "registered")
    steps = list(AgreementStep.objects.filter(agreement=one))
    assert [(str(each), each.decision, each.taken_by.username) for each in steps] == [
        ("no step → proposed", "", "decides-0"),
        ("proposed → initial due diligence", "approve", "decides-1"),
        ("initial due diligence → academic approval", "approve", "decides-2"),
        ("academic approval → legal review", "approve", "decides-3"),
        ("legal review → out for signature", "", "decides-4"),
        ("out for signature → registered", "", "decides-5"),
    ]
    assert [(each.reason, each.decided_on) for each in steps if each.review] == [("So it is", TODAY)] * 3
    assert {each.content_hash for each in steps} == {standing_of(one).hash}
    assert one.reference == "A-2026-0001"


def test_a_decision_on_other_content_or_another_version_than_was_seen_is_refused_and_kept_as_tried():
    one, cy = led_to(agreement(), "proposed"), colleague("manager", "cy")
    seen = given_for(standing_of(one), "due-diligence")
    undertaking("Medicine", agreement=one)  # a record of its own: the agreement's version stays
    with pytest.raises(ContentChanged, match="changed after you had opened it"):
        step(one, "due-diligence", cy, given=seen)
    with pytest.raises(StaleRecord):
        step(one, "due-diligence", cy, version=1)
    assert list(RefusedStep.objects.values_list("agreement", "tried", "tried_by__username", "why")) == [
        (one.pk, "Decide on the due diligence", "cy", why)
        for why in (
            "The agreement was changed after you had opened it, so nothing was decided.",
            "Somebody else had changed the agreement meanwhile.",
        )
    ]


def test_a_refusal_stands_in_the_history_and_leaves_the_version_alone():
    one = led_to(agreement(), "proposed")
    version = one.version
    with pytest.raises(NotForYou), remembered(user=somebody("staff")):
        step(one, "decline", somebody("staff"))
    refused(one, "send", somebody("staff"))
    one.refresh_from_db()
    assert one.version == version
    page = words_of(signed_in("viewer").get(f"{one.get_absolute_url()}history/").content.decode())
    assert "An agreement at “proposed” can’t go to “out for signature” next." in page


def test_a_decision_needs_its_day_its_reason_and_its_conditions():
    one = led_to(agreement(), "proposed")
    assert wanting(one, "due-diligence", decision="perhaps") == {"decision": "Choose what was decided."}
    assert wanting(one, "due-diligence", decided_on=None) == {"decided_on": "Give the day of the decision."}
    assert wanting(one, "due-diligence", decided_on=TODAY + timedelta(1)) == {
        "decided_on": "This day is still to come."
    }
    assert wanting(one, "due-diligence", decision="conditions") == {"conditions": "Name the conditions."}
    assert wanting(one, "due-diligence", decision="return", reason="") == {"reason": "Say what is to be changed."}
    assert wanting(one, "due-diligence", decision="decline", reason="") == {"reason": "Say why it is declined."}
    assert wanting(one, "withdraw", reason="") == {"reason": "Say why it is withdrawn."}
    assert list(wanting(agreement(), "register-as-found", reason="")) == ["reason"]


def test_an_approval_needs_every_answer_and_no_answer_in_the_way():
    StepQuestion.objects.update(is_active=False)
    of_type = AgreementType.objects.get(code="dual_award")
    must = StepQuestion.objects.create(review="due_diligence", words="Screened?", needs_yes=True)
    may = StepQuestion.objects.create(review="due_diligence", words="Costs known?", kind="yes_no")
    StepQuestion.objects.create(review="due_diligence", words="Of another type?", type=of_type)
    StepQuestion.objects.create(review="legal_review", words="Of another step?")
    one = led_to(agreement(), "proposed")

    def answers(first: str, second: str, remark: str = "") -> dict:
        return {must.pk: Answer(must, first, remark), may.pk: Answer(may, second)}

    def wrong(*given: str) -> dict[str, str]:
        found = wanting(one, "due-diligence", answers=answers(*given))
        return {field.replace(str(must.pk), "must").replace(str(may.pk), "may"): why for field, why in found.items()}

    assert wrong("", "") == dict.fromkeys(("answer_must", "answer_may"), "Answer this before you approve.")
    assert not RefusedStep.objects.exists()
    assert wrong("no", "not_applicable") == {
        "answer_must": "While the answer is no, it can’t be approved: return or decline it.",
        "answer_may": "Answer this before you approve.",
    }
    assert RefusedStep.objects.get().why == IN_THE_WAY
    assert wrong("not_applicable", "no") == {"remark_must": "Say why this does not apply."}
    step(one, "due-diligence", colleague("manager", "cy"), answers=answers("not_applicable", "no", "No partner"))
    StepQuestion.objects.filter(pk=must.pk).update(words="Screened twice?")
    assert list(StepAnswer.objects.values_list("words", "answer", "remark")) == [
        ("Screened?", "not_applicable", "No partner"),
        ("Costs known?", "no", ""),
    ]
    assert wanting(led_to(agreement(type=of_type), "proposed"), "due-diligence", answers={}).keys() > {
        f"answer_{must.pk}"
    }


def test_what_is_returned_begins_again():
    one = led_to(agreement(), "academic_approval")
    step(one, "legal-review", colleague("manager", "cy"), decision="return")
    assert (one.step, standing_of(one).approvals, told(one)[-1]) == (
        "proposed",
        {},
        ("academic_approval", "proposed", "return"),
    )
    assert [each.name for each in steps_from(standing_of(one), Role.STAFF)] == ["due-diligence", "withdraw"]


def test_the_database_refuses_a_review_without_its_content_and_conditions_without_words():
    told = {"agreement": agreement(), "before": "proposed", "after": "due_diligence", "review": "due_diligence"}
    for wrong in (
        {"decision": "approve", "decided_on": TODAY},
        {"decision": "", "decided_on": TODAY, "content_hash": "x"},
        {"decision": "conditions", "decided_on": TODAY, "content_hash": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementStep.objects.create(**told | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementStep.objects.create(agreement=told["agreement"], before="proposed", after="proposed")


def test_registering_asks_who_signed_or_why_it_is_not_known():
    one = led_to(agreement(parties=(organisation("Leeds", is_home=True), organisation("Partner"))), "out_for_signature")
    asked = "Say why it is not known who signed for {}, or give it above as far as it is known."
    assert wanting(one, "register", reason="") == {"reason": asked.format("Leeds and Partner")}
    one.parties.filter(order=1).update(signatory=person())
    assert wanting(one, "register", reason="") == {"reason": asked.format("Partner")}
    one.parties.filter(order=2).update(signed_on_wording="in spring")
    step(one, "register", colleague("manager", "cy"), reason="")
    assert (one.step, one.parties.last().signed_on) == ("registered", HonestDate("", "in spring"))


def test_a_reference_of_the_year_of_registration_is_given_where_none_was_typed():
    made = [agreement(), agreement(reference="A-2026-0002"), agreement(reference="Old/7"), agreement(), agreement()]
    for one, year in zip(made, (2026, 2026, 2026, 2026, 2027), strict=True):
        step(one, "register-as-found", colleague("manager", "cy"), today=date(year, 1, 1))
    assert [one.reference for one in made] == ["A-2026-0001", "A-2026-0002", "Old/7", "A-2026-0003", "A-2027-0001"]


def test_a_registration_that_is_taken_back_leaves_no_gap():
    one, two = agreement(), agreement()
    with transaction.atomic():
        step(one, "register-as-found", colleague("manager", "cy"))
        assert one.reference == "A-2026-0001"
        transaction.set_rollback(True)
    step(two, "register-as-found", colleague("manager", "cy"))
    assert two.reference == "A-2026-0001"
