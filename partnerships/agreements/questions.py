"""What is asked before a review is approved, and what an answer must say."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from partnerships.agreements.models import Agreement, AgreementStep, AnswerGiven, AnswerKind, StepAnswer, StepQuestion

NOT_YET = "Answer this before you approve."
IN_THE_WAY = "While the answer is no, it can’t be approved: return or decline it."


@dataclass(frozen=True)
class Answer:
    """An answer to a question, with the remark beside it."""

    question: StepQuestion
    answer: str = ""
    remark: str = ""

    def of_step(self, step: AgreementStep) -> StepAnswer:
        """The answer as it is kept, with the question in today's words."""
        return StepAnswer(
            step=step, question=self.question, words=self.question.words, answer=self.answer, remark=self.remark
        )


def questions_of(agreement: Agreement, review: str) -> list[StepQuestion]:
    """The questions in use that a review asks of agreements of this type."""
    asked = StepQuestion.objects.filter(is_active=True, review=review)
    return list(asked.filter(Q(type__isnull=True) | Q(type=agreement.type_id)))


def choices_of(question: StepQuestion) -> list[tuple[str, str]]:
    """The answers that a question allows."""
    allowed = AnswerGiven.choices
    return allowed if question.kind == AnswerKind.OR_NOT_APPLICABLE else allowed[:2]


def wanting_of_answers(questions: list[StepQuestion], answers: Mapping[int, Answer]) -> dict[str, str]:
    """What stands in the way of an approval, by the name of the question's field."""
    wrong = {}
    for question in questions:
        given = answers.get(question.pk) or Answer(question)
        if given.answer not in dict(choices_of(question)):
            wrong[f"answer_{question.pk}"] = NOT_YET
        elif given.answer == AnswerGiven.NO and question.needs_yes:
            wrong[f"answer_{question.pk}"] = IN_THE_WAY
        elif given.answer == AnswerGiven.NOT_APPLICABLE and not given.remark:
            wrong[f"remark_{question.pk}"] = "Say why this does not apply."
    return wrong
