"""The review of an agreement: what its screen tells to whom, how a decision is made, and that it is kept as it was."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from docx import Document

from partnerships.memory import erasing, remembered
from partnerships.memory.models import Change
from partnerships.memory.submissions import new_token
from partnerships.models import Agreement, FollowUp, Gap, Organisation, Party, RefusedStep, Review, Undertaking, Visit
from partnerships.reviews.freezing import hash_of
from tests.asking import signed_in, words_of
from tests.reviews.worlds import a_world, on
from tests.samples import somebody, visit

pytestmark = pytest.mark.django_db
LATER = timezone.localdate() + timedelta(days=100)


def opened(client, one: Agreement) -> dict[str, str]:
    """What the form of a review carries unseen."""
    page = client.get(f"{one.get_absolute_url()}review/").content.decode()
    return {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("token", "shown", "opened")}


def decide(client, one: Agreement, carried: dict | None = None, **given):
    """The answer to a decision, as the form sends it."""
    data = {"decision": "keep", "reason": "It is alive", "next_on": LATER.isoformat(), **given}
    return client.post(f"{one.get_absolute_url()}review/", (carried or opened(client, one)) | data)


def page_of(client, address: str) -> str:
    """The words of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def test_one_screen_tells_all_that_a_decision_needs_and_what_nobody_knows():
    one = a_world()
    page = page_of(signed_in("staff"), f"{one.get_absolute_url()}review/")
    for told in (
        "Type Test memorandum",
        "For us River University : signed by Tim Signer",
        "For them Hill City : signatory not stated",
        "Signed 4 May 2015",
        "Ends not stated",
        "Owner nobody yet",
        "Legal state: unknown, no end date recorded.",
        "Whether it is in force: no end date recorded.",
        "Who signed for Hill City is not known.",
        "1. Area 0 (agreed).",
        "Codes: joint tests.",
        "Evidence: Visit 0 , March 2019: They met.",
        "Since: Visit 0 : March 2019, inbound, requested; discussed at the visit.",
        "When not known: Undated 0 : its day is not known",
        "Programme 0",
        "entry 2020; admitted 4.",
        "GBP 1,000 in one record. One record has no amount and is in no total.",
        "Renews Older 0",
        "signed-0.pdf : The signed copy; PDF.",
        "Not stated: ends.",
        "Signed: “as it says”",
        "Remark , test-staff: Note 0",
        "Earlier decisions None recorded.",
        "Managers decide here. You can prepare it: write a recommendation as a note",
    ):
        assert told in page
    assert "Hidden area" not in page
    assert "Hidden area" in page_of(signed_in("manager"), f"{one.get_absolute_url()}review/")


def test_the_screen_and_its_pack_cost_the_same_for_one_of_each_and_for_thirty(django_assert_num_queries):
    client, small = signed_in("manager"), a_world()
    client.get(f"{small.get_absolute_url()}review/")
    with django_assert_num_queries(52):
        client.get(f"{small.get_absolute_url()}review/")
    Undertaking.objects.all().delete()
    large = a_world(30)
    with django_assert_num_queries(52):
        client.get(f"{large.get_absolute_url()}review/")


def test_what_an_owner_is_asked_for_names_nobody_who_is_hidden_from_others():
    one = a_world()
    Organisation.objects.filter(name="Hill City").update(visibility=3)
    page = page_of(signed_in("manager"), f"{one.get_absolute_url()}review/")
    assert ("Find out" in page, "who signed for Hill City" in page) == (True, False)


