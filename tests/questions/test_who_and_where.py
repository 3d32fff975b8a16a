"""What people ask of bodies, people, places, subjects and sources beyond the first forty questions.

Nothing here looks into the tables: what a viewer can't get is no answer.
"""

from tests.questions.asked import Asked
from tests.questions.named import (
    BIRMINGHAM,
    CAS,
    CASS,
    DICP,
    JITRI,
    LIVERPOOL,
    MEMORANDUM,
    NBLSRI,
    UN_PROJECTS,
    XJTLU,
    XJTU,
)


class QuestionsOfWhoAndWhere(Asked):
    """Who it is, where, and who says so."""

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

    def test_which_partners_have_we_in_jiangsu(self):
        assert self.ask.names("partnerships", place=self.ask.pick("places", "Jiangsu")) == [
            JITRI,
            NBLSRI,
            "Nanjing Municipal Government",
            "Nanjing University",
            "Phoenix Publishing & Media Group",
            "Southeast University",
        ]

    def test_which_organisations_are_in_sichuan(self):
        assert self.ask.names("organisations", place=self.ask.pick("places", "Sichuan")) == [
            "Sichuan University",
            "West China Hospital",
        ]

    def test_which_city_is_the_sister_city_of_birmingham(self):
        page = self.ask.page("places", "Birmingham")
        assert page.table("Relations", "Relation", "Other side") == [("sister city of", "Nanjing")]
        assert self.ask.names("organisations", relation="sister_city") == []

    def test_in_which_city_is_xjtlu(self):
        page = self.ask.page("organisations", XJTLU)
        assert (page.listed("Place"), page.evidence("Place")) == (["China"], "by context 000 ¶3")
        assert self.ask.hits("Suzhou") == []

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
