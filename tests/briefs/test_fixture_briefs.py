"""The briefs of the four visits of the five documents, held against what the documents say and leave open."""

from django.utils import timezone

from partnerships.access.roles import Role
from partnerships.briefs.gathering import brief_of_visit
from partnerships.models import Visit
from partnerships.papers.words import Brief, Line
from partnerships.records.pages import Look
from tests.questions.asked import Asked
from tests.samples import somebody


def brief_of(handle: str) -> Brief:
    """The brief of a visit for a viewer."""
    visit = Visit.objects.get(handle=handle)
    return brief_of_visit(visit, Look(somebody("viewer"), Role.VIEWER, timezone.localdate()))


def said(line: Line) -> str:
    """A line with what hangs under it, without its citations."""
    words = "".join(one.text for one in line.words if one.tone != "cited")
    return " | ".join([f"{line.mark} {words}".strip(), *map(said, line.under)])


def told(brief: Brief) -> dict[str, list[str]]:
    """The lines of a brief by section."""
    return {section.title: [said(line) for line in section.lines] for section in brief.all_sections}


def cited(brief: Brief) -> list[str]:
    """What a brief cites, source by source."""
    return [said(line) for line in brief.sources]


class Briefs(Asked):
    """One visit after another."""

    def test_the_leaders_of_nanjing_at_birmingham(self):
        brief = brief_of("nanjing-leaders-at-birmingham")
        found = told(brief)
        assert found["Who comes"] == [
            "Zhang Jinghua (Mr.; family name first: Zhang). Head of delegation. | Party Secretary, Communist Party "
            "of China Nanjing Municipal Committee 中国共产党南京市委员会",
            "Senior leaders of Nanjing Municipal Government 南京市人民政府: names and number open.",
            "Fellow delegates: names and number open.",
        ]
        assert [line.split(" (")[0] for line in found["Who receives"]] == ["Jon Frampton", "Yulong Ding"]
        assert found["Last time"] == [
            "Tim Jones in Nanjing: May, year not stated, we went: Tim Jones. To sign a Memorandum of Understanding. "
            "Signed at the visit: Nanjing Memorandum of Understanding."
        ]
        assert [line.split(" (")[0] for line in found["What was asked"]] == [
            "1. Intensify industrial innovation collaboration",
            "2. Increase sci-tech innovation and talent exchanges",
            "3. Strengthen university-to-university relationships",
        ]
        assert all(line.endswith("Answer: none recorded.") for line in found["What was asked"])
        assert found["Agreements, and what came of them"] == [
            "Nanjing Memorandum of Understanding: Memorandum of Understanding with a government; signed May, year "
            "not stated, for University of Birmingham by Tim Jones; signatory for Nanjing Municipal Government not "
            "stated. State: unknown, no end date recorded. | Covers 1. Research and innovation; 2. Industrial "
            "matchmaking, technology transfer and commercialisation; 3. Talent training; 4. Academic and "
            "people-to-people exchange; 5. Medicine and health. Evidence that anything came of it: none recorded."
        ]
        assert [line.split(" ")[0] for line in found["The day"]] == ["Welcome", "Tour", "External"]
        assert "Birmingham is sister city of Nanjing." in found["What stands between us"]
        assert [line[:4] for line in cited(brief)] == ["002 ", "003 "]
        assert len(brief.cautions) == 1
        assert [*found].count("Programmes and cohorts") == 0

    def test_the_provost_in_nanjing(self):
        brief = brief_of("tim-jones-in-nanjing")
        found = told(brief)
        assert [line.split("undated, ")[1] for line in cited(brief)] == [
            "paragraph 14.",
            "paragraphs 1, 4, 5, 8, 10, 13, 14.",
        ]
        assert found["Who goes"] == [
            "Tim Jones (Professor; family name Jones). | Provost, University of Birmingham 伯明翰大学"
        ]
        assert found["Who receives"] == ["Nobody is recorded as receiving."]
        assert len(found["Since then"]) == 1
        assert found["Since then"][0].count("asked for, by Zhang Jinghua") == 3
        assert "Last time" not in found

    def test_the_leaders_of_southeast_university_at_birmingham(self):
        found = told(brief_of("southeast-leaders-at-birmingham"))
        assert found["Who comes"] == ["Senior leaders of Southeast University 东南大学: names and number open."]
        assert found["Projects and money"] == [
            "Joint Research Institute in Biomedical Engineering: joint research institute."
        ]
        assert "signed “Earlier this year”" in found["Agreements, and what came of them"][0]
        assert "under exploration" in found["What was asked and promised"][0]

    def test_the_vice_chancellor_in_nanjing(self):
        found = told(brief_of("adam-tickell-in-nanjing"))
        assert found["Also there"] == [
            "Qing Liu (Professor; family name Liu). | President, Jiangsu Industry Technology Research Institute "
            "江苏省产业技术研究院"
        ]
        assert found["Projects and money"] == [
            "Six research projects of Birmingham and JITRI (6 unnamed): research project.",
            "Birmingham-JITRI fund for joint projects: GBP 2,700,000 (“£2.7m”); funder not stated. Joint projects; "
            "it has supported six research projects.",
            "Further funding for brain health: amount not stated; funder not stated. Commercial development of "
            "innovative research with an effect in brain health.",
        ]
        assert "First cohort: expected; entry not stated; no number recorded." in found["Programmes and cohorts"][0]
        agreements = found["Agreements, and what came of them"]
        assert len(agreements) == 2
        assert "Signed after 2022 agreement with JITRI" in agreements[0]
        assert "Possibly the same as Agreement with Nanjing Borui" in agreements[1]
