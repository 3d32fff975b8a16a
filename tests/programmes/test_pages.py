"""What the pages of programmes and cohorts say, how both are entered, and by which words they are found."""

import pytest

from partnerships.access.models import Entry, Visibility
from partnerships.memory import remembered
from partnerships.models import Cohort, Gap, Organisation, Programme, ProgrammeInstitution, ProgrammeType, Subject
from tests.asking import errors_of, page_of, related, signed_in, submitted, words_of
from tests.samples import agreement, cohort, funding, home, organisation, place, programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(db) -> Programme:
    """A dual PhD of two institutions, sponsored by a third, with two cohorts."""
    dual = ProgrammeType.objects.create(code="dual-x", label="dual PhD", definition="Two degrees.")
    energy = Subject.objects.create(code="energy-x", label="Energy")
    with remembered():
        one = programme(
            "Energy PhD",
            home=home("University of Liverpool"),
            type=dual,
            agreement=agreement("Dual PhD agreement"),
            audience="senior engineers",
            aims="Stronger links",
        )
        one.subjects.add(energy)
        one.places.set([place("Dalian"), place("Liverpool")])
        for name, role in (("Dalian Institute", "partner"), ("BP", "sponsor")):
            ProgrammeInstitution.objects.create(programme=one, organisation=organisation(name), role=role)
        ProgrammeInstitution.objects.create(programme=one, organisation=one.home, role="awarding")
        second = cohort("Second", programme=one, enters_on="2025", status="expected")
        cohort("First", programme=one, enters_on="2024", status="enrolled", places_agreed=12, started=0)
        Gap.objects.create(record_kind="cohort", record_id=second.pk, field="places_agreed", state="not_stated")
        funding("Sponsorship", programme=one)
    return one


def test_the_page_holds_everything_in_twelve_queries(shared):
    page, queries = page_of(shared)
    assert queries == 12
    facts = page.split("Facts ", 1)[1].split(" Notes All notes")[0]
    assert facts == (
        "Type dual PhD Two degrees. Home University of Liverpool Agreement Dual PhD agreement "
        "Form of the award not yet asked Places Dalian · Liverpool For whom senior engineers Aims Stronger links Subjects Energy Starts not yet asked "
        "Institutions 3 Institutions Institution Role Dalian Institute partner BP sponsor "
        "University of Liverpool awards the degree "
        "Cohorts 2 Cohorts Cohort Entry Status Places agreed Nominated Admitted Started Awarded Withdrawn "
        "First 2024 enrolled 12 not yet asked not yet asked 0 not yet asked not yet asked "
        "Second 2025 expected not stated not yet asked not yet asked not yet asked not yet asked not yet asked "
        "Funding 1 Show it in the list Sponsorship "
        "Cohorts in numbers Cohorts in numbers 2 cohorts; of 1 no number is known. "
        "First 2024, 12 places agreed, 0 started Second 2025, no number known "
        "Outline: places agreed. Light: started. Dark: awarded. Dotted: no source gives a number; that is not none. "
        "The same as a table Cohorts in numbers Cohort Entry Places agreed Nominated Admitted Started On leave "
        "At the partner now At home now Submitted Awarded Withdrawn "
        f"First 2024 12 not known not known 0{' not known' * 6} Second 2025{' not known' * 10} "
        "Money On a page of its own"
    )
    assert "University of Liverpool with Dalian Institute." in page
    assert related(shared) == {"funding": (1, 1)}


def test_the_list_names_partners_and_sponsor_apart(shared):
    page = words_of(signed_in().get("/programmes/").content.decode())
    assert (
        "Energy PhD dual PhD University of Liverpool Dalian Institute BP Dalian · Liverpool Dual PhD agreement not yet asked"
    ) in page


def test_a_record_that_stands_for_several_says_so():
    page, _ = page_of(programme("PhDs", stands_for="number", how_many=4))
    assert "Stands for 4 programmes" in page
    page, _ = page_of(programme("PhDs", stands_for="unknown"))
    assert "Stands for several programmes, number not stated" in page
    assert "Stands for" not in page_of(programme("PhD"))[0]


def test_the_catalogue_tells_near_twins_apart_and_knows_subjects_and_institutions(shared):
    line = Entry.objects.get(kind="programme", record_id=shared.pk)
    assert (line.names_key, line.second) == (
        "energy phd",
        "dual PhD · University of Liverpool and Dalian Institute and BP",
    )
    assert line.words == "Stronger links ¦ senior engineers ¦ Energy ¦ Dalian Institute ¦ BP ¦ University of Liverpool"


def test_an_institution_that_may_not_be_seen_is_in_no_line(shared):
    with remembered():
        payer = Organisation.objects.get(name="BP")
        payer.visibility = Visibility.STAFF
        payer.save()
    line = Entry.objects.get(kind="programme", record_id=shared.pk)
    assert (line.second, "bp" in line.words_key) == ("dual PhD · University of Liverpool and Dalian Institute", False)
    assert "BP" not in page_of(shared, "viewer")[0]


