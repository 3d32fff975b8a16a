"""History tells what happened to a record in the words of the screen, and asks a fixed number of questions."""

import pytest

from partnerships.memory import acting
from partnerships.memory.history import Entry, FieldChange, RowChange, history, since
from partnerships.memory.models import Change
from partnerships.models import Funding, Organisation, Programme, Project, ProjectPartner, Undertaking

pytestmark = pytest.mark.django_db


def told(entries):
    return [
        [(row.label, row.action, [(f.label, f.before, f.after) for f in row.fields]) for row in e.rows] for e in entries
    ]


def test_one_request_is_one_entry_with_all_its_rows(register, user):
    project = register.first
    with acting(user.pk, "Signed at last", "abc"):
        project.title, project.starts_on, project.home = "Renewed", "2015-09", register.surrey
        project.stands_for, project.status = "unknown", "running"
        project.save()
        partner = ProjectPartner.objects.create(project=project, organisation=register.surrey, order=3)
    changes = list(Change.objects.order_by("-pk")[:2])
    (newest, created) = history("project", project.pk)
    stands_for = Project._meta.get_field("stands_for")
    labels = dict(stands_for.flatchoices)
    assert newest == Entry(
        at=changes[0].at,
        user="Ada Lovelace",
        user_id=user.pk,
        reason="Signed at last",
        request_id="abc",
        before_id=changes[1].pk,
        rows=[
            RowChange(
                kind="project",
                row_id=project.pk,
                label="Project",
                action="changed",
                action_label="changed",
                is_record=True,
                left=False,
                fields=[
                    FieldChange("Title", "First", "Renewed"),
                    FieldChange("This record stands for", str(labels["one"]), str(labels["unknown"])),
                    FieldChange("Status", "", "running"),
                    FieldChange("Home", "", "University of Surrey"),
                    FieldChange("Starts", "", "September 2015"),
                ],
            ),
            RowChange(
                kind="projectpartner",
                row_id=partner.pk,
                label="Project partner",
                action="created",
                action_label="created",
                is_record=False,
                left=False,
                fields=[
                    FieldChange("Project", "", "Renewed"),
                    FieldChange("Organisation", "", "University of Surrey"),
                    FieldChange("Order", "", "3"),
                ],
            ),
        ],
    )
    assert (created.user, created.user_id, created.reason, created.request_id) == ("", None, "", "")
    assert [(row.label, row.action) for row in created.rows] == [("Project", "created")]


def test_amounts_and_claims_are_shown_as_people_write_them(register):
    funding = Funding.objects.create(handle="f", recipient=register.wuhan, amount="1000", currency="GBP")
    Funding.objects.filter(pk=funding.pk).update(amount="1234567.5", is_approximate=True)
    ((_, _, fields),) = told(history("funding", funding.pk))[0]
    assert fields == [("Amount", "1000.00", "1234567.50"), ("Approximate", "No", "Yes")]


def test_days_are_told_in_words(register):
    line = Undertaking.objects.create(organisation=register.wuhan, wording="Visit us", standing="asked")
    Undertaking.objects.filter(pk=line.pk).update(due_on="2027-02-01")
    assert told(history("undertaking", line.pk))[0] == [("Undertaking", "changed", [("Due", "", "1 February 2027")])]


def test_many_to_many_rows_go_by_the_fields_name(register):
    programme = Programme.objects.create(handle="phd", title="Dual PhD", home=register.surrey)
    programme.places.add(register.place)
    assert told(history("programme", programme.pk))[0] == [[("Places", "created", [("Place", "", "Guildford")])]][0]


def test_history_is_read_page_by_page(register):
    for number in range(5):
        Project.objects.filter(pk=register.first.pk).update(title=f"Title {number}")
    pages, before_id = [], None
    while page := history("project", register.first.pk, 2, before_id):
        pages.append(
            [entry.rows[0].fields[0].after if entry.rows[0].action == "changed" else "created" for entry in page]
        )
        before_id = page[-1].before_id
    assert pages == [["Title 4", "Title 3"], ["Title 2", "Title 1"], ["Title 0", "created"]]


