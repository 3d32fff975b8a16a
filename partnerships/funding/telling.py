"""Projects and funding in a line of a paper, each amount as stated."""

from partnerships.funding.models import Funding, Project
from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Words, line, link, strong, unknown
from partnerships.values.counts import StandsFor


def of_project(one: Project, proof: Proof) -> Line:
    """A project, or a number of unnamed ones."""
    told_of = ", ".join(filter(None, [one.kind, one.get_status_display()]))
    number = {StandsFor.UNKNOWN: " (their number is not known)", StandsFor.NUMBER: f" ({one.how_many} unnamed)"}
    counted = number.get(StandsFor(one.stands_for), "")
    return line(strong(one), counted, f": {told_of}." if told_of else ".", proof.cite(one))


def of_funding(one: Funding, proof: Proof) -> Line:
    """Money: how much as stated, from whom, to whom, for what."""
    amount = unknown(f"amount {proof.gap(one, 'amount')}")
    if one.money.amount is not None:
        stated = f" (“{one.amount_stated}”)" if one.amount_stated else ""
        amount = Words(f"{one.money.words()}{stated}")
    when = Words(f"; {one.given_on.words}") if one.given_on else Words("")
    stage = f", {one.get_stage_display()}" if one.stage else ""
    funder = link(one.funder) if one.funder_id else unknown(f"funder {proof.gap(one, 'funder')}")
    to = ["; to ", link(one.recipient)] if one.recipient_id else []
    purpose = f" {one.purpose}" if one.purpose else ""
    return line(strong(one), ": ", amount, stage, when, "; ", funder, *to, ".", purpose, proof.cite(one))
