"""Questions that people ask of the five documents' facts, each answered by the pages, filters, search and exports.

Nothing here looks into the tables: what a viewer can't get is no answer.
"""

from tests.questions.asked import Asked
from tests.questions.reader import money

MEMORANDUM = "Nanjing Memorandum of Understanding"
PHD_AGREEMENT = "PhD programme agreement with JITRI (new agreement)"
AGREEMENT_2022 = "2022 agreement with JITRI and the Shanghai Yangtze Delta Innovation Institute"
BRAIN_HEALTH_AGREEMENT = "Agreement with Nanjing Borui Life Science Research Institute on brain health research"
SOUTHEAST_AGREEMENT = "Agreement with Southeast University on a Joint Research Institute in Biomedical Engineering"
DUAL_AGREEMENT = "Dual PhD agreement with Xi'an Jiaotong University"
MOBILITY_AGREEMENTS = "Mobility agreements with West China Hospital"
DELEGATION = "Nanjing city leaders at the University of Birmingham"
SOUTHEAST_VISIT = "Southeast University leaders at Birmingham"
JITRI = "Jiangsu Industry Technology Research Institute"
XJTU = "Xi'an Jiaotong University"
XJTLU = "Xi'an Jiaotong-Liverpool University"
CAS = "Chinese Academy of Sciences"
CASS = "Chinese Academy of Social Sciences"
BIRMINGHAM = "University of Birmingham"
LIVERPOOL = "University of Liverpool"
CHINA_INSTITUTE = "University of Birmingham China Institute"
DICP = "Dalian Institute of Chemical Physics"
NBLSRI = "Nanjing Borui Life Science Research Institute"
JITRI_PHD = "Birmingham-JITRI PhD programme"
FUND = "Birmingham-JITRI fund for joint projects"
UN_PROJECTS = "United Nations-sponsored research projects"
SIX_PROJECTS = "Six research projects of Birmingham and JITRI"


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