def test_what_happened_since_a_version_is_told_with_who_did_it(register, user, django_assert_num_queries):
    project = register.first
    Project.objects.filter(pk=project.pk).update(title="Opened")
    with acting(user_id=user.pk):
        Project.objects.filter(pk=project.pk).update(title="Theirs")
        ProjectPartner.objects.create(project=project, organisation=register.surrey)
    with django_assert_num_queries(6):
        entries = since("project", project.pk, 2)
    assert [(entry.user, [(row.kind, row.action) for row in entry.rows]) for entry in entries] == [
        ("Ada Lovelace", [("projectpartner", "created")]),
        ("Ada Lovelace", [("project", "changed")]),
    ]
    assert since("project", project.pk, 4) == []


def test_a_row_that_was_moved_away_is_told_on_both_sides(register):
    partner = ProjectPartner.objects.create(project=register.first, organisation=register.surrey)
    ProjectPartner.objects.filter(pk=partner.pk).update(project=register.second)
    fields = [("Project", "First", "Second")]
    assert told(history("project", register.first.pk))[0] == [("Project partner", "changed", fields)]
    assert [row.left for row in history("project", register.first.pk)[0].rows] == [True]
    assert told(history("project", register.second.pk))[0] == [("Project partner", "changed", fields)]


def test_accounts_and_records_that_are_gone_are_still_told(register, user):
    pk, gone = user.pk, Organisation.objects.create(handle="gone", name="Gone College")
    with acting(pk):
        Project.objects.filter(pk=register.first.pk).update(home=gone)
        Project.objects.filter(pk=register.first.pk).update(home=None)
    user.delete()
    gone.delete()
    entries = history("project", register.first.pk)
    assert entries[0].user == f"former user {pk}"
    assert told(entries)[0] == [("Project", "changed", [("Home", "(no longer there, or not shown to you)", "")])]


def test_history_never_names_what_its_reader_may_not_see(register):
    hidden = Organisation.objects.create(handle="hidden", name="Hidden College", visibility=3)
    project = register.first
    kept = ProjectPartner.objects.create(project=project, organisation=hidden)
    ProjectPartner.objects.create(project=project, organisation=Organisation.objects.create(handle="open", name="Open"))
    kept.role = "Lead"
    kept.save()
    kept.delete()
    ProjectPartner.objects.create(project=project, organisation=hidden)

    def seen(rows):
        if rows.model is Organisation:
            return rows.exclude(pk=hidden.pk)
        return rows.exclude(organisation=hidden) if rows.model is ProjectPartner else rows

    assert told(history("project", project.pk, seen=seen)) == [
        [("Project partner", "created", [("Project", "", "First"), ("Organisation", "", "Open"), ("Order", "", "0")])],
        told(history("project", project.pk))[-1],
    ]
    assert "Hidden" in str(history("project", project.pk))
    assert "Hidden" not in str(history("project", project.pk, seen=seen))


def test_what_was_erased_is_told_without_its_values(register):
    from partnerships.memory import erasing

    with erasing():
        Project.objects.filter(pk=register.first.pk).update(title="Erased")
    assert told(history("project", register.first.pk))[0] == [("Project", "changed", [])]


@pytest.mark.parametrize("rows", [1, 30])
def test_history_asks_as_many_questions_of_thirty_entries_as_of_one(register, user, rows, django_assert_num_queries):
    for number in range(rows):
        organisation = Organisation.objects.create(handle=f"o{number}", name=f"O {number}")
        with acting(user.pk, request_id=f"r{number}"):
            ProjectPartner.objects.create(project=register.first, organisation=organisation)
    with django_assert_num_queries(5):  # keys, changes, users, projects, organisations
        assert len(history("project", register.first.pk, limit=rows)) == rows
