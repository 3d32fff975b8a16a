"""By which conditions undertakings are found, what they belong to, and how the catalogue knows them."""

import pytest

from partnerships import models
from partnerships.access.models import Entry
from partnerships.memory import remembered
from partnerships.undertakings.models import Activity, Evidence, Subject, Undertaking
from tests.asking import errors_of, listed, page_of, submitted
from tests.samples import agreement, home, organisation, partnership, person, project, somebody, undertaking, visit

pytestmark = pytest.mark.django_db


def term(model, code: str):
    """A term of a vocabulary."""
    return model.objects.get_or_create(code=code, defaults={"label": code.title()})[0]


@pytest.fixture
def lines(db):
    """One line for each kind of record that it may belong to, between one of ours and one partner."""
    ours, theirs, other = home("Ours"), organisation("Theirs"), home("Other home")
    joint = project("Project", home=ours)
    models.ProjectPartner.objects.create(project=joint, organisation=theirs)
    owners = {
        "partnership": partnership(home=ours, partner=theirs),
        "agreement": agreement("Agreement", parties=(ours, theirs)),
        "visit": visit("Visit", home=ours, partner=theirs),
        "organisation": organisation("Centre", parent=ours),
        "project": joint,
    }
    with remembered():
        for name, record in owners.items():
            undertaking(f"Of the {name}", **{name: record})
        undertaking("Of the other home", visit=visit(home=other))
    return {"ours": ours, "theirs": theirs} | owners


EVERY = ["Of the agreement", "Of the organisation", "Of the partnership", "Of the project", "Of the visit"]


def test_a_line_is_found_by_our_side_and_by_the_other_whatever_it_belongs_to(lines):
    assert listed("undertakings", home=lines["ours"].handle) == EVERY
    assert listed("undertakings", partner=lines["theirs"].pk) == [line for line in EVERY if "organisation" not in line]


@pytest.mark.parametrize("name", ["partnership", "agreement", "visit", "organisation", "project"])
def test_a_line_is_found_by_the_record_that_it_belongs_to(lines, name):
    assert listed("undertakings", **{name: lines[name].pk}) == [f"Of the {name}"]
    assert f"Of the {name}" in listed("undertakings", belongs_to=name)


def test_several_kinds_of_owner_may_be_asked_for(lines):
    assert listed("undertakings", belongs_to=["project", "organisation"]) == ["Of the organisation", "Of the project"]


def test_a_line_with_two_of_the_terms_that_are_asked_for_is_listed_once():
    both, one, none = undertaking("Both"), undertaking("One"), undertaking("None")
    both.subjects.add(term(Subject, "law"), term(Subject, "health"))
    one.subjects.add(term(Subject, "law"))
    one.activities.add(term(Activity, "joint-research"))
    assert none.subjects.count() == 0
    assert listed("undertakings", subject=["law", "health"]) == ["Both", "One"]
    assert listed("undertakings", subject=["health", "unknown"]) == ["Both", "None"]
    assert listed("undertakings", activity="joint-research", subject="law") == ["One"]


def test_what_is_open_is_told_from_what_is_seen_to():
    asked = undertaking("Asked", standing="asked", by=person("Zhang Wei"), due_on="2026-01-31")
    undertaking("Done", standing="established", evidence="The laboratory opened.")
    assert listed("undertakings", standing=["asked", "promised"]) == ["Asked"]
    assert listed("undertakings", by=asked.by_id) == ["Asked"]
    assert [listed("undertakings", has_due=answer) for answer in ("yes", "no")] == [["Asked"], ["Done"]]
    assert [listed("undertakings", has_evidence=answer) for answer in ("yes", "no")] == [["Done"], ["Asked"]]
    assert listed("undertakings", has_owner="no") == ["Asked", "Done"]


def test_a_line_is_found_by_its_evidence_and_by_who_sees_to_it():
    undertaking("Bare", owner=somebody("staff"))
    undertaking("Told", evidence="It opened.")
    for wording, more in (
        ("Old", {"happens_on": "2001"}),
        ("New", {"happens_on": "2999"}),
        ("Some day", {"happens_on": "XXXX-05"}),
        ("Secret", {"visibility": 3}),
    ):
        Evidence.objects.create(undertaking=undertaking(wording), visit=visit(**more))
    assert listed("undertakings", evidence="none") == ["Bare", "Secret"]
    assert listed("undertakings", evidence="linked") == ["New", "Old", "Some day", "Told"]
    assert listed("undertakings", evidence="quiet") == ["Old"]
    assert listed("undertakings", evidence=["none", "quiet"]) == ["Bare", "Old", "Secret"]
    assert listed("undertakings", owner=somebody("staff").pk) == ["Bare"]


def test_a_line_belongs_to_exactly_one_record():
    body, coming = organisation("Body"), visit("Visit")
    refusal = "An undertaking belongs to exactly one partnership, agreement, visit, organisation or project."
    fields = {"wording": "Line", "standing": "stated"}
    assert refusal in errors_of(submitted("undertakings", **fields))
    assert refusal in errors_of(submitted("undertakings", organisation=str(body.pk), visit=str(coming.pk), **fields))
    assert submitted("undertakings", organisation=str(body.pk), **fields).status_code == 303
    assert [line.belonging for line in Undertaking.objects.all()] == [body]


def test_the_catalogue_knows_a_line_by_its_owner_and_finds_it_by_its_terms():
    with remembered():
        found = undertaking("Chemistry", partnership=partnership(home=home("Ours"), partner=organisation("Theirs")))
        found.subjects.add(term(Subject, "chemistry"))
    line = Entry.objects.get(kind="undertaking")
    assert (line.second, line.words) == ("stated · partnership: Ours and Theirs", str(term(Subject, "chemistry")))
    with remembered():
        found.partnership.partner.name = "Renamed"
        found.partnership.partner.save()
    assert Entry.objects.get(kind="undertaking").second == "stated · partnership: Ours and Renamed"


def test_the_page_of_a_line_says_what_it_belongs_to(lines):
    words, queries = page_of(Undertaking.objects.get(wording="Of the partnership"))
    assert "Stated, for the partnership Ours and Theirs." in words
    assert queries <= 12


def test_work_that_goes_through_a_body_is_found_under_each_of_its_names():
    with remembered():
        bureau = organisation("City Bureau")
        models.OrganisationName.objects.create(organisation=bureau, value="City's Bureau", kind="variant")
        for wording, channel in (("By its name", "City Bureau"), ("As printed", "City's Bureau"), ("Not", "Bureau")):
            undertaking(wording, channel=channel)
        undertaking("Of its own", organisation=bureau)
    assert listed("undertakings", through=bureau.pk) == ["As printed", "By its name"]
    assert listed("undertakings", q="city's bureau") == ["As printed"]
    words, _ = page_of(bureau)
    assert "Lines of its own 1" in words
    assert "Work that goes through it 2 Show all 2 As printed" in words


def test_lines_of_a_body_stand_on_its_page_in_their_own_order():
    with remembered():
        centre = organisation("Centre")
        for order, wording in enumerate(["Research", "Education", "Business"], 1):
            undertaking(wording, organisation=centre, order=order)
    words, _ = page_of(centre)
    assert words.index("Research stated") < words.index("Education stated") < words.index("Business stated")
