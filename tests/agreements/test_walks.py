"""However people go about it, singly or at once: no step is jumped, nobody approves their own, and no reference is lost."""

import random
import threading

import pytest
from django.db import connection, transaction

from partnerships.agreements.models import APPROVING, REVIEWS
from partnerships.agreements.steps import Given, Standing, StepRefused, standing_of, take_step
from partnerships.agreements.way import STEPS, WAY
from partnerships.memory import remembered
from partnerships.memory.versions import StaleRecord
from partnerships.models import Agreement, AgreementStep, RefusedStep, StepQuestion, Undertaking
from tests.agreements.taking import TODAY, colleague, given_for, led_to, step
from tests.samples import agreement, undertaking

ROLES = ("viewer", "staff", "manager", "manager", "manager", "admin")
ASKED_AT_ONCE = "SQLite's test database lives in memory, its transactions come one after the other"


class Walk:
    """A few people and a few agreements; a model of what must hold beside what the register keeps."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.people = [colleague(role, f"walks-{number}") for number, role in enumerate(ROLES)]
        StepQuestion.objects.update(is_active=False)
        self.made: list[Agreement] = []
        self.touched: dict[int, dict] = {}  # by agreement: who recorded or proposed it, changed it last, or changed it
        self.taken: dict[int, int] = {}
        self.refused = 0
        self.stands: dict[int, Standing] = {}  # as long as nothing changes

    def go(self) -> None:
        """One action, of somebody, with some agreement."""
        who = self.dice.choice(self.people)
        if len(self.made) < 6 or self.dice.random() < 0.02:
            return self.record(who)
        one = self.dice.choice(self.made[-8:])
        return self.change(one, who) if self.dice.random() < 0.05 else self.step(one, who)

    def record(self, who) -> None:
        """Somebody records an agreement."""
        with remembered(user=who):
            self.made.append(agreement())
        self.touched[self.made[-1].pk] = {"submitted": {who}, "last": who, "since": {who}}

    def change(self, one: Agreement, who) -> None:
        """Somebody changes its content: a field, or an area."""
        with remembered(user=who):
            if self.dice.random() < 0.5:
                Agreement.objects.filter(pk=one.pk).update(purpose=f"Purpose {self.dice.random()}")
            elif area := one.undertakings.first():
                Undertaking.objects.filter(pk=area.pk).update(wording=f"Area {self.dice.random()}")
            else:
                undertaking(agreement=one)
        self.stands.pop(one.pk, None)
        self.touched[one.pk]["last"] = who
        self.touched[one.pk]["since"].add(who)

    def step(self, one: Agreement, who) -> None:
        """Somebody tries a step, mostly one that could be next."""
        before = self.stands[one.pk] = self.stands.get(one.pk) or standing_of(Agreement.objects.get(pk=one.pk))
        likely = [name for name, each in STEPS.items() if before.leads(each) and name not in ("decline", "withdraw")]
        name = self.dice.choice(likely if likely and self.dice.random() < 0.9 else [*STEPS])
        decision = self.dice.choice(("approve", "approve", "approve", "approve", "conditions", "return"))
        conditions = "Two years" if decision == "conditions" else ""
        given = Given(decision, "So it is", conditions, TODAY, before.hash)
        told = {"agreement": one, "step": STEPS[name], "version": before.agreement.version}
        try:
            taken = take_step(**told, user=who, today=TODAY, given=given)
        except StepRefused:
            self.refused += 1
            return
        del self.stands[one.pk]
        self.taken[one.pk] = self.taken.get(one.pk, 0) + 1
        self.holds(before, taken, who)
        if name == "propose" or taken.decision in APPROVING:  # what was changed until then counts no more
            self.touched[one.pk]["since"].clear()
        if name == "propose":
            self.touched[one.pk]["submitted"].add(who)

    def holds(self, before, taken: AgreementStep, who) -> None:
        """What every step that was taken observes."""
        came, went = taken.before, taken.after
        if went in WAY[1:] and taken.decision != "return" and came in WAY:
            assert WAY.index(went) <= WAY.index(came) + 1  # never a jump
        if taken.review:
            touched = self.touched[taken.agreement_id]
            assert who not in {*touched["submitted"], touched["last"], *touched["since"]}  # never one's own
            assert taken.content_hash == before.hash
        if went in ("out_for_signature", "registered") and came:
            assert [before.counts(before.approvals[one]) for one in REVIEWS] == [True] * 3


@pytest.mark.slow
@pytest.mark.django_db
def test_two_thousand_acts_at_random_jump_nothing_and_lose_nothing():
    walk = Walk(2026)
    for _ in range(2000):
        walk.go()
    for one in walk.made:
        steps = list(AgreementStep.objects.filter(agreement=one).values_list("before", "after"))
        one.refresh_from_db()
        assert [before for before, _ in steps] == ["", *(after for _, after in steps)][: len(steps)]  # a history whole
        assert (len(steps), one.step) == (walk.taken.get(one.pk, 0), steps[-1][1] if steps else "")
    registered = Agreement.objects.filter(step="registered").order_by("reference")
    numbers = [f"A-2026-{number:04}" for number in range(1, registered.count() + 1)]
    assert [one.reference for one in registered] == numbers
    assert (RefusedStep.objects.count(), len(numbers) > 2) == (walk.refused, True)
    assert {one.decision for one in AgreementStep.objects.all()} >= {*APPROVING, "return"}


def at_once(work, number: int) -> None:
    """Let several threads do something at the same moment, each on a connection of its own."""
    start = threading.Barrier(number)

    def run(place: int) -> None:
        start.wait()
        try:
            work(place)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]


@pytest.mark.engine("postgresql", ASKED_AT_ONCE)
@pytest.mark.django_db(transaction=True)
def test_twenty_registrations_at_once_are_numbered_without_a_gap():
    made, who = [agreement() for _ in range(21)], colleague("manager", "cy")
    taken_back = made.pop()

    def register(place: int) -> None:
        step(made[place], "register-as-found", who)
        if place == 7:
            with transaction.atomic():  # one more, which holds a number for a while and gives it back
                step(taken_back, "register-as-found", who)
                transaction.set_rollback(True)

    at_once(register, 20)
    given = sorted(Agreement.objects.exclude(reference="").values_list("reference", flat=True))
    assert given == [f"A-2026-{number:04}" for number in range(1, 21)]


@pytest.mark.engine("postgresql", ASKED_AT_ONCE)
@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_is_taken_and_the_other_is_told():
    one = led_to(agreement(), "due_diligence")
    deciding = [colleague("manager", name) for name in ("ann", "ben")]
    given, told = given_for(standing_of(one), "academic-approval"), []

    def decide(place: int) -> None:
        mine = Agreement.objects.get(pk=one.pk)
        try:
            step(mine, "academic-approval", deciding[place], version=one.version, given=given)
        except StaleRecord:
            told.append(deciding[place])

    at_once(decide, 2)
    taken = AgreementStep.objects.get(agreement=one, review="academic_approval")
    assert {taken.taken_by, *told} == {*deciding}
    tried = RefusedStep.objects.get(agreement=one)
    assert (tried.tried_by, tried.why) == (told[0], "Somebody else had changed the agreement meanwhile.")
