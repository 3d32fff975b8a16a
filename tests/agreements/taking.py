"""Takes the steps of agreements in tests, as somebody who has nothing to do with them otherwise."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from partnerships.agreements.questions import IN_THE_WAY, Answer, questions_of
from partnerships.agreements.steps import Given, Standing, StepRefused, standing_of, take_step
from partnerships.agreements.way import STEPS
from partnerships.models import Agreement, AgreementStep, RefusedStep

TODAY = date(2026, 3, 4)
WAY = ("propose", "due-diligence", "academic-approval", "legal-review", "send", "register")


def colleague(role: str, name: str):
    """Another account with a role."""
    user, made = get_user_model().objects.get_or_create(username=name)
    if made:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def given_for(standing: Standing, name: str, **more) -> Given:
    """All that a step asks for: approved today, every question answered with yes."""
    asked = questions_of(standing.agreement, STEPS[name].after) if STEPS[name].is_review else []
    told = {
        "decision": "approve",
        "reason": "So it is",
        "decided_on": TODAY,
        "content": standing.hash,
        "answers": {question.pk: Answer(question, "yes") for question in asked},
    }
    return Given(**told | more)


def step(one: Agreement, name: str, user, *, version=None, today=TODAY, given: Given | None = None, **more):
    """Take a step."""
    one.refresh_from_db()
    given = given or given_for(standing_of(one), name, **more)
    return take_step(
        agreement=one, step=STEPS[name], version=version or one.version, user=user, today=today, given=given
    )


def led_to(one: Agreement, place: str) -> Agreement:
    """Lead an agreement along its way to a place, by people of their own for each step."""
    for number, name in enumerate(WAY):
        if one.step == place:
            break
        step(one, name, colleague("manager", f"decides-{number}"))
    one.refresh_from_db()
    return one


def told(one: Agreement) -> list[tuple[str, str, str]]:
    """From where to where it came, and by which decision."""
    return list(AgreementStep.objects.filter(agreement=one).values_list("before", "after", "decision"))


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
