"""By which conditions agreements are found, and that nothing hidden can be guessed."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import Agreement, AgreementRelation, AgreementType, Evidence, Gap, Note, Party, VisitAgreement
from partnerships.undertakings.models import Activity, Subject
from tests.asking import listed, page_of, signed_in, words_of
from tests.samples import (
    agreement,
    cohort,
    follow_up,
    funding,
    home,
    known,
    organisation,
    place,
    programme,
    somebody,
    undertaking,
    visit,
)

pytestmark = pytest.mark.django_db
HIDDEN = {"visibility": Visibility.MANAGERS}


def test_words_are_looked_for_in_title_and_reference():
    with remembered():
        agreement("Nanjing Memorandum")
        agreement("Dual PhD", reference="NJ-2024/7")
    assert listed("agreements", q="memo") == ["Nanjing Memorandum"]
    assert listed("agreements", q="nj 2024") == ["Dual PhD"]


def test_an_agreement_is_found_by_home_and_by_each_party_once():
    leeds, york, partner = home("Leeds"), home("York"), organisation("Partner")
    agreement("Of Leeds", parties=(leeds, partner))
    agreement("Of both", parties=(leeds, york, partner))
    assert listed("agreements", home=[leeds.handle, york.handle]) == ["Of Leeds", "Of both"]
    assert listed("agreements", home=york.handle) == ["Of both"]
    assert listed("agreements", party=partner.pk) == ["Of Leeds", "Of both"]
    assert listed("agreements", party=organisation().pk) == []


def test_a_place_is_that_of_a_partner_and_of_none_that_may_not_be_seen():
    china = place("China", kind="country", handle="china")
    city = place("Nanjing", handle="nanjing", parent=china)
    agreement("There", parties=(home(), organisation(place=city), organisation(place=china)))
    agreement("Our own branch", parties=(organisation(is_home=True, place=city), organisation()))
    secret = agreement("Secret party", parties=(home(), organisation(), organisation(place=city, **HIDDEN)))
    assert listed("agreements", place=china.pk) == ["There"]
    assert listed("agreements", "manager", place=china.pk) == [secret.title, "There"]


def test_an_agreement_is_found_by_its_areas_as_far_as_they_may_be_seen():
    law, joint = (
        Subject.objects.create(code="law-x", label="Law"),
        Activity.objects.create(code="joint-x", label="joint"),
    )
    for title, more in (("Open", {}), ("Hidden area", HIDDEN)):
        one = agreement(title)
        for _ in range(2):
            area = undertaking(agreement=one, **more)
            area.subjects.add(law)
            area.activities.add(joint)
    assert listed("agreements", subject="law-x") == listed("agreements", activity="joint-x") == ["Open"]
    assert listed("agreements", "manager", subject="law-x") == ["Hidden area", "Open"]


def test_an_agreement_is_found_by_type_step_owner_and_by_what_is_not_recorded():
    memorandum = AgreementType.objects.create(code="memo-x", label="memorandum")
    agreement("Typed", type=memorandum, step="registered", owner=somebody("staff"))
    agreement("Bare")
    assert listed("agreements", type="memo-x") == listed("agreements", step="registered") == ["Typed"]
    assert listed("agreements", type="unknown") == listed("agreements", step="unknown") == ["Bare"]
    assert (listed("agreements", has_owner="yes"), listed("agreements", has_owner="no")) == (["Typed"], ["Bare"])


def test_an_agreement_is_found_by_its_legal_state_of_today():
    agreement("Over", signed_on="1990", ends_on="2000")
    agreement("For ever", signed_on="1990", ending="evergreen")
    agreement("Who knows")
    assert listed("agreements", state="expired") == ["Over"]
    assert listed("agreements", state=["evergreen", "unknown"]) == ["For ever", "Who knows"]


def test_an_agreement_is_found_by_its_signs_of_life_as_far_as_they_may_be_seen():
    today = timezone.localdate()
    day, long_ago = today.isoformat(), (today - timedelta(days=400)).isoformat()

    def old(title: str, **more):
        return agreement(title, signed_on="2001", **more)

    agreement("Signed of late", signed_on=day)
    agreement("Signed some day", signed_on="XXXX-05")
    VisitAgreement.objects.create(visit=visit(happens_on=day), agreement=old("Visited"), kind="discussed")
    called_off = visit(happens_on=day, status="cancelled")
    VisitAgreement.objects.create(visit=called_off, agreement=old("Called off"), kind="discussed")
    cohort(programme=programme(agreement=old("Teaches"), starts_on="2001"), enters_on=day)
    funding(agreement=old("Paid in secret"), given_on=day, **HIDDEN)
    funding(agreement=old("Paid long ago"), given_on=long_ago)
    for title, more in (("Shown", {"happens_on": day}), ("Shown some day", {"happens_on": "XXXX-05"})):
        line = undertaking(agreement=old(title))
        Evidence.objects.create(undertaking=line, visit=visit(**more))
    other = undertaking(agreement=old("Shown by another line"))
    Evidence.objects.create(undertaking=other, line=undertaking())
    follow_up(agreement=old("Done"), done_on=day)
    called = old("Rang")
    Note.objects.create(record_kind="agreement", record_id=called.pk, kind="call", text="They rang.", happened_on=day)
    recent = ["Done", "Rang", "Shown", "Signed of late", "Teaches", "Visited"]
    known()
    assert listed("agreements", life="recent") == recent
    assert listed("agreements", life="possible") == ["Shown by another line", "Shown some day", "Signed some day"]
    assert listed("agreements", life="none") == ["Called off", "Paid in secret", "Paid long ago"]
    assert listed("agreements", "manager", life="recent") == sorted([*recent, "Paid in secret"])


def test_an_agreement_that_has_gone_quiet_rises_on_its_own_and_one_that_is_over_does_not():
    with remembered():
        quiet, over = agreement("Quiet", signed_on="2001"), agreement("Over", signed_on="2001", ends_on="2002")
    page, queries = page_of(quiet)
    assert ("Nothing is recorded for 12 months." in page, queries <= 12) == (True, True)
    assert "Nothing is recorded for" not in page_of(over)[0]
    words = words_of(signed_in("manager").get("/").content.decode()).partition("Agreements without a sign of life ")[2]
    assert words.startswith("1 with nothing recorded for 12 months Quiet no owner Follow-ups")


def test_a_span_finds_the_certain_agreements_and_says_how_many_more_are_possible():
    agreement("Of 2022", signed_on="2022")
    agreement("Of May", signed_on="XXXX-05")
    agreement("Undated")
    agreement("Of 2019", signed_on="2019")
    assert listed("agreements", signed_from="2022-01-01", signed_to="2022-12-31") == ["Of 2022"]
    page = signed_in().get("/agreements/?signed_from=2022&signed_to=2022")
    assert page.context["span"] == (1, 2)
    assert listed("agreements", signed_from="2022", signed_to="2022", signed_possible="yes") == [
        "Of 2022",
        "Of May",
        "Undated",
    ]
    assert listed("agreements", ends_from="2022") == []


def test_a_party_that_may_not_be_seen_is_no_choice_and_in_no_row():
    one, secret = agreement("Shared", parties=(home("Leeds"), organisation("Open"))), organisation("Secret", **HIDDEN)
    Party.objects.create(agreement=one, organisation=secret)
    assert signed_in().get(f"/agreements/?party={secret.pk}").status_code == 400
    assert listed("agreements", "manager", party=secret.pk) == ["Shared"]
    assert "Secret" not in signed_in().get("/agreements/").content.decode()


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ("state=alive", "alive is not one of the available choices"),
        ("type=memo", "memo is not one of the available choices"),
        ("signed_from=31/02/2022", "There is no 31 February 2022."),
        ("signed_from=May", "Enter a date with its year"),
        ("sings_from=2022", "Did you mean “signed_from”?"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(conditions, sentence):
    answer = signed_in().get(f"/agreements/?{conditions}")
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)


def with_notice(title: str, on: date, **more) -> Agreement:
    """An agreement of which notice can be given until a day, two years before its end."""
    ends = (on + relativedelta(days=730)).isoformat()
    return agreement(title, signed_on="1990", ends_on=ends, notice_period="730 days", **more)


def test_an_agreement_needs_a_decision_while_its_end_is_near_past_or_unknown_and_nobody_replaced_it():
    today = timezone.localdate()
    agreement("Ends soon", signed_on="1990", ends_on=(today + timedelta(days=30)).isoformat())
    agreement("Ends late", signed_on="1990", ends_on=(today + timedelta(days=900)).isoformat())
    agreement("Review due", signed_on="1990", ending="evergreen", review_on=today)
    agreement("Review later", signed_on="1990", ending="evergreen", review_on=today + timedelta(days=1))
    over, old = (agreement(title, signed_on="1990", ends_on="2000") for title in ("Over", "Renewed"))
    for title, days in (("Notice near", 90), ("Notice later", 91), ("Notice past", -1)):
        with_notice(title, today + timedelta(days=days))
    with_notice("Refused", today + timedelta(days=5), step="declined")
    with_notice("Ended early", today + timedelta(days=5), event="terminated")
    agreement("Suspended", event="suspended")
    agreement("Unknown")
    new = agreement("New", signed_on="2000", ending="evergreen")
    AgreementRelation.objects.create(agreement=new, kind="renews", to_agreement=old)
    hidden = agreement("Secret", signed_on="2000", ending="evergreen", **HIDDEN)
    AgreementRelation.objects.create(agreement=hidden, kind="supersedes", to_agreement=over)
    everyone = ["Ends soon", "Notice near", "Notice past", "Over", "Review due", "Suspended", "Unknown"]
    assert listed("agreements", needs_decision="yes") == everyone
    assert listed("agreements", "manager", needs_decision="yes") == [one for one in everyone if one != "Over"]
    assert listed("agreements", needs_decision="no") == [
        "Ended early",
        "Ends late",
        "New",
        "Notice later",
        "Refused",
        "Renewed",
        "Review later",
    ]


def test_an_agreement_is_found_by_whether_it_is_known_how_it_ends_and_by_being_mine():
    agreement("Of 2030", ends_on="2030", owner=somebody("viewer"))
    agreement("Of a May", ends_on="XXXX-05", owner=somebody("staff"))
    agreement("For ever", ending="evergreen")
    agreement("Who knows", ending="fixed")
    assert listed("agreements", has_end="yes") == ["For ever", "Of 2030", "Of a May"]
    assert listed("agreements", has_end="no") == ["Who knows"]
    assert listed("agreements", mine="yes") == ["Of 2030"]
    assert listed("agreements", mine="no") == ["For ever", "Of a May", "Who knows"]


def test_an_agreement_is_found_by_what_no_source_states():
    for title, field, state in (
        ("End", "ends_on", "not_stated"),
        ("Kept", "ends_on", "withheld"),
        ("Type", "type", "not_stated"),
    ):
        Gap.objects.create(record_kind="agreement", record_id=agreement(title).pk, field=field, state=state)
    Gap.objects.create(record_kind="visit", record_id=agreement("Other").pk, field="ends_on", state="not_stated")
    assert listed("agreements", not_stated="ends_on") == ["End"]
    assert listed("agreements", not_stated=["ends_on", "type"]) == ["End", "Type"]
    assert signed_in().get("/agreements/?not_stated=password").status_code == 400


def test_an_agreement_is_found_by_where_it_was_signed_as_a_whole_or_by_a_party():
    province = place("Jiangsu", kind="province", handle="jiangsu-x")
    city = place("Nanjing", handle="nanjing-x", parent=province)
    agreement("Signed there", signed_place=city)
    Party.objects.filter(agreement=agreement("By a party")).update(signed_place=city)
    Party.objects.filter(agreement=agreement("Secret", **HIDDEN)).update(signed_place=city)
    agreement("With a body from there", parties=(home(), organisation(place=city)))
    assert listed("agreements", signed_at=province.pk) == ["By a party", "Signed there"]
    assert listed("agreements", signed_at=place("Elsewhere").pk) == []


def test_a_type_finds_its_narrower_ones_too():
    wide, narrow, other = (
        AgreementType.objects.create(code=code, label=code) for code in ("memo", "government_memo", "memory")
    )
    for title, kind in (("Wide", wide), ("Narrow", narrow), ("Other", other), ("None", None)):
        agreement(title, type=kind)
    assert listed("agreements", type="memo") == ["Narrow", "Wide"]
    assert listed("agreements", type="government_memo") == ["Narrow"]
    assert listed("agreements", type=["memory", "unknown"]) == ["None", "Other"]
