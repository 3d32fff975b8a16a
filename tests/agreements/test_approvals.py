"""Whose approvals count, and for which content: nobody decides on their own, and a change asks for all anew."""

import pytest

from partnerships.access.roles import Role
from partnerships.agreements.steps import standing_of, steps_from
from partnerships.memory import remembered
from partnerships.models import (
    Activity,
    Agreement,
    AgreementType,
    Attachment,
    Party,
)
from tests.agreements.taking import TODAY, colleague, led_to, refused, step, told
from tests.samples import agreement, numbers, organisation, person, somebody, undertaking

pytestmark = pytest.mark.django_db


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
