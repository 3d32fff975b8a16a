"""An agreement with something of everything that a review tells."""

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import (
    Activity,
    Agreement,
    AgreementRelation,
    AgreementType,
    Attachment,
    Evidence,
    Gap,
    Note,
    Party,
    VisitAgreement,
)
from partnerships.values.dates import HonestDate
from tests.samples import (
    agreement,
    cohort,
    funding,
    home,
    numbers,
    organisation,
    person,
    programme,
    somebody,
    statement,
    undertaking,
    visit,
)


def on(notation: str) -> HonestDate:
    """An honest date."""
    return HonestDate.from_notation(notation)


def a_world(parts: int = 1, **more) -> Agreement:
    """A memorandum of 2015 with so many areas, visits, programmes, funds, files and relations."""
    kind, _ = AgreementType.objects.get_or_create(code="test_mou", defaults={"label": "Test memorandum"})
    ours, theirs = home("River University"), organisation("Hill City")
    with remembered():
        one = agreement("The Hill memorandum", parties=(ours, theirs), type=kind, signed_on=on("2015-05-04"), **more)
        Party.objects.filter(agreement=one, organisation=ours).update(signatory=person("Tim Signer"))
        activity, _ = Activity.objects.get_or_create(code="test-joint", defaults={"label": "joint tests"})
        for number in range(parts):
            line = undertaking(f"Area {number}", agreement=one, standing="agreed", order=number)
            line.activities.add(activity)
            came = visit(f"Visit {number}", home=ours, partner=theirs, happens_on=on("2019-03"))
            Evidence.objects.create(undertaking=line, visit=came, words="They met")
            VisitAgreement.objects.create(visit=came, agreement=one, kind="discussed")
            visit(f"Undated {number}", home=ours, partner=theirs)
            course = programme(f"Programme {number}", agreement=one, home=ours)
            cohort(f"Cohort {number}", programme=course, enters_on=on("2020"), admitted=4)
            funding(f"Fund {number}", agreement=one, amount=1000, currency="GBP")
            funding(f"Silent fund {number}", agreement=one)
            Attachment.objects.create(
                record_kind="agreement", record_id=one.pk, name=f"signed-{number}.pdf", media_type="application/pdf",
                size=1, sha256="0" * 64, description="The signed copy", stored_as=f"{next(numbers)}.bin",
            )  # fmt: skip
            AgreementRelation.objects.create(agreement=one, kind="renews", to_agreement=agreement(f"Older {number}"))
            statement(f"It is said {number}", about=one, field="signed_on")
            Note.objects.create(
                record_kind="agreement", record_id=one.pk, text=f"Note {number}", written_by=somebody("staff")
            )
        Gap.objects.create(record_kind="agreement", record_id=one.pk, field="ends_on", state="not_stated")
        undertaking("Hidden area", agreement=one, standing="agreed", order=99, visibility=Visibility.MANAGERS)
    return one
