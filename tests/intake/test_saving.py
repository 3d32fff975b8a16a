"""A text becomes a visit: only what was kept, each value with its words, all or nothing, for its owner alone."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.memory.submissions import new_token
from partnerships.models import (
    ContactPoint,
    FollowUp,
    Funding,
    Organisation,
    Participant,
    Person,
    Reading,
    Source,
    Statement,
    Visit,
    VisitAgreement,
)
from partnerships.records import catalogue
from tests.asking import errors_of, signed_in
from tests.samples import agreement, home, organisation, visit

pytestmark = pytest.mark.django_db
TEXT = (
    "The University of Mercia welcomed a delegation of 3 from Lakeside Municipal Government in May.\n"
    "Mr Zhang Weiming, Party Secretary, led the delegation. He said: “We would welcome a joint school of rivers.”\n"
    "The agreement covers staff exchange and fish farming. They signed it for £1.2m.\n"
    "For more contact Ann Baker on +44 121 496 0102.\n"
)
KEPT = ("organisation", "person", "post", "part", "group", "ask", "date")


def begun(client, text: str = TEXT) -> Reading:
    """A draft of the text."""
    page = client.get("/visits/from-text/").content.decode()
    answer = client.post("/visits/from-text/", {"token": token_of(page), "text": text})
    assert answer.status_code == 303, answer.content.decode()
    return Reading.objects.latest("pk")


def token_of(page: str) -> str:
    """The token of a page's form."""
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def asked(client, reading: Reading) -> dict:
    """What a browser would send of the page as it is drawn."""
    page = client.get(reading.get_absolute_url()).context
    sheet, sent = page["sheet"], {"token": page["token"], "version": page["reading"].version}
    for form in [sheet.frame, *sheet.lines.forms]:
        for field in form:
            if not isinstance(field.value(), list):
                sent[field.html_name] = field.value() or ""
    return sent | {"followups-TOTAL_FORMS": "0", "followups-INITIAL_FORMS": "0"}


def decisions(client, reading: Reading, *, keep, **more) -> dict:
    """What is sent when the lines of these kinds are kept; `kind__field` says more of the lines of a kind."""
    reading.refresh_from_db()
    sent = asked(client, reading)
    for at, one in enumerate(reading.lines):
        sent[f"l{at}-decision"] = "keep" if one["kind"] in keep else "drop"
        for name, value in more.items():
            kind, _, field = name.partition("__")
            if kind == one["kind"]:
                sent[f"l{at}-{field}"] = value
    return sent | {name: value for name, value in more.items() if "__" not in name}


def saved(client, reading: Reading, sent: dict) -> Visit:
    """The visit that comes of what is sent."""
    answer = client.post(reading.get_absolute_url(), sent)
    assert answer.status_code == 303, errors_of(answer)
    return Visit.objects.latest("pk")


def number(reading: Reading, kind: str, words: str = "") -> int:
    """The number of a line."""
    return next(at for at, one in enumerate(reading.lines) if one["kind"] == kind and words in one["value"])


@pytest.fixture
def ours():
    made = home("University of Mercia")
    catalogue.rebuild()
    return made