def test_a_cohort_says_which_numbers_nobody_knows(shared):
    page, queries = page_of(Cohort.objects.get(name="First"))
    assert queries == 6
    assert page.split("Facts ", 1)[1].split(" Stage by stage")[0] == (
        "Programme Energy PhD Home University of Liverpool Entry 2024 Status enrolled Places agreed 12 "
        "Nominated not yet asked Admitted not yet asked Started 0 On leave not yet asked At the partner now not yet asked "
        "At home now not yet asked Submitted not yet asked Awarded not yet asked Withdrawn not yet asked"
    )
    assert "10 numbers; 8 of them not known." in page
    line = Entry.objects.get(kind="cohort", record_id=Cohort.objects.get(name="First").pk)
    assert (line.title, line.second) == ("First, Energy PhD", "Energy PhD · 2024")


def test_a_programme_is_entered_with_places_subjects_and_institutions():
    leeds, partner, city = home("Leeds"), organisation("Partner"), place("Nanjing")
    law = Subject.objects.create(code="law-x", label="Law")
    answer = submitted(
        "programmes",
        title="Joint PhD",
        home=leeds.pk,
        places=[city.pk],
        subjects=[law.pk],
        stands_for="one",
        **{
            "programmeinstitutions-TOTAL_FORMS": 1,
            "programmeinstitutions-0-organisation": partner.pk,
            "programmeinstitutions-0-role": "partner",
        },
    )
    made = Programme.objects.get()
    assert (answer.status_code, made.agreement, [*made.places.all()], [*made.subjects.all()]) == (
        303,
        None,
        [city],
        [law],
    )
    assert [str(one) for one in made.institutions.all()] == ["Partner: partner"]
    page = signed_in("staff").get(f"/programmes/{made.pk}/edit/").content.decode()
    assert f'<option value="{city.pk}" selected>Nanjing</option>' in page


def test_a_programme_counts_exactly_what_it_stands_for():
    leeds = home("Leeds")
    for fields in ({"stands_for": "number"}, {"stands_for": "one", "how_many": "3"}):
        answer = submitted("programmes", title="PhDs", home=leeds.pk, **fields)
        assert "Give a number exactly where the record stands for a number of programmes." in errors_of(answer)
    assert Programme.objects.count() == 0


def test_a_cohort_may_be_expected_with_no_number_and_no_date_and_its_name_stands_once():
    one = programme()
    assert submitted("cohorts", programme=one.pk, name="First", status="expected").status_code == 303
    made = Cohort.objects.get()
    assert (made.enters_on.words, made.started, made.places_agreed) == ("", None, None)
    assert submitted("cohorts", programme=one.pk, name="Second", started="0").status_code == 303
    assert Cohort.objects.get(name="Second").started == 0
    answer = submitted("cohorts", programme=one.pk, name="First")
    assert "This name can’t be given: look at the programme’s cohorts, or ask a manager." in errors_of(answer)
    assert submitted("cohorts", programme=one.pk, name="Third", started="-1").status_code == 422


def test_the_picture_of_cohorts_draws_no_bar_where_no_number_is_known(shared):
    page = signed_in().get(shared.get_absolute_url()).content.decode()
    picture = page.split('<figure class="pic"')[1].split("</ul>")[0]
    assert [picture.count(f'class="{shape}"') for shape in ("whole", "part", "sure", "unknown")] == [1, 0, 0, 1]
    assert "figure" not in signed_in().get(programme().get_absolute_url()).content.decode()


def test_a_cohort_that_may_not_be_seen_is_in_no_picture(shared):
    with remembered():
        cohort("Secret cohort", programme=shared, visibility=Visibility.MANAGERS, started=99)
    assert ("Secret cohort" in page_of(shared)[0], "Secret cohort" in page_of(shared, "manager")[0]) == (False, True)


def test_numbers_of_a_cohort_that_can_not_be_true_together_are_pointed_out_and_kept():
    one = cohort(admitted=8, started=8, awarded=8, withdrawn=0)
    assert "More are recorded" not in page_of(one)[0]
    Cohort.objects.filter(pk=one.pk).update(started=1200, awarded=1300, submitted=None)
    page = page_of(one)[0]
    assert "More are recorded as started (1,200) than as admitted (8)." in page
    assert "More are recorded as awarded (1,300) than as started (1,200)." in page
    sent = {"programme": one.programme_id, "name": "Second", "started": "5", "withdrawn": "6"}
    answer = signed_in("staff").get(submitted("cohorts", **sent)["Location"])
    assert "More are recorded as withdrawn (6) than as started (5)." in words_of(answer.content.decode())