def test_a_decision_sets_who_reviews_when_asks_the_owner_and_leaves_the_queue():
    one, client = a_world(), signed_in("manager")
    answer = decide(
        client, one, decision="ask", reason="The end is missing", conditions="None", dissent="Legal: too loose",
        reviewer=somebody("staff").pk, ask_what="Find out the end", ask_owner=somebody("staff").pk, ask_on=LATER.isoformat(),
    )  # fmt: skip
    review = Review.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{one.get_absolute_url()}reviews/1/")
    one.refresh_from_db()
    assert (one.review_on, one.reviewer) == (LATER, somebody("staff"))
    follow_up = FollowUp.objects.get()
    assert (follow_up.what, follow_up.agreement, follow_up.owner, follow_up.due_on) == (
        "Find out the end", one, somebody("staff"), LATER,
    )  # fmt: skip
    kept = page_of(signed_in("viewer"), review.get_absolute_url())
    for told in (
        "Decision ask the owner for what is missing",
        "Dissent Legal: too loose",
        "by test-manager",
        review.sha256,
    ):
        assert told in kept
    assert "The Hill memorandum" not in page_of(client, "/reviews/")
    assert "Decided: ask the owner for what is missing" in page_of(client, "/reviews/?why=decided")
    assert (
        Change.objects.filter(kind="review", record_kind="agreement", record_id=one.pk, action="created").count() == 1
    )


def test_owner_and_reviewer_are_set_with_the_decision_and_the_owner_is_asked_where_nobody_else_is():
    one, client = a_world(), signed_in("manager")
    viewer, staff = somebody("viewer"), somebody("staff")
    asks = {"asks": "on", "ask_what": "Find out the end", "ask_on": LATER.isoformat()}
    for field, label in (("owner", "Owner"), ("reviewer", "Reviewer"), ("ask_owner", "Who is asked")):
        refused = decide(client, one, **asks | {"owner": staff.pk, field: viewer.pk})
        assert f"{label}: choose somebody who may edit" in words_of(refused.content.decode())
    decide(client, one, owner=staff.pk, reviewer=somebody("manager").pk, **asks)
    one.refresh_from_db()
    assert (one.owner, one.reviewer, FollowUp.objects.get().owner) == (staff, somebody("manager"), staff)
    assert "Owner test-staff Reviewer test-manager" in page_of(client, f"{one.get_absolute_url()}reviews/1/")
    page = client.get(f"{one.get_absolute_url()}review/").content.decode()
    for field in ("owner", "ask_owner"):
        chosen = page[page.index(f'name="{field}"') :].split("</select>")[0]
        assert f'<option value="{staff.pk}" selected' in chosen


def test_an_owner_who_may_no_longer_edit_may_stay_but_is_asked_for_nothing():
    viewer = somebody("viewer")
    one, client = a_world(owner=viewer), signed_in("manager")
    asks = {"asks": "on", "ask_what": "Find out the end", "ask_on": LATER.isoformat(), "owner": viewer.pk}
    refused = decide(client, one, **asks)
    assert "Choose an owner, or who else is asked." in words_of(refused.content.decode())
    assert decide(client, one, **asks | {"ask_owner": somebody("staff").pk}).status_code == 303
    one.refresh_from_db()
    assert (one.owner, FollowUp.objects.get().owner) == (viewer, somebody("staff"))


def test_a_decision_offers_what_it_leads_to_until_the_next_one_to_whoever_may_edit():
    one, client = a_world(), signed_in("manager")
    offered = {
        "renew": ("renew/", "Begin the renewal"),
        "amend": ("amend/", "Begin the amendment"),
        "lapse": ("edit/#id_event", "Record that it has lapsed, once it has"),
        "end": ("edit/#id_event", "Record its termination"),
        "keep": (),
    }
    for decision, leads in offered.items():
        kept = decide(client, one, decision=decision)["Location"]
        link = f'<a class="btn pri" href="{one.get_absolute_url()}{leads[0]}">{leads[1]}</a>' if leads else "btn pri"
        assert (link in client.get(kept).content.decode()) is bool(leads)
        assert "btn pri" not in signed_in("viewer").get(kept).content.decode()
    assert "btn pri" not in client.get(f"{one.get_absolute_url()}reviews/1/").content.decode()
    asks = {"ask_what": "Find out the end", "ask_owner": somebody("staff").pk, "ask_on": LATER.isoformat()}
    kept = client.get(decide(client, one, decision="ask", **asks)["Location"]).content.decode()
    assert f'<a class="btn pri" href="/follow-ups/?agreement={one.pk}">See what was asked</a>' in kept
    assert "Find out the end" in page_of(client, f"/follow-ups/?agreement={one.pk}")