def test_what_was_kept_is_recorded_with_its_words_and_contact_details_are_not(ours):
    client = signed_in("staff")
    reading = begun(client)
    assert (Visit.objects.count(), Source.objects.count()) == (0, 0)
    sent = decisions(client, reading, keep=KEPT)
    made = saved(client, reading, sent)
    assert (made.home, made.direction, str(made.partner)) == (ours, "inbound", "Lakeside Municipal Government")
    assert str(made) == "Lakeside Municipal Government at University of Mercia"
    people = {(str(one), one.role, one.group_size) for one in Participant.objects.all()}
    assert people == {("Zhang Weiming", "head", None), ("delegation", "", 3)}
    assert [one.standing for one in made.undertakings.all()] == ["asked"]
    zhang = Person.objects.get(name="Zhang Weiming")
    assert (zhang.is_sensitive, zhang.family_name, zhang.notes) == (True, "Zhang", "Recorded for: this visit")
    assert not ContactPoint.objects.exists()
    source = Source.objects.get()
    assert (source.text.strip(), source.speaks_for) == (TEXT.strip(), ours)
    lines = source.text.split("\n")
    assert all(one.quotation in lines[one.paragraph - 1] for one in Statement.objects.all())
    assert {*Statement.objects.values_list("basis", flat=True)} == {"stated"}
    again = client.post(reading.get_absolute_url(), sent)
    assert (again.status_code, Visit.objects.count()) == (303, 1)
    assert client.get(begun(client).get_absolute_url()).context["before"] == source


def test_a_contact_detail_without_a_purpose_stores_nothing_and_keeps_what_was_decided(ours):
    client = signed_in("staff")
    reading = begun(client)
    sent = decisions(client, reading, keep=(*KEPT, "contact"))
    assert "Say what this contact detail is for" in errors_of(client.post(reading.get_absolute_url(), sent))
    assert (Visit.objects.count(), Source.objects.count(), Organisation.objects.count()) == (0, 0, 1)
    reading.refresh_from_db()
    assert {one["said"]["decision"] for one in reading.lines} == {"keep", "drop"}
    saved(client, reading, decisions(client, reading, keep=(*KEPT, "contact"), contact__purpose="press enquiries"))
    assert [(str(one.person), one.purpose) for one in ContactPoint.objects.all()] == [("Ann Baker", "press enquiries")]


def test_a_draft_is_seen_and_deleted_by_its_owner_alone_and_goes_after_thirty_days(ours):
    client = signed_in("staff")
    reading = begun(client)
    other = signed_in("admin")
    assert other.get(reading.get_absolute_url()).status_code == 404
    assert other.post(f"{reading.get_absolute_url()}delete/").status_code == 404
    assert signed_in("viewer").get("/visits/from-text/").status_code == 403
    assert client.get(f"{reading.get_absolute_url()}delete/").status_code == 200
    assert client.post(f"{reading.get_absolute_url()}delete/").status_code == 303
    assert not Reading.objects.exists()
    kept, old = begun(client), begun(client)
    Reading.objects.filter(pk=old.pk).update(kept_at=timezone.now() - timedelta(days=31))
    call_command("run_due")
    assert [one.pk for one in Reading.objects.all()] == [kept.pk]


def test_a_text_that_is_too_long_is_named_and_nothing_is_kept(ours):
    client = signed_in("staff")
    answer = client.post("/visits/from-text/", {"token": "x" * 20, "text": "word " * 400_000})
    assert "at most 200,000 can be read" in errors_of(answer)
    assert "choose a file" in errors_of(client.post("/visits/from-text/", {"token": "x" * 20, "text": " "}))
    assert not Reading.objects.exists()


@pytest.mark.parametrize("letter", ["A", "字"])
def test_a_first_line_that_is_no_headline_is_shortened_and_says_so(ours, letter):
    client = signed_in("staff")
    for length, title in ((120, letter * 120), (121, letter * 119 + "…")):
        client.post("/visits/from-text/", {"token": new_token(), "text": f"{letter * length}\nMore."})
        assert Reading.objects.latest("pk").title == title


def test_words_that_were_selected_become_a_line_once(ours):
    client = signed_in("staff")
    reading = begun(client)
    sent = asked(client, reading)
    sent |= {"do": "add", "own-kind": "ask", "own-paragraph": "2", "own-words": "a joint school of rivers"}
    for _ in range(2):
        assert client.post(reading.get_absolute_url(), sent).status_code == 303
    reading.refresh_from_db()
    assert [one["value"] for one in reading.lines if one["kind"] == "ask"][1:] == ["a joint school of rivers"]
    sent = asked(client, reading) | {"do": "add", "own-kind": "ask", "own-paragraph": "1", "own-words": "nowhere"}
    assert "does not hold these words" in errors_of(client.post(reading.get_absolute_url(), sent))


