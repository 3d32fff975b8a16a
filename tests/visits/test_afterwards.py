"""What comes after a visit: done and checked, evidence, thanks, signings, minutes in versions, and chains."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.memory.submissions import new_token
from partnerships.models import Evidence, FollowUp, Gap, Minutes, Participant, ThankYou, VisitAgreement
from partnerships.records.pages import Look
from partnerships.visits.models import Visit
from partnerships.visits.records.chains import chain
from tests.asking import listed, page_of, signed_in, words_of
from tests.samples import agreement, follow_up, make, person, project, somebody, undertaking

pytestmark = pytest.mark.django_db


def part(record, name: str = "afterwards", role: str = "staff") -> str:
    """The words of a part of a record's page."""
    answer = signed_in(role).get(f"{record.get_absolute_url()}{name}/")
    assert answer.status_code == 200
    return words_of(answer.content.decode().partition("data-part-body>")[2])


def said(answer) -> str:
    """The words of an answer."""
    return words_of(answer.content.decode())


def test_done_needs_what_was_done_and_counts_once():
    today, client, one = timezone.localdate(), signed_in("staff"), make("followup")
    here, token = f"/follow-ups/{one.pk}/done/", new_token()
    assert f'value="{today.isoformat()}"' in client.get(here).content.decode()
    assert client.get(f"/follow-ups/{one.pk}/").content.decode().count(f'action="{here}"') == 1
    for wrong, word in (
        ({"outcome": "", "done_on": today}, "What was done"),
        ({"outcome": "Sent.", "done_on": today + timedelta(days=1)}, "still to come"),
        ({"outcome": "Sent.", "done_on": "\x00"}, "Done on"),
    ):
        answer = client.post(here, wrong | {"token": token})
        assert (answer.status_code, word in said(answer)) == (422, True)
    sent = {"outcome": "Sent.", "done_on": today, "token": token}
    assert [client.post(here, sent).status_code for _ in range(2)] == [303, 303]
    assert "It was done already: Sent." in said(
        client.post(here, sent | {"token": new_token(), "outcome": "x"}, follow=True)
    )
    one.refresh_from_db()
    assert (one.outcome, one.done_on) == ("Sent.", today)
    assert client.post(here, {"outcome": "x", "done_on": today}).status_code == 400


def test_only_who_checks_and_did_not_do_it_says_that_it_was_checked():
    me, other = somebody("staff"), somebody("manager")
    done = {"done_on": timezone.localdate(), "outcome": "Sent."}
    mine, own, open_one, nobodys = (
        follow_up(checker=me, owner=other, **done),
        follow_up(checker=me, owner=me, **done),
        follow_up(checker=me),
        follow_up(**done),
    )
    client = signed_in("staff")
    answers = [
        client.post(f"/follow-ups/{one.pk}/check/", {"token": new_token()}).status_code
        for one in (mine, own, open_one, nobodys)
    ]
    assert answers == [303, 403, 303, 403]
    assert list(FollowUp.objects.filter(checked_on__isnull=False)) == [mine]
    assert listed("follow-ups", "staff", state="checked") == [mine.what]
    assert set(listed("follow-ups", "staff", state="done")) == {mine.what, own.what, nobodys.what}
    assert "State done and checked" in page_of(mine)[0]


def test_the_form_of_a_follow_up_keeps_the_same_rules():
    client, one = signed_in("staff"), make("followup", owner=somebody("staff"))
    sent = {"what": one.what, "visit": one.visit_id, "owner": one.owner_id, "version": 1}
    for wrong, word in (
        ({"done_on": "2026-01-02"}, "Say what was done."),
        ({"checker": one.owner_id}, "Somebody else than the owner checks it."),
        (
            {"checker": somebody("manager").pk, "done_on": "2026-01-02", "outcome": "x", "checked_on": "2026-01-03"},
            "Only who checks it says that it was checked.",
        ),
        ({"checked_on": "2026-01-03", "checker": ""}, "Only who checks it"),
    ):
        answer = client.post(f"/follow-ups/{one.pk}/edit/", sent | wrong | {"token": new_token()})
        assert (answer.status_code, word in said(answer)) == (422, True), word