@pytest.mark.parametrize("role", ["viewer", "staff"])
def test_who_may_not_decide_sees_the_screen_and_changes_nothing_by_typing_the_address(role):
    one = a_world()
    carried = opened(signed_in("manager"), one)
    client = signed_in(role)
    assert 'name="decision"' not in client.get(f"{one.get_absolute_url()}review/").content.decode()
    answer = decide(client, one, carried)
    assert (answer.status_code, "Only managers decide about agreements." in answer.content.decode()) == (403, True)
    told = words_of(signed_in("manager").get(f"{one.get_absolute_url()}steps/").content.decode())
    assert f"Tried and refused 1 Decide about it in a review test-{role}, " in told
    assert (Review.objects.count(), Agreement.objects.get(pk=one.pk).review_on) == (0, None)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"reason": ""}, "This field is required"),
        ({"next_on": ""}, "Say when the agreement is to be reviewed next."),
        ({"next_on": "2020-01-01"}, "Give a day that is still to come."),
        ({"decision": "sell"}, "Select a valid choice"),
        ({"decision": "ask", "ask_what": ""}, "Say what is missing."),
        ({"asks": "on", "ask_what": "x"}, "Choose an owner, or who else is asked."),
        ({"next_on": (timezone.localdate() + timedelta(days=3000)).isoformat()}, "The agreement may have ended by then: 2030."),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_at_its_field_and_what_was_typed_stays(given, wrong):
    one = a_world(ends_on=on("2030"), starts_on=on("2015"))
    answer = decide(signed_in("manager"), one, **({"conditions": "As typed"} | given))
    assert answer.status_code == 422
    assert wrong in words_of(answer.content.decode())
    assert "As typed" in answer.content.decode()
    assert Review.objects.count() == 0


def test_to_let_it_lapse_needs_no_further_review():
    one, client = a_world(), signed_in("manager")
    assert decide(client, one, decision="lapse", next_on="").status_code == 303
    assert "let it lapse; no further review is set" in page_of(client, "/reviews/?why=decided")


def test_what_changed_since_it_was_opened_is_shown_and_nothing_is_decided():
    one, client = a_world(), signed_in("manager")
    carried = opened(client, one)
    line = Undertaking.objects.get(wording="Area 0")
    line.wording = "Area renamed"
    line.save()
    answer = decide(client, one, carried, reason="My long thought")
    page = words_of(answer.content.decode())
    assert (answer.status_code, Review.objects.count()) == (409, 0)
    tried = RefusedStep.objects.get()
    assert (tried.tried_by, tried.why) == (somebody("manager"), "What it shows had changed after it was opened.")
    assert "Before: 1. Area 0 (agreed). Now: 1. Area renamed (agreed)." in page
    assert "My long thought" in page
    assert decide(client, one, reason="My long thought").status_code == 303


def test_of_two_decisions_at_once_one_wins_and_a_double_submit_decides_once():
    one, client = a_world(), signed_in("manager")
    first, second = opened(client, one), opened(client, one)
    assert decide(client, one, first).status_code == 303
    assert decide(client, one, first).status_code == 303
    late = decide(client, one, second, decision="end")
    assert (late.status_code, Review.objects.count()) == (409, 1)
    assert "Now: " in words_of(late.content.decode())


def test_a_form_that_carries_rubbish_is_refused_without_harm():
    one, client = a_world(), signed_in("manager")
    for carried in ({"token": new_token()}, {"token": new_token(), "shown": "x", "opened": "汉字:rubbish"}):
        assert decide(client, one, carried).status_code == 409
    assert Review.objects.count() == 0