class FurtherQuestions(Asked):
    """Forty more of the same sorts."""

    def test_the_two_spellings_of_sun_yat_sen_university_find_the_same_body(self):
        for words in ("Sun Yat-Sen", "Sun Yat Sen", "sun yat sen", "中山大学"):
            assert self.ask.names("organisations", q=words) == ["Sun Yat-Sen University"], words
            assert self.ask.hits(words)[0] == "Sun Yat-Sen University", words

    def test_which_bodies_does_pinyin_without_tones_find(self):
        asked = {
            "xijiao liwupu": XJTLU,
            "sichuan daxue": "Sichuan University",
            "dongnan daxue": "Southeast University",
            "zhongguo kexueyuan": CAS,
        }
        assert {words: self.ask.hits(words, "organisation")[0] for words in asked} == asked

    def test_which_bodies_do_misspelt_names_find(self):
        assert self.ask.hits("Southest", "organisation") == ["Southeast University"]
        assert BIRMINGHAM in self.ask.hits("Birmigham", "organisation")
        assert self.ask.hits("Sichaun University", "organisation")[0] == "Sichuan University"

    def test_which_body_is_cass_and_which_institute_belongs_to_it(self):
        (body,) = self.ask.names("organisations", abbreviation="cass")
        assert (body, self.ask.hits("CASS", "organisation")[0]) == (CASS, CASS)
        assert self.ask.names("organisations", parent=self.ask.pick("organisations", body)) == [
            "CASS Institute of European Studies"
        ]

    def test_which_institute_of_the_academy_of_sciences_does_liverpool_work_with_and_on_what(self):
        (institute,) = self.ask.names("organisations", parent=self.ask.pick("organisations", CAS))
        (found,) = self.ask.rows("partnerships", partner=self.ask.pick("organisations", institute))
        assert (found["Partner"], found["Home"], found["Areas of cooperation"]) == (
            DICP,
            LIVERPOOL,
            "Research and education link around Chemistry; Research and education link around Energy research",
        )

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

    def test_the_heading_that_ran_into_a_line_is_no_topic(self):
        partner = self.ask.pick("organisations", "Sun Yat-Sen University")
        subjects = {row["Subjects"] for row in self.ask.rows("undertakings", partner=partner)}
        assert subjects == {"Anthropology", "Archaeology", "Humanities", "Social Sciences"}

    def test_what_is_printed_as_reserach_is_found_by_research(self):
        connections = {"Research connection in Anthropology", "Research connection in Archaeology"}
        assert connections <= set(self.ask.hits("research", "undertaking"))
        assert connections <= set(self.ask.names("undertakings", q="research"))
        assert sorted(self.ask.hits("reserach", "statement")) == [
            "A research connection in Anthropology.",
            "A research connection in Archaeology.",
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

    def test_which_partners_have_we_in_jiangsu(self):
        assert self.ask.names("partnerships", place=self.ask.pick("places", "Jiangsu")) == [
            JITRI,
            NBLSRI,
            "Nanjing Municipal Government",
            "Nanjing University",
            "Phoenix Publishing & Media Group",
            "Southeast University",
        ]

    def test_which_agreements_have_we_in_jiangsu(self):
        assert self.ask.names("agreements", place=self.ask.pick("places", "Jiangsu")) == [
            AGREEMENT_2022,
            BRAIN_HEALTH_AGREEMENT,
            SOUTHEAST_AGREEMENT,
            MEMORANDUM,
            PHD_AGREEMENT,
        ]

    def test_which_organisations_are_in_sichuan(self):
        assert self.ask.names("organisations", place=self.ask.pick("places", "Sichuan")) == [
            "Sichuan University",
            "West China Hospital",
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

    def test_which_city_is_the_sister_city_of_birmingham(self):
        page = self.ask.page("places", "Birmingham")
        assert page.table("Relations", "Relation", "Other side") == [("sister city of", "Nanjing")]
        assert self.ask.names("organisations", relation="sister_city") == []

    def test_in_which_city_is_xjtlu(self):
        page = self.ask.page("organisations", XJTLU)
        assert (page.listed("Place"), page.evidence("Place")) == (["China"], "by context 000 ¶3")
        assert self.ask.hits("Suzhou") == []

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

    def test_through_which_office_does_cultural_exchange_go(self):
        (found,) = self.ask.names(
            "undertakings", agreement=self.ask.pick("agreements", MEMORANDUM), activity="cultural_exchange"
        )
        page = self.ask.page("undertakings", found)
        assert (found, page.fact("Through")) == (
            "Academic and people-to-people exchange",
            "Nanjing’s Bureau of Culture, Broadcasting & Television and Press & Publication",
        )

    def test_on_what_do_birmingham_and_jitri_do_research(self):
        (found,) = self.ask.rows("partnerships", partner=self.ask.pick("organisations", JITRI))
        assert (found["Areas of cooperation"], found["Since"]) == (
            "Innovative research in nanoparticle technology; Innovative research in biomedicine; "
            "Innovative research in recycling solutions; Innovative research in low-carbon clean energy",
            "September 2015",
        )

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

    def test_how_many_international_students_has_birmingham_and_from_how_many_countries(self):
        birmingham = self.ask.pick("organisations", BIRMINGHAM)
        found = self.ask.rows(
            "statements", record_kind="organisation", record_id=birmingham, kind="statistic", has_number="yes"
        )
        assert sorted(row["Number"] for row in found) == [
            "7 rank in the UK, graduate employability",
            "at most 100 rank in the world",
            "more than 150 countries",
            "more than 6,500 international students",
        ]

    def test_who_named_birmingham_university_of_the_year(self):
        birmingham = self.ask.page("organisations", BIRMINGHAM)
        (found,) = [one for one in birmingham.said if one["about"] == "Event"]
        assert (found["text"], found["at"]) == (
            "University of the Year for Graduate Employment, so named by The Times and The Sunday Times.",
            "003 ¶25",
        )
        assert "2015/16" in found["quotation"]

    def test_the_best_hit_stands_first(self):
        asked = {"nanjing": "Nanjing", "Jiangsu": "Jiangsu", "Zhang Jinghua": "Zhang Jinghua", "memorandum": MEMORANDUM}
        assert {words: self.ask.hits(words)[0] for words in asked} == asked

    def test_of_what_is_birmingham_a_member(self):
        page = self.ask.page("organisations", BIRMINGHAM)
        assert page.table("Relations", "Relation", "Other side") == [("member of", "Alan Turing Institute")]
        assert self.ask.names("organisations", relation="member_of") == [BIRMINGHAM]

    def test_who_backs_and_who_founded_the_borui_institute(self):
        page = self.ask.page("organisations", NBLSRI)
        assert page.table("Relations", "Relation", "Other side") == [
            ("backed by", "Nanjing Municipal Government"),
            ("founded by", "Yu Sun"),
        ]
        assert self.ask.names("funding", q="Borui") == []

    def test_which_platforms_has_xjtlu(self):
        assert self.ask.names("organisations", parent=self.ask.pick("organisations", XJTLU)) == [
            "HeXie Management Research Centre",
            "International Innovation Hub",
            "International Technology Transfer Centre",
            "New Era Development Research Institute",
            "XIPU Institution",
            "XJTLU Entrepreneur College (Taicang)",
            "XJTLU Wisdom Lake Academy of Pharmacy",
            "XJTLU-JITRI Academy of Industrial Technology",
        ]

    def test_in_which_fields_are_the_projects_of_the_united_nations_and_how_many_are_there(self):
        page = self.ask.page("projects", UN_PROJECTS)
        assert page.table("Lines of work", "What") == ["Sustainable development", "COVID-19", "Biodiversity protection"]
        assert page.fact("Stands for") == "several projects, number not stated"

    def test_in_which_order_do_people_stand(self):
        assert [(row["Family name"], row["Person"]) for row in self.ask.rows("people")] == [
            ("Ding", "Yulong Ding"),
            ("Frampton", "Jon Frampton"),
            ("Jones", "Tim Jones"),
            ("Liu", "Qing Liu"),
            ("Moran", "Tony Moran"),
            ("Sun", "Yu Sun"),
            ("Tickell", "Adam Tickell"),
            ("Zhang", "Zhang Jinghua"),
            ("Zhang", "Zhibing Zhang"),
        ]

    def test_a_name_is_found_in_either_order(self):
        asked = {"Jinghua Zhang": "Zhang Jinghua", "Liu Qing": "Qing Liu", "Ding Yulong": "Yulong Ding"}
        assert {words: self.ask.hits(words, "person") for words in asked} == {
            words: [name] for words, name in asked.items()
        }

    def test_has_tony_moran_an_email_address(self):
        page = self.ask.page("people", "Tony Moran")
        assert page.table("Contact points", "By") == ["telephone", "telephone"]
        assert [one["text"] for one in page.said if one["basis"] == "not stated"] == [
            "An e-mail address isn’t given: the line breaks off after “or”."
        ]

    def test_who_said_that_the_partnership_with_jitri_is_unique(self):
        (found,) = [
            row
            for row in self.ask.rows("statements", said_by=self.ask.pick("people", "Adam Tickell"), kind="reputation")
            if "unique" in row["In its words"]
        ]
        assert (found["Said by"], found["Source"]) == ("Adam Tickell", "002 ¶9")

    def test_for_whom_does_each_document_speak(self):
        assert sorted(self.ask.column("sources", "Speaks for")) == [
            BIRMINGHAM,
            BIRMINGHAM,
            BIRMINGHAM,
            LIVERPOOL,
            XJTLU,
        ]
        assert set(self.ask.column("sources", "Dated")) == {"not stated"}
        assert {self.ask.page("sources", name).fact("Dated") for name in self.ask.names("sources")} == {"not stated"}

    def test_what_is_general_knowledge_is_kept_apart(self):
        page = self.ask.page("organisations", XJTU)
        assert [(one["text"], one["at"]) for one in page.said if one["basis"] == "general knowledge"] == [
            ("西安交通大学 is its name in Chinese.", "")
        ]
        assert set(self.ask.column("statements", "Source", basis="general_knowledge")) == {""}

    def test_what_stands_planned_with_xian_jiaotong_university(self):
        partner = self.ask.pick("organisations", XJTU)
        assert self.ask.names("undertakings", partner=partner, standing="planned") == [
            "Planning of XJTU’s new ‘Innovation Campus’",
            "XJTU/UoL joint Chemistry Laboratory in Xi'an",
        ]
        assert self.ask.page("projects", "XJTU/UoL joint Chemistry Laboratory in Xi'an").fact("Status") == "planned"

    def test_what_the_list_does_not_understand_is_refused_and_named(self):
        asked = [
            ("visits", {"direktion": "inbound"}, "direktion"),
            ("visits", {"direction": "sideways"}, "direction"),
            ("agreements", {"type": "MoU?"}, "type"),
            ("agreements", {"signed_from": "next spring"}, "signed_from"),
            ("funding", {"currency": "pounds"}, "currency"),
            ("organisations", {"place": "Jiangsu"}, "place"),
            ("people", {"sort": "shoe size"}, "sort"),
        ]
        assert [(path, *self.ask.refused(path, **wrong)) for path, wrong, _ in asked] == [
            (path, 400, name) for path, _, name in asked
        ]

    def test_list_count_and_export_of_a_question_agree(self):
        asked = {"place": self.ask.pick("places", "Jiangsu")}
        listed = [one.text for one in self.ask.list_page("partnerships", **asked).node.one("tbody").all("a", "ttl")]
        assert listed == self.ask.names("partnerships", **asked)
        assert self.ask.count("partnerships", **asked) == str(len(listed)) == "6"