def test_a_draft_that_another_window_changed_is_not_overwritten_unseen(ours):
    client = signed_in("staff")
    reading = begun(client)
    first, second = asked(client, reading), asked(client, reading)
    assert client.post(reading.get_absolute_url(), first | {"do": "draft", "title": "First"}).status_code == 303
    answer = client.post(reading.get_absolute_url(), second | {"do": "draft", "title": "Second"})
    assert answer.status_code == 409
    assert "changed in another window" in answer.context["form"].non_field_errors()[0]
    assert answer.context["sheet"].frame["title"].value() == "Second"
    reading.refresh_from_db()
    assert reading.chosen["title"] == "First"


def test_an_agreement_is_linked_only_where_somebody_chose_it_and_gets_the_areas_that_are_its_own(ours):
    partner = organisation("Lakeside Municipal Government")
    theirs = agreement("Rivers agreement", parties=(ours, partner))
    agreement("Another", parties=(ours, organisation()))
    catalogue.rebuild()
    client = signed_in("staff")
    reading = begun(client)
    page = client.get(reading.get_absolute_url()).context
    line = page["sheet"].lines.forms[number(reading, "agreement")]
    assert [pk for pk, _ in line.fields["agreement"].choices] == ["", str(theirs.pk)]
    assert line["agreement"].value() in (None, "")
    keep = ("organisation", "agreement", "area")
    sent = decisions(client, reading, keep=keep, agreement__agreement=str(theirs.pk))
    assert "Say what the visit has to do with this agreement" in errors_of(
        client.post(reading.get_absolute_url(), sent)
    )
    sent = decisions(client, reading, keep=keep, agreement__agreement=str(theirs.pk), agreement__how="discussed")
    sent[f"l{number(reading, 'area', 'fish')}-of"] = str(number(reading, "agreement"))
    made = saved(client, reading, sent)
    assert [(one.visit, one.agreement, one.kind) for one in VisitAgreement.objects.all()] == [
        (made, theirs, "discussed")
    ]
    assert [(str(one), one.standing) for one in theirs.undertakings.all()] == [("fish farming", "agreed")]
    assert [(str(one), one.standing) for one in made.undertakings.all()] == [("staff exchange", "stated")]


def test_a_body_of_nearly_the_name_is_possibly_meant_and_taken_only_where_somebody_says_so(ours):
    near = organisation("Lakeside Municipal Goverment")
    catalogue.rebuild()
    client = signed_in("staff")
    reading = begun(client)
    at = number(reading, "organisation", "Lakeside")
    form = client.get(reading.get_absolute_url()).context["sheet"].lines.forms[at]
    assert form["record"].value() == "new"
    assert [pk for pk, _ in form.fields["record"].choices] == ["new", str(near.pk)]
    sent = decisions(client, reading, keep=("organisation",), **{f"l{at}-record": str(near.pk)})
    assert saved(client, reading, sent).partner == near


@pytest.mark.parametrize(
    ("becomes", "made"),
    [("", []), ("new", [("Rivers fund", "GBP", 1_200_000, "£1.2m")]), ("known", [("Fund", "", None, "")])],
)
def test_money_becomes_what_somebody_says(ours, becomes, made):
    known = Funding.objects.create(title="Fund") if becomes == "known" else None
    client = signed_in("staff")
    reading = begun(client)
    more = {"money__becomes": becomes, "money__title": "Rivers fund", "money__funding": str(known.pk) if known else ""}
    saved(client, reading, decisions(client, reading, keep=("organisation", "money"), **more))
    found = [(one.title, one.currency, one.amount, one.amount_stated) for one in Funding.objects.all()]
    assert found == made
    about = Statement.objects.get(quotation="£1.2m")
    assert about.record_kind == ("funding" if becomes else "visit")


