"""A visit from a calendar file: what is understood, what is refused and in which line, and that nothing is stored."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships.calendars.reading import read_events
from partnerships.intake.child import Refused
from partnerships.models import Participant, Visit
from tests.asking import signed_in, words_of
from tests.samples import home, person, place, visit

DAY = "DTSTART;VALUE=DATE:20261112"


def event(*lines: str) -> str:
    """An event of these lines."""
    return "\r\n".join(["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"])


def calendar(*events: str) -> str:
    """A calendar of these events; the first begins in line 4."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""])


def read(*events: str) -> list[dict]:
    """What is understood of a calendar of these events."""
    return json.loads(read_events(calendar(*events).encode(), "2026"))


@pytest.mark.parametrize(
    ("lines", "notation", "times", "said"),
    [
        ([DAY], "2026-11-12", "", ""),
        ([DAY, "DTEND;VALUE=DATE:20261113"], "2026-11-12", "", ""),
        ([DAY, "DTEND;VALUE=DATE:20261112"], "2026-11-12", "", ""),
        ([DAY, "DTEND;VALUE=DATE:20261115"], "2026-11-12/2026-11-14", "", ""),
        ([DAY, "DURATION:P2D"], "2026-11-12/2026-11-13", "", ""),
        (["DTSTART;VALUE=DATE:20240229"], "2024-02-29", "", ""),
        (["DTSTART:20260701T233000Z", "DTEND:20260702T003000Z"], "2026-07-02", "00:30 to 01:30", ""),
        (["DTSTART:20261112T093000", "DTEND:20261113T000000"], "2026-11-12", "09:30 to 00:00", ""),
        (["DTSTART;TZID=Europe/London:20261112T093000"], "2026-11-12", "09:30", ""),
        (["DTSTART;TZID=Asia/Shanghai:20261112T093000"], "2026-11-12", "09:30", "Day and time are those of Asia/Shanghai."),
        (["DTSTART;TZID=Mars/Olympus:20261112T093000"], "2026-11-12", "09:30", "Its time zone “Mars/Olympus” is not known; day and time are kept as written."),
        ([DAY, "RRULE:FREQ=SECONDLY;COUNT=999999999"], "2026-11-12", "", "It recurs; only its first occurrence is taken."),
        ([], "", "", "It has no beginning (DTSTART), so the date stays open."),
        ([DAY, "a broken line"], "2026-11-12", "", "Line 7 was not understood and is left out."),
    ],
)  # fmt: skip
def test_an_event_is_on_its_days_and_nothing_is_made_up(lines, notation, times, said):
    [one] = read(event(*lines))
    assert (one["notation"], one["times"], " ".join(one["notes"]), one["problem"]) == (notation, times, said, "")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DTSTART;VALUE=DATE:19261112"], "DTSTART is of another century: 1926-11-12."),
        (["DTSTART:00261112T100000Z"], "DTSTART is of another century: 0026-11-12."),
        (["DTSTART;VALUE=DATE:99991231"], "DTSTART is of another century: 9999-12-31."),
        (["DTSTART:00010101T000000Z"], "DTSTART"),
        ([DAY, "DTEND;VALUE=DATE:21261112"], "DTEND is of another century: 2126-11-12."),
        ([DAY, "DTEND;VALUE=DATE:20261101"], "DTEND (2026-11-01) is before DTSTART (2026-11-12)."),
        ([DAY, "DURATION:P9999999D"], "DURATION leads beyond the end of time, or is none."),
        (["DTSTART:2026-11-12"], "DTSTART is no day and no time"),
        (["DTSTART;VALUE=DATE:20260230"], "DTSTART is no day and no time"),
    ],
)
def test_a_date_that_cant_be_meant_is_refused_by_event_line_and_field(lines, said):
    good, bad = read(event(DAY, "SUMMARY:Good"), event(*lines, "SUMMARY:Bad"))
    assert (good["title"], good["problem"], bad["title"]) == ("Good", "", "")
    assert bad["problem"].startswith(f"Event 2, from line 9: {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("hello", "line 1 is “hello” in place of BEGIN:VCALENDAR."),
        (calendar(), "The file holds no event (VEVENT), so there is nothing to take from it."),
        (calendar("BEGIN:VTODO", "END:VTODO"), "The file holds no event"),
        (calendar(event(DAY)).removesuffix("END:VCALENDAR\r\n"), "The file is cut off: “VCALENDAR”, begun in line 1, has no end."),
        (calendar("BEGIN:VEVENT"), "Line 5 ends “VCALENDAR”, which no line before it began."),
        (calendar(event(DAY), "END:VEVENT"), "Line 8 ends “VEVENT”"),
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 60_000, "The file is cut off"),
        (calendar(*[event(DAY)] * 201), "The file holds 201 events; at most 200 can be read."),
        (calendar(event(DAY)).encode("utf-16"), "Line 1 is not written in UTF-8"),
        (calendar(event(DAY, "SUMMARY:caf\xe9")).encode("latin-1"), "Line 7 is not written in UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_calendar_is_refused_by_its_line(content, said):
    with pytest.raises(Refused) as refused:
        read_events(content if isinstance(content, bytes) else content.encode(), "2026")
    assert said in str(refused.value)


def test_texts_and_people_are_read_and_rules_of_zones_are_not_followed():
    zone = "BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    [one] = read(
        zone,
        event(
            "DTSTART;TZID=Bomb:20261112T093000",
            "SUMMARY:Visit of 东南\r\n 大学\\, Nanjing",
            "LOCATION:Liverpool",
            "DESCRIPTION:Talks\\nand lunch\x07",
            'ATTENDEE;CN="Zhang, Wei":mailto:wei@example.org',
            "ATTENDEE;CN=Wei Zhang:mailto:wei2@example.org",
            "ATTENDEE:mailto:nobody@example.org",
            "STATUS:CANCELLED",
            "BEGIN:VALARM",
            "DESCRIPTION:Ring",
            "END:VALARM",
        ),
    )
    told = {name: one[name] for name in ("title", "place", "description", "people", "is_cancelled", "times")}
    assert told == {
        "title": "Visit of 东南大学, Nanjing",
        "place": "Liverpool",
        "description": "Talks\nand lunch",
        "people": ["Zhang, Wei", "Wei Zhang"],
        "is_cancelled": True,
        "times": "09:30",
    }
    assert one["notes"][-1] == "1 attended by address only and are left out."


