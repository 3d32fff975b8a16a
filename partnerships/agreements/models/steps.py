"""How an agreement came to where it stands: the steps taken and refused, and what is asked before one is approved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnerships.agreements.models.agreement import Agreement, AgreementType, WorkflowStep
from partnerships.values.columns import DayField, LineField

# The steps that somebody decides on, in the order in which they are taken.
REVIEWS = (WorkflowStep.DUE_DILIGENCE, WorkflowStep.ACADEMIC_APPROVAL, WorkflowStep.LEGAL_REVIEW)
ASKED = [(one.value, one.label) for one in REVIEWS]
LONGEST_REASON = 400


class Decision(models.TextChoices):
    """What a reviewer says of an agreement."""

    APPROVE = "approve", "approved"
    CONDITIONS = "conditions", "approved with conditions"
    RETURN = "return", "returned"
    DECLINE = "decline", "declined"


APPROVING = (Decision.APPROVE, Decision.CONDITIONS)


class AgreementStep(models.Model):
    """A step that somebody took: from where to where, when and why; of a review, what was decided on which content."""

    belongs_to = "agreement"
    scoped_by = ("agreement",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="steps")
    before = models.CharField(max_length=24, choices=WorkflowStep, blank=True, default="")
    after = models.CharField(max_length=24, choices=WorkflowStep)
    review = models.CharField(max_length=24, choices=ASKED, blank=True, default="")
    decision = models.CharField(max_length=12, choices=Decision, blank=True, default="")
    decided_on = DayField("decided on", null=True, blank=True)
    conditions = LineField(max_length=LONGEST_REASON, blank=True, default="")
    reason = LineField(max_length=LONGEST_REASON, blank=True, default="")
    content = models.JSONField(default=dict, blank=True, editable=False)  # as `content_of` gives it
    content_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="agreement_steps"
    )
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "step"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")) | ~Q(review=""),
                name="an_agreement_step_leads_further",
                violation_error_message="A step leads from one place to another.",
            ),
            models.CheckConstraint(
                condition=Q(review="") & Q(decision="")
                | ~Q(review="") & ~Q(decision="") & Q(decided_on__isnull=False) & ~Q(content_hash=""),
                name="a_review_is_decided_on_a_day_about_a_content",
                violation_error_message="A review has its decision, the day of it and the content it is about.",
            ),
            models.CheckConstraint(
                condition=Q(decision="conditions") & ~Q(conditions="") | ~Q(decision="conditions") & Q(conditions=""),
                name="conditions_belong_to_an_approval_with_conditions",
                violation_error_message="Name the conditions exactly where it is approved with conditions.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_before_display() or 'no step'} → {self.get_after_display()}"


class RefusedStep(models.Model):
    """A step that somebody tried and that was refused; it changes nothing of the agreement."""

    belongs_to = "agreement"
    bumps_record = False
    scoped_by = ("agreement",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="refused_steps")
    tried = LineField("what was tried", max_length=60)
    why = LineField("why it was refused", max_length=LONGEST_REASON)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="agreement_steps_refused"
    )
    tried_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.tried}: {self.why}"


class AnswerKind(models.TextChoices):
    """Which answers a question allows; each may have a remark."""

    YES_NO = "yes_no", "yes or no"
    OR_NOT_APPLICABLE = "or_not_applicable", "yes, no or not applicable"


class StepQuestion(models.Model):
    """A question of the office that is answered before a review is approved, edited by admins."""

    review = models.CharField("step", max_length=24, choices=ASKED)
    type = models.ForeignKey(
        AgreementType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        help_text="Empty for agreements of every type.",
    )
    words = LineField("question", max_length=300)
    kind = models.CharField("answers", max_length=20, choices=AnswerKind, default=AnswerKind.OR_NOT_APPLICABLE)
    needs_yes = models.BooleanField(
        "“no” stands in the way", default=False, help_text="Then nothing is approved while the answer is no."
    )
    is_active = models.BooleanField("in use", default=True)
    order = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "question of a step"
        verbose_name_plural = "questions of the steps"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words


class AnswerGiven(models.TextChoices):
    """What was answered."""

    YES = "yes", "yes"
    NO = "no", "no"
    NOT_APPLICABLE = "not_applicable", "not applicable"


class StepAnswer(models.Model):
    """An answer that a reviewer gave, with the question as it was worded then."""

    belongs_to = "step"
    scoped_by = ("step",)

    step = models.ForeignKey(AgreementStep, models.CASCADE, related_name="answers")
    question = models.ForeignKey(StepQuestion, models.PROTECT, related_name="answers")
    words = LineField("question as it was put", max_length=300)
    answer = models.CharField(max_length=20, choices=AnswerGiven)
    remark = LineField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "answer"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "question"],
                name="a_question_is_answered_once_a_step",
                violation_error_message="This question is answered already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.get_answer_display()}"


class ReferenceYear(models.Model):
    """The last number that a year's references of our own making have reached; its row is held while one is given."""

    remembered = False

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
