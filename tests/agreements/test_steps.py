"""How an agreement comes from its proposal to the register: which step leads where, for whom, and what it needs."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.access.roles import Role
from partnerships.agreements.models import Decision
from partnerships.agreements.questions import IN_THE_WAY, Answer
from partnerships.agreements.steps import ContentChanged, NotForYou, StepRefused, standing_of, steps_from
from partnerships.agreements.way import STEPS
from partnerships.memory import remembered
from partnerships.memory.versions import StaleRecord
from partnerships.models import (
    Activity,
    Agreement,
    AgreementStep,
    AgreementType,
    Attachment,
    Party,
    RefusedStep,
    StepAnswer,
    StepQuestion,
)
from partnerships.values.dates import HonestDate
from tests.agreements.taking import TODAY, colleague, given_for, led_to, step, told
from tests.asking import signed_in, words_of
from tests.samples import agreement, numbers, organisation, person, somebody, undertaking

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


def refused(one: Agreement, name: str, user, **more) -> str:
    """Why a step is refused; nothing but the refusal is kept."""
    before = told(one)
    with pytest.raises(StepRefused) as why:
        step(one, name, user, **more)
    assert told(one) == before
    return str(why.value)


def wanting(one: Agreement, name: str, **more) -> dict[str, str]:
    """What a step says is missing; nothing is kept, and no refusal but that of an answer which stands in the way."""
    with pytest.raises(ValidationError) as why:
        step(one, name, colleague("manager", "decides"), **more)
    assert {*RefusedStep.objects.values_list("why", flat=True)} <= {IN_THE_WAY}
    return {field: " ".join(sentences) for field, sentences in why.value.message_dict.items()}


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


def test_nobody_decides_on_what_they_recorded_changed_or_proposed_and_everybody_is_told_who_did_what_and_who_may():
    ann, ben, eve = colleague("manager", "ann"), colleague("admin", "ben"), colleague("staff", "eve")
    with remembered(user=ann):
        one, found = agreement(step="proposed"), agreement()
    assert refused(found, "register-as-found", ann) == "You recorded it. So somebody else must decide on it: ben may."
    with remembered(user=ben):
        Agreement.objects.filter(pk=one.pk).update(purpose="Exchange", starts_on_edtf="2026", starts_on_wording="2026")
    with remembered(user=eve):
        Agreement.objects.filter(pk=one.pk).update(notes="Ask them", owner=ann)  # no content
        undertaking("Medicine", agreement=one)
    told = "You changed Purpose and Starts; ann recorded it; eve changed Areas of cooperation."
    assert refused(one, "due-diligence", ben) == (
        f"{told} So somebody else must decide on it, and nobody is left who may. "
        "Ask an admin to give a colleague the role “staff”."
    )
    cy = colleague("manager", "cy")
    assert refused(one, "due-diligence", ben) == f"{told} So somebody else must decide on it: cy may."
    step(one, "due-diligence", cy)
    assert step(one, "academic-approval", ben).taken_by == ben  # what he changed was approved by somebody else
    two, why = agreement(), "somebody else must decide on it"
    step(two, "propose", ben)
    assert "You proposed it. " in refused(two, "due-diligence", ben)
    for change in (
        lambda: undertaking("Medicine", agreement=two),
        lambda: two.undertakings.get().activities.add(Activity.objects.first()),
        lambda: Party.objects.filter(agreement=two, order=2).update(organisation=organisation()),
        lambda: two.undertakings.get().delete(),
        lambda: attached(two),
    ):
        step(two, "withdraw", ben)
        step(two, "propose", eve)
        with remembered(user=ann):
            change()
        with remembered(user=eve):  # whoever changes it after them makes nobody free
            Agreement.objects.filter(pk=two.pk).update(purpose=f"Purpose {next(numbers)}")
        assert why in refused(two, "due-diligence", ann)


def test_a_signed_copy_of_somebody_else_makes_nobody_free_to_approve_their_own_change():
    ann = colleague("manager", "ann")
    one = agreement(step="proposed")
    with remembered(user=ann):
        Agreement.objects.filter(pk=one.pk).update(purpose="Exchange")
    with remembered(user=colleague("staff", "eve")):
        attached(one, sort="signed")
    assert "somebody else must decide on it" in refused(one, "due-diligence", ann)


def attached(one: Agreement, **more) -> Attachment:
    """A file of an agreement."""
    told = {"name": "text.pdf", "media_type": "application/pdf", "size": 9, "sha256": f"{next(numbers):064}"}
    told |= {"description": "The text", "stored_as": f"s{next(numbers)}"}
    return Attachment.objects.create(record_kind="agreement", record_id=one.pk, **told | more)


def changed_by(one: Agreement) -> dict[str, callable]:
    """Every change of content, by the label under which it is told."""
    return {
        "Title": lambda: Agreement.objects.filter(pk=one.pk).update(title="Another title"),
        "Type": lambda: Agreement.objects.filter(pk=one.pk).update(type=AgreementType.objects.first()),
        "Purpose": lambda: Agreement.objects.filter(pk=one.pk).update(purpose="Exchange"),
        "Starts": lambda: Agreement.objects.filter(pk=one.pk).update(starts_on_edtf="2026"),
        "Ends": lambda: Agreement.objects.filter(pk=one.pk).update(ends_on_wording="in ten years"),
        "How it ends": lambda: Agreement.objects.filter(pk=one.pk).update(ending="evergreen"),
        "Notice period": lambda: Agreement.objects.filter(pk=one.pk).update(notice_period="6 months"),
        "Stands for": lambda: Agreement.objects.filter(pk=one.pk).update(stands_for="unknown"),
        "Parties": lambda: Party.objects.create(agreement=one, organisation=organisation(), order=3),
        "Areas of cooperation": lambda: undertaking("Medicine", agreement=one),
        "Files": lambda: attached(one),
    }


def test_an_approval_counts_for_its_content_only_and_the_page_can_say_what_changed():
    for label in changed_by(agreement()):
        one = led_to(agreement(), "academic_approval")
        changed_by(one)[label]()
        one.refresh_from_db()
        standing = standing_of(one)
        assert [(standing.counts(each), standing.changed_since(each)) for each in standing.approvals.values()] == [
            (False, [label])
        ] * 2
        assert refused(one, "legal-review", colleague("manager", "cy")) == (
            f"Changed since initial due diligence by decides-1 and academic approval by decides-2 ({label}): "
            "approve again, beginning with the initial due diligence."
        )
        offered = [each.name for each in steps_from(standing, Role.MANAGER)]
        assert offered == ["due-diligence", "decline", "withdraw"]


def test_what_the_office_does_with_an_agreement_and_who_signed_leaves_its_approvals_as_they_are():
    one = led_to(agreement(), "legal_review")
    before = standing_of(one).hash
    one.parties.filter(order=1).update(signatory=person(), signed_on_edtf="2026-03")
    Agreement.objects.filter(pk=one.pk).update(
        notes="x", owner=somebody("staff"), reviewer=somebody("manager"), review_on=TODAY, reference="X-1", visibility=2
    )
    one.watchers.add(somebody("viewer"))
    undertaking("Elsewhere", organisation=organisation())
    one.refresh_from_db()
    assert standing_of(one).hash == before


def test_content_that_is_put_back_is_approved_again_by_nobody():
    one = led_to(agreement("Exchange"), "academic_approval")
    Agreement.objects.filter(pk=one.pk).update(title="Exchanges")
    refused(one, "legal-review", colleague("manager", "cy"))
    Agreement.objects.filter(pk=one.pk).update(title="Exchange")
    step(one, "legal-review", colleague("manager", "cy"))
    assert one.step == "legal_review"


def test_after_a_change_all_approvals_are_given_again_in_their_order():
    one, cy = led_to(agreement(), "legal_review"), colleague("manager", "cy")
    Agreement.objects.filter(pk=one.pk).update(purpose="Exchange")
    assert "beginning with the initial due diligence" in refused(one, "send", cy)
    assert "beginning with the initial due diligence" in refused(one, "academic-approval", cy)
    for name in ("due-diligence", "academic-approval", "legal-review", "send"):
        step(one, name, cy)
    assert [(before, after) for before, after, _ in told(one)[4:]] == [
        ("legal_review", "due_diligence"),
        ("due_diligence", "academic_approval"),
        ("academic_approval", "legal_review"),
        ("legal_review", "out_for_signature"),
    ]


def test_signed_copies_change_nothing_but_another_text_does():
    one = agreement()
    first = attached(one)
    led_to(one, "out_for_signature")
    attached(one, sort="signed")
    assert standing_of(one).lost == []
    attached(one, series=first.series, number=2)
    assert standing_of(one).lost == ["due_diligence", "academic_approval", "legal_review"]


def test_a_place_that_was_set_in_the_workshop_without_approvals_asks_for_them():
    one = agreement(step="legal_review")
    why = "There is no initial due diligence on record: decide on it first."
    assert refused(one, "send", colleague("manager", "cy")) == why
    step(one, "due-diligence", colleague("manager", "cy"))
    assert one.step == "due_diligence"


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