def test_the_page_says_what_became_of_each_line():
    one = make("visit")
    line = undertaking("Exchange of staff", visit=one, standing="asked")
    undertaking("A branch", visit=one, standing="asked")
    signed, secret = agreement("New MoU"), project("Secret project", visibility=Visibility.MANAGERS)
    Evidence.objects.create(undertaking=line, agreement=signed, words="article 2")
    Evidence.objects.create(undertaking=line, project=secret)
    follow_up("Ring them", visit=one, undertaking=line, done_on="2026-01-02", outcome="Rang.")
    text = part(one)
    assert "Exchange of staff New MoU : article 2 Ring them done" in text.replace("New MoU:", "New MoU :")
    assert ("A branch nothing recorded yet" in text, "Secret project" in text) == (True, False)
    assert "Secret project" in part(one, role="manager")
    assert "Evidence for Exchange of staff" in said(signed_in().get(f"/agreements/{signed.pk}/signs/"))
    shown, queries = page_of(line)
    assert ("New MoU" in shown, "Ring them" in shown, "Secret" in shown, queries <= 12) == (True, True, False, True)
    assert listed("undertakings", "staff", has_evidence="yes") == ["Exchange of staff"]
    assert listed("undertakings", "staff", has_evidence="no") == ["A branch"]


def test_evidence_that_a_reader_may_not_see_is_as_if_it_were_not_there():
    line = undertaking("Exchange", standing="asked")
    Evidence.objects.create(undertaking=line, project=project(visibility=Visibility.MANAGERS))
    assert [listed("undertakings", role, has_evidence="yes") for role in ("staff", "manager")] == [[], ["Exchange"]]


def test_an_agreement_is_signed_at_a_visit_and_no_date_is_taken_in_silence():
    one, undated = make("visit", happens_on="2026-05"), make("visit", happens_on_wording="earlier this year")
    first, second, dated = agreement("First"), agreement("Second"), agreement("Dated", signed_on="2020")
    Gap.objects.create(record_kind="agreement", record_id=second.pk, field="signed_on", state="not_stated")
    VisitAgreement.objects.create(visit=one, agreement=second, kind="discussed")
    client = signed_in("staff")
    assert "It was signed on the visit’s date: May 2026" in said(client.get(f"/visits/{one.pk}/signed/"))
    assert "takes_date" not in client.get(f"/visits/{undated.pk}/signed/").content.decode()
    for visited, signed, more in (
        (one, first, {}),
        (one, second, {"takes_date": "on"}),
        (one, dated, {"takes_date": "on"}),
    ):
        sent = {"agreement": signed.pk, "token": new_token(), **more}
        assert client.post(f"/visits/{visited.pk}/signed/", sent).status_code == 303
        signed.refresh_from_db()
    assert [str(each.signed_on) for each in (first, second, dated)] == ["", "May 2026", "2020"]
    rows = VisitAgreement.objects.filter(visit=one).values_list("agreement__title", "kind")
    assert sorted(rows) == [("Dated", "signed"), ("First", "signed"), ("Second", "signed")]
    assert not Gap.objects.exists()


def test_thanks_are_said_to_be_sent_once():
    one, ding = make("visit"), person("Yulong Ding")
    row = ThankYou.objects.create(visit=one, person=ding, for_what="the tour", owner=somebody("staff"))
    assert "Yulong Ding the tour · test-staff writes · not sent · Say that it was sent" in part(one)
    client = signed_in("staff")
    here = f"/visits/{one.pk}/thanks/{row.pk}/sent/"
    assert client.get(here).status_code == 200
    assert ThankYou.objects.get().sent_on is None
    assert client.post(here, {"token": new_token()}).status_code == 303
    assert "was thanked already" in said(client.post(here, {"token": new_token()}, follow=True))
    assert ThankYou.objects.get().sent_on == timezone.localdate()
    assert client.get(f"/visits/{make('visit').pk}/thanks/{row.pk}/sent/").status_code == 404


