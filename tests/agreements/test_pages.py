"""What the page of an agreement says, how one is entered, and by which words it is found."""

import pytest

from partnerships.access.models import Entry, Visibility
from partnerships.memory import remembered
from partnerships.models import (
    Agreement,
    AgreementRelation,
    AgreementType,
    Organisation,
    Party,
    VisitAgreement,
)
from tests.asking import errors_of, page_of, related, signed_in, submitted, words_of
from tests.samples import (
    agreement,
    funding,
    home,
    organisation,
    person,
    programme,
    project,
    undertaking,
    visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def memorandum(db) -> Agreement:
    """The memorandum of document 003, with one signatory, two areas and what came of it."""
    with remembered():
        one = agreement(
            "Nanjing Memorandum",
            parties=(home("University of Birmingham"), organisation("Nanjing Municipal Government")),
            type=AgreementType.objects.create(code="memo-x", label="memorandum"),
            signed_on="XXXX-05",
        )
        one.parties.filter(order=1).update(signatory=person("Tim Jones"))
        undertaking("Talent training", agreement=one, standing="agreed", detail="Entrepreneurs")
        undertaking("Medicine", agreement=one, standing="agreed", visibility=Visibility.MANAGERS)
        AgreementRelation.objects.create(agreement=one, kind="possibly_same", to_agreement=agreement("Another"))
        VisitAgreement.objects.create(visit=visit("Tim Jones in Nanjing"), agreement=one, kind="signed")
        programme("PhD", agreement=one)
        project("Laboratory", agreement=one)
        funding("Fund", agreement=one)
    return one


def test_the_page_says_what_is_known_and_what_keeps_the_state_unknown(memorandum):
    page, queries = page_of(memorandum)
    assert queries == 12
    assert page.split("Facts ", 1)[1].split(" Visits 1")[0] == (
        "Parties University of Birmingham · Nanjing Municipal Government "
        "Type memorandum Purpose not yet asked Signed May year not stated Signed at not yet asked "
        "Starts not yet asked Ends not yet asked Notice period not yet asked Review not yet asked Owner not yet asked "
        "Areas of cooperation 1 Areas of cooperation Area Standing "
        "Talent training Entrepreneurs agreed "
        "Other agreements 1 Other agreements This agreement Other agreement possibly the same as Another"
    )
    assert "Medicine" in page_of(memorandum, "manager")[0]


def test_the_page_leads_to_exactly_what_came_of_it(memorandum):
    assert related(memorandum) == {"visits": (1, 1), "programmes": (1, 1), "projects": (1, 1), "funding": (1, 1)}


def test_the_list_names_the_signatory_with_the_side_that_signed(memorandum):
    page = words_of(signed_in().get("/agreements/?q=nanjing").content.decode())
    assert (
        "Nanjing Memorandum University of Birmingham · Nanjing Municipal Government memorandum May year not stated "
        "Tim Jones for University of Birmingham Unknown no end date recorded not yet asked"
    ) in page


def test_the_catalogue_tells_near_twins_apart_and_knows_the_parties(memorandum):
    with remembered():
        memorandum.save()
    line = Entry.objects.get(kind="agreement", record_id=memorandum.pk)
    assert (
        line.second == "memorandum · May, year not stated · University of Birmingham and Nanjing Municipal Government"
    )
    assert line.words == "memorandum ¦ memo-x ¦ University of Birmingham ¦ Nanjing Municipal Government ¦ Tim Jones"
    with remembered():
        city = Organisation.objects.get(name="Nanjing Municipal Government")
        city.visibility = Visibility.STAFF
        city.save()
    line.refresh_from_db()
    assert (line.second, "nanjing" in line.words_key) == (
        "memorandum · May, year not stated · University of Birmingham",
        False,
    )


def test_a_record_that_stands_for_several_says_so():
    assert "Stands for several agreements, number not stated" in page_of(agreement(stands_for="unknown"))[0]
    assert "Stands for 3 agreements" in page_of(agreement(stands_for="number", how_many=3))[0]


def parties(*organisations) -> dict:
    """The inputs of the parties' rows."""
    rows = {f"partys-{number}-organisation": one.pk for number, one in enumerate(organisations)}
    return {"partys-TOTAL_FORMS": len(organisations)} | rows


@pytest.mark.parametrize(
    ("event", "on", "words"),
    [
        ("terminated", "2199-12-31", "Legal event terminated, 31 December 2199"),
        ("suspended", "XXXX-05", "Legal event suspended, May, year not stated"),
        ("lapsed", "", "Legal event lapsed, day not recorded"),
    ],
)
def test_what_overrides_the_dates_is_told_with_its_day_be_it_still_to_come(event, on, words):
    one = agreement(event=event, event_on=on)
    assert words in page_of(one)[0]
    assert words in words_of(signed_in("viewer").get(f"{one.get_absolute_url()}review/").content.decode())


def test_an_agreement_is_entered_with_two_parties_and_refused_with_fewer():
    leeds, partner = home("Leeds"), organisation("Partner")
    answer = submitted("agreements", title="Exchange", stands_for="one", **parties(leeds))
    assert "Parties: at least 2 are needed; there are 1." in errors_of(answer)
    assert Agreement.objects.count() == 0
    answer = submitted("agreements", title="Exchange", stands_for="one", **parties(leeds, partner))
    assert (answer.status_code, [str(one) for one in Party.objects.all()]) == (303, ["Leeds", "Partner"])


def test_the_same_party_twice_is_one_party():
    leeds = home("Leeds")
    answer = submitted("agreements", title="Exchange", stands_for="one", **parties(leeds, leeds))
    assert (answer.status_code, Agreement.objects.count()) == (422, 0)


def test_the_workshop_counts_the_parties_before_saving():
    leeds, admin = home("Leeds"), signed_in("admin")
    form = {
        "title": "Exchange",
        "stands_for": "one",
        "visibility": "1",
        "relations-TOTAL_FORMS": 0,
        "relations-INITIAL_FORMS": 0,
        "parties-TOTAL_FORMS": 1,
        "parties-INITIAL_FORMS": 0,
        "parties-0-organisation": leeds.pk,
        "parties-0-order": 1,
    }
    answer = admin.post("/admin/partnerships/agreement/add/", form)
    assert (answer.status_code, Agreement.objects.count()) == (200, 0)
    assert "Please submit at least 2 forms." in answer.content.decode()
    second = {"parties-TOTAL_FORMS": 2, "parties-1-organisation": organisation().pk, "parties-1-order": 2}
    assert admin.post("/admin/partnerships/agreement/add/", form | second).status_code == 302
    assert Agreement.objects.get().parties.count() == 2