def test_a_decision_of_a_year_ago_is_read_exactly_as_it_was_whatever_became_of_the_records(django_assert_num_queries):
    one, client = a_world(), signed_in("manager")
    before = {role: page_of(signed_in(role), f"{one.get_absolute_url()}review/") for role in ("viewer", "manager")}
    decide(client, one)
    review = Review.objects.get()
    with erasing():  # a year ago
        Review.objects.update(decided_on=review.decided_on - timedelta(days=365))
    as_it_was = {role: page_of(signed_in(role), review.get_absolute_url()) for role in before}
    with remembered():
        Agreement.objects.filter(pk=one.pk).update(title="Quite another", purpose="Other", signed_on_edtf="2001")
        Party.objects.update(signatory=None)
        Undertaking.objects.all().delete()
        visit("Newer", home=Party.objects.filter(agreement=one).first().organisation)
        Visit.objects.update(title="Renamed", visibility=3)
        Gap.objects.all().delete()
    for role, page in as_it_was.items():
        assert page_of(signed_in(role), review.get_absolute_url()) == page
        for told in ("Signed 4 May 2015", "1. Area 0 (agreed).", "Since: Visit 0", "signed by Tim Signer"):
            assert told in page
            assert told in before[role]
    assert ("Hidden area" in as_it_was["viewer"], "Hidden area" in as_it_was["manager"]) == (False, True)
    assert hash_of(Review.objects.get().snapshot["manager"]) == review.sha256
    with django_assert_num_queries(3):
        client.get(review.get_absolute_url())


def test_neither_the_register_nor_its_database_changes_or_deletes_a_review():
    one, client = a_world(), signed_in("manager")
    decide(client, one)
    review = Review.objects.get()
    for act in (
        lambda: Review.objects.update(reason="Another"),
        lambda: Review.objects.all().delete(),
        review.delete,
        lambda: connection.cursor().execute("UPDATE partnerships_review SET snapshot = NULL"),
    ):
        with pytest.raises(IntegrityError, match="reviews are kept as they were made"), transaction.atomic():
            act()
    review.reason = "Another"
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save()
    one.refresh_from_db()
    answer = client.post(f"{one.get_absolute_url()}delete/", {"version": one.version})
    assert (answer.status_code, Agreement.objects.filter(pk=one.pk).count()) == (409, 1)
    assert (
        signed_in("admin").post(f"/admin/partnerships/review/{review.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert Review.objects.get().reason == "It is alive"


def test_review_pack_and_committee_list_are_handed_out_as_page_and_word_file():
    one, client = a_world(), signed_in("viewer")
    page = page_of(client, f"{one.get_absolute_url()}review/pack/")
    assert "River University · Review of an agreement" in page
    assert "Evidence: Visit 0" in page
    decide(signed_in("manager"), one, next_on=LATER.isoformat())
    agenda = page_of(client, "/reviews/decisions/?why=decided")
    assert "1. The Hill memorandum : River University · Hill City. Why it is here: Decided: keep it as it is" in agenda
    for address in (
        f"{one.get_absolute_url()}review/pack.docx",
        f"{one.get_absolute_url()}reviews/1/review.docx",
        "/reviews/decisions.docx?why=decided",
    ):
        file = Document(BytesIO(client.get(address).content))
        words = "".join(file.element.body.itertext())
        assert ("Stands for: one agreement" in words) == ("agreements/" in address)
    # The last, which is of no home of ours and quotes no source.
    assert file.sections[0].header.paragraphs[0].text.startswith("Decisions for a committee\t")
    assert file.paragraphs[-1].text == "No source speaks of any line above."
    assert client.get("/reviews/decisions/?why=never").status_code == 400


def test_a_hidden_agreement_has_no_review_for_whoever_does_not_see_it():
    one = a_world(visibility=3)
    decide(signed_in("manager"), one)
    for address in ("review/", "review/pack/", "review/pack.docx", "reviews/1/", "reviews/1/review.docx"):
        assert signed_in("staff").get(f"{one.get_absolute_url()}{address}").status_code == 404
    assert signed_in("manager").get(f"{one.get_absolute_url()}reviews/2/").status_code == 404
    Agreement.objects.update(visibility=1)
    for role, status in (("staff", 404), ("manager", 200)):
        assert signed_in(role).get(f"{one.get_absolute_url()}reviews/1/").status_code == status
