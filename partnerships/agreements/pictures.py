"""Terms of agreements beside each other, no surer than what is recorded of them."""

from collections.abc import Sequence
from datetime import date

from partnerships.agreements.models import Agreement, Ending
from partnerships.agreements.states import LegalState, why_unknown
from partnerships.values.figures import Figure, Row, Told, Years, draw_term

ENDLESS = {Ending.EVERGREEN: "no end, until somebody ends it", Ending.RENEWING: "renews itself"}
CAPTION = (
    "Dark: in its term. Light: it begins or ends on some day within. Fading: a term whose end nobody recorded. "
    "Dotted: the year is unknown, so it could stand anywhere on its line."
)


def terms(agreements: Sequence[Agreement], today: date) -> Figure:
    """The terms of some agreements, which have their `state`, on one axis of years."""
    begins = [beginning(one) for one in agreements]
    years = Years.around([day for one in agreements for day in (beginning(one), one.ends_on)], today)
    unknown = sum(1 for day in begins if not day.year_known)
    description = f"{len(agreements)} agreements; of {unknown} the year of the beginning is not known."
    return Figure(
        "terms",
        "Terms of agreements",
        description,
        CAPTION,
        ("Agreement", "Signed or begins", "Ends", "Legal state"),
        [row(one, years) for one in agreements],
        len(agreements),
        years.draw("terms", "Terms of agreements", description),
    )


def beginning(agreement: Agreement):
    """When it begins, or was signed where that is not recorded."""
    return agreement.starts_on if agreement.starts_on.year_known else agreement.signed_on


def row(agreement: Agreement, years: Years) -> Row:
    """One agreement."""
    begins, ends = beginning(agreement), agreement.ends_on
    endless = ENDLESS.get(Ending(agreement.ending)) if agreement.ending else None
    start = Told(begins.words or "beginning not recorded", unknown=not begins.year_known)
    end = Told(ends.words or endless or "end not recorded", unknown=not (ends.year_known or endless))
    state = LegalState(agreement.state)
    why = f"Unknown: {why_unknown(agreement, years.today)}" if state == LegalState.UNKNOWN else state.label
    name = Told(agreement.title, agreement.get_absolute_url())
    strip = draw_term(years, begins, ends, goes_on=bool(endless))
    return Row(name, strip, (start, end), (name, start, end, Told(why, unknown=state == LegalState.UNKNOWN)))
