"""What people ask of agreements, visits, programmes and money beyond the first forty questions.

Nothing here looks into the tables: what a viewer can't get is no answer.
"""

from tests.questions.asked import Asked
from tests.questions.named import (
    AGREEMENT_2022,
    BIRMINGHAM,
    BRAIN_HEALTH_AGREEMENT,
    DELEGATION,
    DUAL_AGREEMENT,
    FUND,
    JITRI,
    JITRI_PHD,
    MEMORANDUM,
    MOBILITY_AGREEMENTS,
    PHD_AGREEMENT,
    SOUTHEAST_AGREEMENT,
    SOUTHEAST_VISIT,
    XJTU,
)


class QuestionsOfDealings(Asked):
    """What was agreed, who came, and what it cost."""

    def test_what_is_merely_explored_with_sun_yat_sen_university_and_what_is_established(self):
        partner = self.ask.pick("organisations", "Sun Yat-Sen University")
        assert self.ask.names("undertakings", partner=partner, standing="established") == [
            "Research connection in Anthropology",
            "Research connection in Archaeology",
        ]
        assert self.ask.names("undertakings", partner=partner, standing="explored") == [
            "Broadening the collaboration to wider Humanities",
            "Broadening the collaboration to wider Social Sciences",
        ]

    def test_what_is_printed_as_sponosred_is_found_by_sponsored(self):
        assert "BP sponsorship" in self.ask.hits("sponsored", "funding")
        assert self.ask.hits("sponosred", "funding") == ["BP sponsorship"]

    def test_which_programme_does_bp_sponsor(self):
        assert self.ask.names("programmes", sponsor=self.ask.pick("organisations", "BP")) == [
            "UoL/DICP dual PhD programme in Energy research"
        ]

    def test_which_programme_rests_on_no_agreement(self):
        found = self.ask.rows("programmes")
        assert [row["Programme"] for row in found if row["Agreement"] == "not stated"] == [
            "UoL/DICP dual PhD programme in Energy research"
        ]

    def test_is_the_birmingham_jitri_programme_called_joint_or_dual(self):
        page = self.ask.page("programmes", JITRI_PHD)
        assert self.ask.names("programmes", type=["dual_phd", "joint_phd", "cotutelle"]) == [
            "Dual PhD with XJTU",
            "UoL/DICP dual PhD programme in Energy research",
        ]
        assert page.evidence("Type") == "implied 002 ¶4"
        assert page.fact("For whom") == "JITRI researchers; senior engineers"

    def test_which_agreements_have_we_in_jiangsu(self):
        assert self.ask.names("agreements", place=self.ask.pick("places", "Jiangsu")) == [
            AGREEMENT_2022,
            BRAIN_HEALTH_AGREEMENT,
            SOUTHEAST_AGREEMENT,
            MEMORANDUM,
            PHD_AGREEMENT,
        ]

    def test_which_visits_happened_in_jiangsu_and_which_in_birmingham(self):
        assert sorted(self.ask.names("visits", place=self.ask.pick("places", "Jiangsu"))) == [
            "Adam Tickell in Nanjing",
            "Tim Jones in Nanjing",
        ]
        assert sorted(self.ask.names("visits", place=self.ask.pick("places", "Birmingham"))) == [
            DELEGATION,
            SOUTHEAST_VISIT,
        ]

    def test_when_was_the_nanjing_memorandum_signed(self):
        (found,) = self.ask.rows("agreements", q="Memorandum")
        page = self.ask.page("agreements", MEMORANDUM)
        assert (found["Signed"], page.evidence("Signed")) == ("May, year not stated", "stated 003 ¶14")

    def test_who_signed_the_memorandum_for_nanjing(self):
        assert self.ask.page("agreements", MEMORANDUM).table("Signatures", "Party", "Signed by") == [
            (BIRMINGHAM, "Tim Jones"),
            ("Nanjing Municipal Government", "not stated"),
        ]

    def test_which_agreements_name_no_signatory(self):
        assert [row["Agreement"] for row in self.ask.rows("agreements") if row["Signed by"] == "not stated"] == [
            AGREEMENT_2022,
            BRAIN_HEALTH_AGREEMENT,
            SOUTHEAST_AGREEMENT,
            DUAL_AGREEMENT,
            MOBILITY_AGREEMENTS,
        ]

    def test_of_which_agreements_is_the_type_not_stated(self):
        assert self.ask.names("agreements", type="unknown") == [AGREEMENT_2022, BRAIN_HEALTH_AGREEMENT]
        assert self.ask.page("agreements", AGREEMENT_2022).fact("Type") == "not stated"

    def test_is_the_agreement_of_last_year_that_of_2022(self):
        page = self.ask.page("agreements", BRAIN_HEALTH_AGREEMENT)
        assert page.table("Other agreements", "This agreement", "Other agreement") == [
            ("possibly the same as", AGREEMENT_2022)
        ]
        assert page.fact("Signed") == "not stated last year"

    def test_how_many_mobility_agreements_has_liverpool_with_west_china_hospital(self):
        (found,) = self.ask.names("agreements", home="university-of-liverpool", type="mobility")
        assert (found, self.ask.page("agreements", found).fact("Stands for")) == (
            MOBILITY_AGREEMENTS,
            "several agreements, number not stated",
        )

    def test_which_agreements_has_each_home(self):
        assert self.ask.names("agreements", home="university-of-liverpool") == [DUAL_AGREEMENT, MOBILITY_AGREEMENTS]
        assert len(self.ask.names("agreements", home="university-of-birmingham")) == 5

    def test_are_any_agreements_in_force(self):
        assert self.ask.names("agreements", state=["active", "evergreen"]) == []
        assert set(self.ask.column("agreements", "Legal state")) == {"Unknown: no end date recorded"}

    def test_which_partnerships_began_in_2015_and_how_many_may_have(self):
        year = {"since_from": "2015", "since_to": "2015"}
        assert self.ask.names("partnerships", **year) == [JITRI]
        assert self.ask.count("partnerships", **year).startswith("1 certain, 15 possible")

    def test_who_showed_the_nanjing_visitors_what(self):
        page = self.ask.page("visits", DELEGATION)
        assert page.table("Itinerary", "What", "Led by", "With") == [
            ("Welcome", "Jon Frampton", ""),
            ("Tour of the energy storage research facilities", "Yulong Ding", "Birmingham Energy Institute"),
            ("Meeting with Birmingham City Council", "", "Birmingham City Council"),
        ]
        assert page.fact("Part of a larger tour") == "a major tour of the UK"

    def test_how_many_came_from_nanjing_and_from_southeast_university(self):
        for visit in (DELEGATION, SOUTHEAST_VISIT):
            page = self.ask.page("visits", visit)
            groups = [cell.text for cell in page.sections["Participants"].all("span", "l2") if "unnamed" in cell.text]
            assert set(groups) == {"unnamed; how many: not stated"}, visit

    def test_which_visit_came_before_that_of_the_nanjing_leaders(self):
        assert self.ask.page("visits", DELEGATION).fact("After the visit") == "Tim Jones in Nanjing"
        assert self.ask.page("visits", "Tim Jones in Nanjing").related("Visits after this one") == [DELEGATION]

    def test_which_money_was_confirmed_at_the_vice_chancellors_visit(self):
        (found,) = self.ask.names("funding", visit=self.ask.pick("visits", "Adam Tickell in Nanjing"))
        assert (found, self.ask.page("funding", found).fact("Amount")) == (
            "Further funding for brain health",
            "not stated further funding",
        )

    def test_who_paid_into_the_fund_of_birmingham_and_jitri(self):
        page = self.ask.page("funding", FUND)
        assert (page.fact("Funder"), page.fact("Recipient"), page.fact("Date")) == ("not stated",) * 3

    def test_how_much_did_china_spend_on_research_in_2015(self):
        china = self.ask.pick("places", "China")
        found = self.ask.rows(
            "statements", record_kind="place", record_id=china, happened_from="2015", happened_to="2015"
        )
        assert sorted(row["Number"] for row in found) == [
            "CNY 1,422,000,000,000 spent on R&D",
            "about 150,000,000,000 spent on R&D, currency not stated",
        ]
        assert self.ask.names("funding", q="China") == []

    def test_what_stands_planned_with_xian_jiaotong_university(self):
        partner = self.ask.pick("organisations", XJTU)
        assert self.ask.names("undertakings", partner=partner, standing="planned") == [
            "Planning of XJTU’s new ‘Innovation Campus’",
            "XJTU/UoL joint Chemistry Laboratory in Xi'an",
        ]
        assert self.ask.page("projects", "XJTU/UoL joint Chemistry Laboratory in Xi'an").fact("Status") == "planned"
