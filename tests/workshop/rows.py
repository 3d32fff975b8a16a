"""A row of every table that the workshop shows, made as its room makes it."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model

from partnerships import models
from partnerships.memory import remembered
from partnerships.values.models import Gap
from partnerships.values.terms import Term
from tests.samples import (
    FACTORIES,
    agreement,
    home,
    numbers,
    organisation,
    person,
    place,
    programme,
    project,
    somebody,
    undertaking,
    visit,
)


def name_of():
    return models.OrganisationName.objects.create(organisation=organisation(), value=f"Name {next(numbers)}")


def relation():
    return models.Relation.objects.create(organisation=organisation(), kind="member_of", to_organisation=organisation())


def party():
    return agreement().parties.first()


def agreement_relation():
    return models.AgreementRelation.objects.create(agreement=agreement(), kind="amends", to_agreement=agreement())


def agreement_step():
    return models.AgreementStep.objects.create(agreement=agreement(), after="proposed")


def step_question():
    return models.StepQuestion.objects.create(review="legal_review", words=f"Screened {next(numbers)}?")


def gap():
    about = organisation()
    return Gap.objects.create(record_kind="organisation", record_id=about.pk, field="website", state="not_stated")


def review():
    more = {"snapshot": {}, "sha256": "0" * 64, "decided_by": "somebody", "decider": 1, "decided_on": date(2026, 3, 4)}
    return models.Review.objects.create(agreement=agreement(), number=1, decision="keep", reason="x", **more)


def note():
    about = organisation()
    return models.Note.objects.create(record_kind="organisation", record_id=about.pk, text="They called.")


def file():
    about = organisation()
    return models.Attachment.objects.create(
        record_kind="organisation",
        record_id=about.pk,
        name="mou.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        description="The signed copy",
        stored_as=f"{next(numbers)}.bin",
    )


ROWS = {
    "note": note,
    "noteperson": lambda: models.NotePerson.objects.create(note=note(), person=person()),
    "attachment": file,
    "organisationname": name_of,
    "relation": relation,
    "post": lambda: models.Post.objects.create(person=person(), role="Dean", organisation=organisation()),
    "contactpoint": lambda: models.ContactPoint.objects.create(person=person(), kind="email", value="x", purpose="y"),
    "party": party,
    "agreementrelation": agreement_relation,
    "agreementstep": agreement_step,
    "refusedstep": lambda: models.RefusedStep.objects.create(agreement=agreement(), tried="Send it", why="Not yet"),
    "stepquestion": step_question,
    "stepanswer": lambda: models.StepAnswer.objects.create(
        step=agreement_step(), question=step_question(), words="Screened?", answer="yes"
    ),
    "programmeinstitution": lambda: models.ProgrammeInstitution.objects.create(
        programme=programme(), organisation=organisation()
    ),
    "participant": lambda: models.Participant.objects.create(visit=visit(), person=person(), organisation=home()),
    "itineraryitem": lambda: models.ItineraryItem.objects.create(visit=visit(), kind="talk", title="x", place=place()),
    "visitagreement": lambda: models.VisitAgreement.objects.create(visit=visit(), kind="signed", agreement=agreement()),
    "projectpartner": lambda: models.ProjectPartner.objects.create(project=project(), organisation=organisation()),
    "visitstep": lambda: models.VisitStep.objects.create(visit=visit(), before="requested", after="triaged"),
    "preparation": lambda: models.Preparation.objects.create(visit=visit(), what="Book a room"),
    "thankyou": lambda: models.ThankYou.objects.create(visit=visit(), person=person()),
    "minutes": lambda: models.Minutes.objects.create(visit=visit(), number=1, text="They met."),
    "drafttemplate": lambda: models.DraftTemplate.objects.create(name=f"Template {next(numbers)}", content=b"PK"),
    "reminderinterval": lambda: models.ReminderInterval.objects.create(
        deadline="end", days_before=1000 + next(numbers)
    ),
    "checklistline": lambda: models.ChecklistLine.objects.create(what="Book a room", days_before=14),
    "evidence": lambda: models.Evidence.objects.create(undertaking=undertaking(), visit=visit()),
    "dismissal": lambda: models.Dismissal.objects.create(undertaking=undertaking(), visit=visit()),
    "exchangerate": lambda: models.ExchangeRate.objects.create(
        currency="CNY", rate="0.11", holds_on=date(2026, 1, 1) + timedelta(days=next(numbers)), source="A bank"
    ),
    "letter": lambda: models.Letter.objects.create(
        to=somebody("staff"), subject="x", text="y", key=f"k{next(numbers)}"
    ),
    "review": review,
    "gap": gap,
    "change": lambda: organisation() and models.Change.objects.latest("pk"),
    "entry": lambda: organisation() and None,
    "user": lambda: get_user_model().objects.create(username=f"somebody-{next(numbers)}"),
}


def row_of(model):
    """A row of a table, made as its room makes it."""
    if issubclass(model, Term):
        return model.objects.create(code=f"term-{next(numbers)}", label=f"Term {next(numbers)}")
    with remembered():
        made = (FACTORIES | ROWS)[model._meta.model_name]()
    return made or model.objects.latest("pk")