def sent(content: str | bytes, role: str = "staff"):
    """The answer to a file that is sent."""
    file = SimpleUploadedFile("guests.ics", content.encode() if isinstance(content, str) else content)
    return signed_in(role).post("/visits/from-calendar/", {"file": file})


@pytest.mark.django_db
def test_a_chosen_event_fills_the_form_and_is_stored_only_when_it_is_saved():
    ours, city, known = home("University of Liverpool"), place("Liverpool"), person("Xiaojun Ren")
    lines = [
        DAY,
        "DTEND;VALUE=DATE:20261114",
        "SUMMARY:Southeast University",
        "LOCATION:Liverpool",
        "DESCRIPTION:Talks\\nBring gifts",
    ]
    people = [f"ATTENDEE;CN={name}:mailto:a@example.org" for name in ("Xiaojun Ren", "A Guest", "B Guest")]
    page = sent(calendar(event(*lines, *people))).content.decode()
    assert "12 to 13 November 2026" in words_of(page)
    hidden = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">', page)
    chosen = {"person": [value for name, value in hidden if name == "person"], "description": "Talks\nBring gifts"}
    chosen |= {name: value for name, value in hidden if name not in ("person", "csrfmiddlewaretoken")}
    address = re.search(r'action="(/visits/from-calendar/visit/\?event=[0-9a-f]+)"', page)[1]
    client = signed_in("staff")
    form = client.post(address, chosen)
    assert (form.status_code, Visit.objects.count()) == (200, 0)
    fields = form.context["form"]
    assert {name: fields[name].value() for name in ("title", "purpose", "notes", "place")} == {
        "title": "Southeast University", "purpose": "Talks", "notes": "Bring gifts", "place": city.pk,
    }  # fmt: skip
    assert str(fields["happens_on"].value()) == "12 to 13 November 2026"
    rows = next(one for one in form.context["formsets"] if one.prefix == "participants")
    assert [one.initial for one in rows.forms] == [{"person": known.pk}, {"group": "A Guest, B Guest", "group_size": 2}]
    counts = {f"{one.prefix}-{part}_FORMS": "0" for one in form.context["formsets"] for part in ("TOTAL", "INITIAL")}
    given = {
        "direction": "inbound",
        "home": ours.pk,
        "title": "Southeast University",
        "happens_on_date": "12 to 13 November 2026",
        "status": "planned",
        "visibility": 1,
    }
    row = {"participants-TOTAL_FORMS": "1", "participants-0-side": "visitor", "participants-0-person": known.pk}
    saved = client.post(address, {"token": form.context["token"]} | counts | given | row)
    assert saved.status_code == 303
    assert (Visit.objects.get().happens_on.notation, Participant.objects.get().person) == (
        "2026-11-12/2026-11-13",
        known,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("hello", "“guests.ics” can’t be taken. This is no calendar file: line 1 is “hello”"),
        ("", "“guests.ics” is empty."),
        ("x" * (1024 * 1024 + 1), "“guests.ics” is larger than 1 MB."),
    ],
)
def test_a_file_that_cant_be_taken_is_named_and_nothing_is_stored(content, said):
    answer = sent(content)
    assert (answer.status_code, said in words_of(answer.content.decode()).replace("&#x27;", "'")) == (422, True)
    assert Visit.objects.count() == 0


@pytest.mark.django_db
def test_an_event_of_another_century_can_not_be_chosen_and_says_why():
    page = sent(calendar(event("DTSTART;VALUE=DATE:19261112", "SUMMARY:Old"))).content.decode()
    assert "Event 1, from line 4: DTSTART is of another century: 1926-11-12." in words_of(page)
    assert "Take this one" not in page


@pytest.mark.django_db
def test_what_is_sent_in_place_of_an_event_breaks_nothing():
    rubbish = {
        "chosen": "x",
        "title": "\x00" * 9,
        "notation": "2026-99-99",
        "place": "\ud800".encode("utf-8", "ignore"),
        "person": ["", "\x07", "P" * 999],
    }
    answer = signed_in("staff").post("/visits/from-calendar/visit/?event=0", rubbish)
    assert (answer.status_code, Visit.objects.count()) == (200, 0)


@pytest.mark.django_db
def test_our_own_file_comes_back_as_it_went_out():
    one = visit("Guests, of ours", happens_on="2026-11-12/2026-11-14", purpose="Talk", place=place("Liverpool"))
    content = signed_in().get(f"/visits/{one.pk}/visit.ics").content
    [found] = json.loads(read_events(content, "2026"))
    assert (found["title"], found["notation"], found["place"]) == (
        "Guests, of ours",
        "2026-11-12/2026-11-14",
        "Liverpool",
    )


@pytest.mark.django_db
def test_viewers_take_nothing_from_a_file():
    assert sent(calendar(event(DAY)), "viewer").status_code == 403
    assert signed_in("staff").get("/visits/from-calendar/visit/")["Location"] == "/visits/from-calendar/"