def test_what_the_words_do_not_say_is_implied_or_by_context(ours):
    client = signed_in("staff")
    reading = begun(client)
    keep = ("organisation", "ask")
    sent = decisions(client, reading, keep=keep, ask__value="A school")
    answer = client.post(reading.get_absolute_url(), sent)
    assert "These words are not in the paragraph" in errors_of(answer)
    made = saved(client, reading, decisions(client, reading, keep=keep, ask__value="A school", ask__basis="implied"))
    line = made.undertakings.get()
    about = Statement.objects.get(record_kind="undertaking", record_id=line.pk)
    assert (str(line), about.text, about.basis) == ("A school", "A school", "implied")


def test_a_visit_after_another_with_what_is_to_be_done_and_a_date_of_ones_own(ours):
    earlier = visit("Ours there", home=ours, direction="outbound")
    client = signed_in("staff")
    reading = begun(client)
    rows = {"followups-TOTAL_FORMS": "1", "followups-0-what": "Send the draft", "followups-0-due_on": "2031-02-03"}
    frame = {"after": str(earlier.pk), "when": "", "happens_on_wording": "after the signing in May"}
    sent = decisions(client, reading, keep=("organisation",)) | rows | frame
    assert client.post(reading.get_absolute_url(), sent | {"do": "draft"}).status_code == 303
    page = client.get(reading.get_absolute_url()).context["sheet"]
    assert page.follow_ups.forms[0]["what"].value() == "Send the draft"
    assert page.frame["happens_on"].value() == ["", "after the signing in May"]
    made = saved(client, reading, decisions(client, reading, keep=("organisation",)) | rows | frame)
    assert (made.after, made.happens_on.words) == (earlier, "“after the signing in May”")
    assert [(one.what, str(one.due_on), one.visit) for one in FollowUp.objects.all()] == [
        ("Send the draft", "2031-02-03", made)
    ]


WILD = {
    "l{at}-record": "x'", "l{at}-value": "\x00" * 400, "l{at}-basis": "nobody", "home": "9" * 40, "partner": "999",
    "when": "-1", "after": "x\x00", "happens_on_date": "3/4/26", "direction": "up", "own-paragraph": "9" * 30,
    "followups-TOTAL_FORMS": "many", "followups-0-owner": "x", "version": "x",
}  # fmt: skip


@pytest.mark.parametrize(
    ("do", "fields"), [*(("", [one]) for one in WILD), ("draft", [*WILD][:-1]), ("add", [*WILD][:-1])]
)
def test_nothing_that_is_sent_breaks_the_page_or_is_half_recorded(ours, do, fields):
    client = signed_in("staff")
    reading = begun(client)
    at = number(reading, "organisation")
    wild = {name.format(at=at): WILD[name] for name in fields}
    answer = client.post(
        reading.get_absolute_url(), decisions(client, reading, keep=("organisation",)) | {"do": do} | wild
    )
    assert answer.status_code in (303, 409, 422)
    assert client.get(reading.get_absolute_url()).status_code in (200, 302)
    assert Visit.objects.count() == Source.objects.count() <= (answer.status_code == 303)


def test_a_corrected_date_is_read_again(ours):
    client = signed_in("staff")
    reading = begun(client)
    at = number(reading, "date")
    sent = decisions(client, reading, keep=("organisation", "date"), date__value="May 2024", date__basis="context")
    made = saved(client, reading, sent | {"when": str(at)})
    assert made.happens_on.notation == "2024-05"


def test_a_draft_is_drawn_with_as_many_questions_whatever_its_length(ours):
    client = signed_in("staff")
    counts = []
    for many in (1, 30):
        reading = begun(client, "\n".join(f"Mr Zhang Wei{one} met Lake{one} University." for one in range(many)))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reading.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts == [6, 6]
