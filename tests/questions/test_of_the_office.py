"""The forty questions that were asked first, each answered by the pages, filters, search and exports.

Nothing here looks into the tables: what a viewer can't get is no answer.
"""

from tests.questions.asked import Asked
from tests.questions.named import (
    AGREEMENT_2022,
    BIRMINGHAM,
    BRAIN_HEALTH_AGREEMENT,
    CAS,
    CASS,
    CHINA_INSTITUTE,
    DELEGATION,
    DUAL_AGREEMENT,
    FUND,
    JITRI,
    JITRI_PHD,
    LIVERPOOL,
    MEMORANDUM,
    MOBILITY_AGREEMENTS,
    PHD_AGREEMENT,
    SIX_PROJECTS,
    SOUTHEAST_AGREEMENT,
    UN_PROJECTS,
    XJTLU,
    XJTU,
)
from tests.questions.reader import money


class QuestionsOfTheOffice(Asked):
    """The forty that were asked first."""

    def test_which_partner_is_found_by_the_search_sysu(self):
        assert self.ask.names("organisations", q="SYSU") == ["Sun Yat-Sen University"]
        assert self.ask.hits("SYSU", "organisation") == ["Sun Yat-Sen University"]

    def test_which_partner_carries_the_abbreviation_xjtu(self):
        assert self.ask.names("organisations", abbreviation="XJTU") == [XJTU]
        assert self.ask.names("organisations", abbreviation="XJTLU") == [XJTLU]

    def test_which_organisations_are_found_by_the_search_jitri(self):
        assert self.ask.names("organisations", q="JITRI") == [JITRI, "XJTLU-JITRI Academy of Industrial Technology"]
        assert self.ask.hits("JITRI", "organisation") == [JITRI, "XJTLU-JITRI Academy of Industrial Technology"]

    def test_which_university_is_meant_by_uol(self):
        assert self.ask.names("organisations", q="UoL") == [LIVERPOOL]
        assert self.ask.hits("UoL")[0] == LIVERPOOL

    def test_which_partners_are_found_by_xian_jiaotong_without_the_apostrophe(self):
        assert self.ask.names("organisations", q="Xian Jiaotong") == [XJTU, XJTLU]
        assert self.ask.hits("Xian Jiaotong")[:2] == [XJTU, XJTLU]

    def test_which_partner_is_found_by_its_chinese_name(self):
        assert self.ask.names("organisations", q="西交利物浦") == [XJTLU]
        assert self.ask.hits("西交利物浦")[0] == XJTLU
        names = [one for one in self.ask.page("organisations", XJTLU).said if one["quotation"] == "西交利物浦大学"]
        assert [(one["basis"], one["at"]) for one in names] == [("by context", "004 ¶11")]

    def test_to_which_record_does_the_search_covid_19_lead(self):
        (found,) = self.ask.hits("COVID-19", "undertaking")
        line = self.ask.page("undertakings", found)
        project = self.ask.page("projects", line.fact("Belongs to"))
        source = self.ask.page("sources", "XJTLU: network platforms and case studies")
        assert self.ask.hits("COVID-19")[0] == found == "COVID-19"
        assert (project.heading, project.table("Partners", "Partner", "Part")) == (
            UN_PROJECTS,
            [(XJTLU, "its scholars take part")],
        )
        assert (line.evidence("Subjects"), source.fact("File")) == ("stated 004 ¶8", "004_c8ede17ca58dd44e.txt")

    def test_which_organisation_do_the_documents_abbreviate_as_cas(self):
        assert self.ask.names("organisations", abbreviation="CAS") == []
        assert self.ask.page("organisations", CAS).table("Names", "Name", "Kind") == [
            (CAS, "official"),
            ("中国科学院", "native"),
        ]

    def test_under_which_five_headings_does_liverpool_list_its_collaborations_in_china(self):
        found = self.ask.rows("partnerships", home="university-of-liverpool", presentation="heading")
        assert {row["Home"] for row in found} == {LIVERPOOL}
        assert sorted(row["Partner"] for row in found) == [
            CAS,
            CASS,
            "Sichuan University",
            "Sun Yat-Sen University",
            XJTU,
        ]

    def test_with_which_partner_does_liverpool_collaborate_in_law(self):
        assert self.ask.names("partnerships", home="university-of-liverpool", subject="law") == [XJTU]

    def test_which_strands_does_the_birmingham_guangzhou_centre_support(self):
        centre = self.ask.pick("organisations", "Birmingham Guangzhou Centre")
        assert self.ask.count("undertakings", organisation=centre) == "5"
        assert sorted(self.ask.names("undertakings", organisation=centre)) == [
            "Academic partnership in postgraduate education and training",
            "Business engagement",
            "Capacity-building relationship with universities in Guangzhou",
            "Educational platform for English taught programmes with a partner university in Guangzhou",
            "Strategic research alliance with local research institutes and universities",
        ]

    def test_which_two_universities_formed_xjtlu_in_partnership(self):
        assert self.ask.page("organisations", XJTLU).table("Relations", "Relation", "Other side") == [
            ("joint venture of", LIVERPOOL),
            ("joint venture of", XJTU),
        ]

    def test_how_many_research_institutes_and_universities_does_the_chinese_academy_of_sciences_have(self):
        academy = self.ask.pick("organisations", CAS)
        found = self.ask.rows("statements", record_kind="organisation", record_id=academy, kind="statistic")
        assert [(row["Number"], row["In its words"], row["Source"]) for row in found] == [
            ("more than 100 research institutes", "over 100 research", "000 ¶17"),
            ("2 universities", "two universities", "000 ¶17"),
        ]

    def test_which_organisations_are_named_in_more_than_one_document(self):
        assert self.ask.names("organisations", in_documents=2) == [
            JITRI,
            "Nanjing Municipal Government",
            "Southeast University",
            BIRMINGHAM,
            CHINA_INSTITUTE,
            XJTLU,
        ]

    def test_which_agreements_are_memoranda_of_understanding(self):
        (found,) = self.ask.rows("agreements", type=["mou", "government_mou"])
        assert (found["Agreement"], found["Parties"], found["Signed by"], found["Signed"]) == (
            MEMORANDUM,
            "University of Birmingham; Nanjing Municipal Government",
            "Tim Jones for University of Birmingham",
            "May, year not stated",
        )

    def test_who_are_the_parties_of_the_agreement_signed_in_2022(self):
        (found,) = self.ask.names("agreements", signed_from="2022", signed_to="2022")
        page = self.ask.page("agreements", found)
        by_context = [one["text"] for one in page.said if (one["about"], one["basis"]) == ("Parties", "by context")]
        assert page.listed("Parties") == [BIRMINGHAM, JITRI, "Shanghai Yangtze Delta Innovation Institute"]
        assert by_context == ["The University of Birmingham is the third party: the page speaks for it."]

    def test_which_agreements_have_jitri_as_a_party(self):
        found = self.ask.names("agreements", party=self.ask.pick("organisations", JITRI))
        assert found == [AGREEMENT_2022, PHD_AGREEMENT]

    def test_who_signed_the_new_agreement_between_birmingham_and_jitri_and_where(self):
        page = self.ask.page("agreements", PHD_AGREEMENT)
        assert page.table("Signatures", "Party", "Signed by") == [(BIRMINGHAM, "Adam Tickell"), (JITRI, "Qing Liu")]
        assert page.fact("Signed at") == "Nanjing"

    def test_which_areas_does_the_nanjing_memorandum_cover(self):
        assert self.ask.page("agreements", MEMORANDUM).table("Areas of cooperation", "Area") == [
            "Research and innovation",
            "Industrial matchmaking, technology transfer and commercialisation",
            "Talent training",
            "Academic and people-to-people exchange",
            "Medicine and health",
        ]
        memorandum = self.ask.pick("agreements", MEMORANDUM)
        assert self.ask.count("undertakings", agreement=memorandum) == "5"

    def test_which_agreements_were_signed_in_2022_and_which_may_have_been(self):
        year = {"signed_from": "2022-01-01", "signed_to": "2022-12-31"}
        assert self.ask.names("agreements", **year) == [AGREEMENT_2022]
        assert self.ask.count("agreements", **year).startswith("1 certain, 6 possible")
        assert self.ask.names("agreements", **year, signed_possible="yes") == [
            AGREEMENT_2022,
            BRAIN_HEALTH_AGREEMENT,
            SOUTHEAST_AGREEMENT,
            DUAL_AGREEMENT,
            MOBILITY_AGREEMENTS,
            MEMORANDUM,
            PHD_AGREEMENT,
        ]

    def test_what_is_the_end_date_of_the_nanjing_memorandum(self):
        assert self.ask.page("agreements", MEMORANDUM).fact("Ends") == "not stated"

    def test_what_does_the_agreement_between_birmingham_and_southeast_university_establish(self):
        (found,) = self.ask.names("agreements", party=self.ask.pick("organisations", "Southeast University"))
        assert self.ask.page("agreements", found).related("Projects") == [
            "Joint Research Institute in Biomedical Engineering"
        ]

    def test_how_many_visits_are_described_in_each_direction(self):
        directions = {"inbound": {"direction": "inbound"}, "outbound": {"direction": "outbound"}, "all": {}}
        assert {name: self.ask.count("visits", **asked) for name, asked in directions.items()} == {
            "inbound": "2",
            "outbound": "2",
            "all": "4",
        }
        assert sorted(self.ask.column("visits", "Direction")) == [
            "Inbound to University of Birmingham",
            "Inbound to University of Birmingham",
            "Outbound from University of Birmingham",
            "Outbound from University of Birmingham",
        ]

    def test_who_led_the_nanjing_delegation_and_what_is_his_role(self):
        page = self.ask.page("visits", DELEGATION)
        led = [one for one in page.table("Participants", "Who", "Part", "Post") if one[1] == "head of delegation"]
        assert led == [
            (
                "Zhang Jinghua",
                "head of delegation",
                "Party Secretary, Communist Party of China Nanjing Municipal Committee",
            )
        ]

    def test_who_welcomed_the_nanjing_visitors_and_at_which_campus(self):
        found = self.ask.page("visits", DELEGATION).table("Itinerary", "Item", "Led by", "Where")
        assert [one for one in found if one[0] == "welcome"] == [("welcome", "Jon Frampton", "Edgbaston campus")]

    def test_which_three_suggestions_did_zhang_jinghua_make(self):
        assert self.ask.page("visits", DELEGATION).table("Asked, promised, signed", "What", "Standing", "By") == [
            ("Intensify industrial innovation collaboration", "asked for", "Zhang Jinghua"),
            ("Increase sci-tech innovation and talent exchanges", "asked for", "Zhang Jinghua"),
            ("Strengthen university-to-university relationships", "asked for", "Zhang Jinghua"),
        ]

    def test_when_did_southeast_leaders_visit_birmingham_and_what_area_is_named(self):
        (found,) = [
            row for row in self.ask.rows("visits", direction="inbound") if row["Partner"] == "Southeast University"
        ]
        page = self.ask.page("visits", found["Visit"])
        assert found["When"] == "not stated: “earlier this year”"
        assert page.table("Asked, promised, signed", "What", "Standing") == [
            ("Further collaboration in health-related data science", "under exploration")
        ]

    def test_which_visits_were_outbound_from_birmingham_by_whom_and_where_to(self):
        found = []
        for name in sorted(self.ask.names("visits", home="university-of-birmingham", direction="outbound")):
            page = self.ask.page("visits", name)
            visitors = [who for who, side in page.table("Participants", "Who", "Side") if side == "visitor"]
            found.append((visitors, page.fact("Where")))
        assert found == [(["Adam Tickell"], "Nanjing"), (["Tim Jones"], "Nanjing")]

    def test_which_phd_programmes_are_called_dual(self):
        found = self.ask.rows("programmes", type="dual_phd")
        assert [(row["Programme"], row["Home"]) for row in found] == [
            ("Dual PhD with XJTU", LIVERPOOL),
            ("UoL/DICP dual PhD programme in Energy research", LIVERPOOL),
        ]

    def test_how_many_candidates_are_in_the_first_jitri_cohort_and_when_does_it_start(self):
        page = self.ask.page("programmes", JITRI_PHD)
        heads = ("Cohort", "Entry", "Status", "Places agreed", "Nominated", "Admitted", "Started")
        unknown = "not stated"
        assert page.table("Cohorts", *heads) == [
            ("First cohort", unknown, "expected", unknown, unknown, unknown, unknown)
        ]
        assert self.ask.names("cohorts", size_known="no") == ["First cohort"]

    def test_in_which_cities_is_the_birmingham_jitri_programme_carried_out(self):
        assert self.ask.page("programmes", JITRI_PHD).listed("Places") == ["Birmingham", "Nanjing"]

    def test_how_large_is_the_birmingham_jitri_fund_and_how_many_projects_did_it_support(self):
        page = self.ask.page("funding", FUND)
        assert money(page.fact("Amount")) == [("GBP", 2_700_000)]
        assert self.ask.page("projects", page.fact("Project")).fact("Stands for") == "6 projects, titles not stated"

    def test_how_much_does_bp_pay_for_the_dual_phd_programme(self):
        (found,) = self.ask.names("funding", funder=self.ask.pick("organisations", "BP"))
        page = self.ask.page("funding", found)
        assert page.fact("Programme") == "UoL/DICP dual PhD programme in Energy research"
        assert page.fact("Amount") == "not stated sponosred by BP"

    def test_what_is_the_total_of_partner_funding_in_gbp_and_which_records_have_no_amount(self):
        assert self.ask.sums("funding", currency="GBP") == "Sum of 1 record: GBP 2,700,000"
        assert self.ask.sums("funding") == "Sum of 1 record: GBP 2,700,000; 3 records without an amount"
        assert self.ask.names("funding", amount_known="no") == [
            "BP sponsorship",
            "Further funding for brain health",
            "United Nations sponsorship",
        ]

    def test_what_are_the_titles_of_the_six_research_projects(self):
        page = self.ask.page("projects", SIX_PROJECTS)
        assert page.fact("Stands for") == "6 projects, titles not stated"
        assert [one["text"] for one in page.said if one["basis"] == "not stated"] == [
            "The titles of the six research projects aren’t stated."
        ]

    def test_who_is_named_as_director_or_co_director_of_the_china_institute(self):
        institute = self.ask.pick("organisations", CHINA_INSTITUTE)
        assert self.ask.names("people", organisation=institute, role="director") == ["Jon Frampton", "Zhibing Zhang"]
        assert self.ask.page("organisations", CHINA_INSTITUTE).table("People", "Role", "Person") == [
            ("Director", "Jon Frampton"),
            ("co-director", "Zhibing Zhang"),
        ]

    def test_how_can_tony_moran_be_reached(self):
        assert self.ask.page("people", "Tony Moran").table("Contact points", "As written") == [
            "+44 (0) 121 414 8254",
            "+44 (0)782 783 2312",
        ]

    def test_which_people_are_found_by_the_search_zhang(self):
        assert self.ask.names("people", q="Zhang") == ["Zhang Jinghua", "Zhibing Zhang"]
        assert self.ask.hits("Zhang", "person") == ["Zhang Jinghua", "Zhibing Zhang"]

    def test_when_was_birmingham_founded_and_its_china_institute_created(self):
        found = self.ask.rows("organisations", founded_from="1900", founded_to="2026")
        assert {row["Organisation"]: row["Founded"] for row in found} == {BIRMINGHAM: "1901", CHINA_INSTITUTE: "2012"}

    def test_who_chairs_the_university_alliance_of_the_silk_road_and_who_is_a_founding_member(self):
        page = self.ask.page("organisations", "University Alliance of the Silk Road")
        assert page.table("Relations", "Relation", "Other side") == [
            ("is chaired by", XJTU),
            ("has as a founding member", LIVERPOOL),
        ]