def test_minutes_are_written_in_versions_that_stay():
    one, client = make("visit"), signed_in("staff")
    here = f"/visits/{one.pk}/minutes/"

    def write(text, started, token):
        return client.post(f"{here}write/", {"text": text, "started": started, "token": token})

    token = new_token()
    assert [write("We met.\nThey asked.", 0, token).status_code for _ in range(2)] == [303, 303]
    assert "They asked." in client.get(f"{here}write/").content.decode()
    assert write("We met.\nThey asked.", 1, new_token()).status_code == 422
    assert write("", 1, new_token()).status_code == 422
    assert write("We met.\nThey promised.", 1, new_token()).status_code == 303
    stale = write("Mine.", 1, new_token())
    text = said(stale)
    assert (stale.status_code, "wrote version 2" in text, "They promised." in text, "Mine." in text) == (
        409,
        True,
        True,
        True,
    )
    assert 'name="started" value="2"' in stale.content.decode()
    assert list(Minutes.objects.values_list("number", "text", "written_by__username").order_by("number")) == [
        (1, "We met.\nThey asked.", "test-staff"),
        (2, "We met.\nThey promised.", "test-staff"),
    ]
    newest = said(client.get(here))
    assert "Removed: − They asked. Added: + They promised." in newest
    assert "They asked." in said(client.get(f"{here}1/"))
    assert [client.get(f"{here}{number}/").status_code for number in (3, 0)] == [404, 404]
    assert client.get(f"/visits/{make('visit', visibility=Visibility.MANAGERS).pk}/minutes/").status_code == 404


def test_a_chain_shows_visits_in_order_and_what_changed_between():
    first = make("visit", title="First", happens_on="2024")
    second = make("visit", title="Second", after=first, home=first.home)
    third = make("visit", title="Third", after=second, home=first.home)
    make("visit", title="Hidden", after=second, home=first.home, visibility=Visibility.MANAGERS)
    line = undertaking("Exchange", visit=first, standing="asked")
    Evidence.objects.create(undertaking=line, agreement=agreement())
    follow_up(visit=first, done_on="2026-01-02", outcome="x")
    both, new = person("A"), person("B")
    for at, who in ((first, both), (second, both), (second, new)):
        Participant.objects.create(visit=at, person=who)
    look = Look(somebody("staff"), 2, timezone.localdate())
    for visited in (first, second, third):
        assert [(one.visit.title, one.between) for one in chain(Visit.objects.get(pk=visited.pk), look)] == [
            ("First", []),
            ("Second", ["1 request became an agreement", "1 follow-up was done", "1 participant was new"]),
            ("Third", []),
        ]
    assert "Hidden" not in part(second, "chain")
    assert chain(make("visit"), look) == []


def test_a_tour_is_a_heading_over_its_visits():
    one = make("visit", title="At Leeds", part_of="UK tour")
    make("visit", title="At York", part_of="UK tour")
    make("visit", title="Secret", part_of="UK tour", visibility=Visibility.MANAGERS)
    text = part(one, "chain")
    assert "Part of a larger tour: UK tour At Leeds" in text
    assert ("At York" in text, "Secret" in text) == (True, False)


def test_a_viewer_reads_and_changes_nothing():
    one = make("visit")
    task = follow_up(visit=one)
    row = ThankYou.objects.create(visit=one, whom="all")
    client = signed_in("viewer")
    assert "It is done" not in part(one, role="viewer")
    for address in (
        f"/follow-ups/{task.pk}/done/",
        f"/follow-ups/{task.pk}/check/",
        f"/visits/{one.pk}/signed/",
        f"/visits/{one.pk}/minutes/write/",
        f"/visits/{one.pk}/thanks/{row.pk}/sent/",
    ):
        assert client.post(address, {"token": new_token()}).status_code == 403, address


def test_the_part_costs_the_same_queries_for_one_line_and_for_thirty(django_assert_num_queries):
    one, client = make("visit"), signed_in("staff")
    for number in (1, 29):
        for _ in range(number):
            line = undertaking(visit=one, standing="asked", by=person(), owner=somebody("staff"))
            Evidence.objects.create(undertaking=line, agreement=agreement())
            Evidence.objects.create(undertaking=undertaking(), visit=one)
            follow_up(visit=one, undertaking=line, owner=somebody("staff"))
            follow_up(visit=one, checker=somebody("manager"), done_on="2026-01-02", outcome="x")
            ThankYou.objects.create(visit=one, person=person(), owner=somebody("staff"))
            Minutes.objects.create(visit=one, number=one.minutes.count() + 1, text="x", written_by=somebody("staff"))
        with django_assert_num_queries(10):
            client.get(f"{one.get_absolute_url()}afterwards/")
