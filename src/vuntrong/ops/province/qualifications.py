"""What somebody has learnt: degree, political theory, state management, languages, IT, defence."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from vuntrong.kernel.bulk import Plain
from vuntrong.ops.province.people import Draft
from vuntrong.registry.enums import DefenceGroup, Degree, PoliticalLevel, QualificationKind, StudyMode
from vuntrong.registry.models import Qualification

if TYPE_CHECKING:
    from vuntrong.ops.province.records import Recorder

DEGREE_PAPERS = {
    Degree.VOCATIONAL: ("Bằng tốt nghiệp trung cấp", 20),
    Degree.COLLEGE: ("Bằng tốt nghiệp cao đẳng", 21),
    Degree.UNIVERSITY: ("Bằng tốt nghiệp đại học", 22),
    Degree.MASTER: ("Bằng thạc sĩ", 27),
    Degree.DOCTOR: ("Bằng tiến sĩ", 33),
}
"""Name of the paper and the usual age at which it is earned."""
ACADEMY = "Học viện Chính trị quốc gia Hồ Chí Minh"
STATE_SCHOOL = "Học viện Hành chính Quốc gia"
CHECKER = "Phòng Tổ chức, hành chính"
MODES = (StudyMode.FULL_TIME.value, StudyMode.IN_SERVICE.value, StudyMode.PART_TIME.value)
GRADES = ("Giỏi", "Khá", "Khá", "Khá", "Trung bình", "")


def note(recorder: "Recorder", key: int, draft: Draft, rows: Mapping[Any, list[Sequence[Plain]]]) -> None:
    """Add the rows of one person; of some levels no paper was ever handed in."""
    roll, found = recorder.roll, rows[Qualification]
    if draft.degree in DEGREE_PAPERS and roll() < 0.93:
        found.append(_degree(recorder, key, draft))
    if draft.level_year and roll() < 0.95:
        found.append(_political(recorder, key, draft))
    if draft.state_year and roll() < 0.94:
        year = f"{draft.state_year}"
        words = (QualificationKind.STATE_MANAGEMENT.value, draft.state, "Bồi dưỡng theo tiêu chuẩn ngạch")
        found.append(
            _row(recorder, (key, draft.number), words, (STATE_SCHOOL, None), (year, year, MODES[2], "Chứng chỉ"))
        )
    if draft.degree in {Degree.UNIVERSITY, Degree.MASTER, Degree.DOCTOR, Degree.COLLEGE}:
        _note_skills(recorder, key, draft, found)


def _note_skills(recorder: "Recorder", key: int, draft: Draft, found: list[Sequence[Plain]]) -> None:
    """Add certificates of languages, IT and defence."""
    roll, data = recorder.roll, recorder.data
    year = f"{min(recorder.until.year, draft.career + 1)}"
    if roll() < 0.3:
        language = str(recorder.dice.choice(data["languages"]))
        words = (QualificationKind.LANGUAGE.value, str(recorder.dice.choice(data["language_levels"])), language)
        found.append(_row(recorder, (key, draft.number), words, ("", None), ("", year, "", "Chứng chỉ")))
    if roll() < 0.3:
        words = (QualificationKind.IT.value, str(recorder.dice.choice(data["it_levels"])), "Tin học")
        found.append(_row(recorder, (key, draft.number), words, ("", None), ("", year, "", "Chứng chỉ")))
    audience = recorder.groups[draft.group]["audience"]
    if audience in {"leaders", "officials"} and roll() < 0.4:
        level = DefenceGroup.GROUP_3 if audience == "leaders" else DefenceGroup.GROUP_4
        words = (QualificationKind.DEFENCE.value, level.value, "Bồi dưỡng kiến thức quốc phòng và an ninh")
        found.append(
            _row(recorder, (key, draft.number), words, ("Trường Quân sự tỉnh", None), ("", year, "", "Giấy chứng nhận"))
        )


def _degree(recorder: "Recorder", key: int, draft: Draft) -> Sequence[Plain]:
    paper, age = DEGREE_PAPERS[Degree(draft.degree)]
    year = min(recorder.until.year, draft.year + age + int(recorder.roll() * 4))
    data = recorder.data
    words = (QualificationKind.PROFESSIONAL.value, draft.degree, recorder.dice.choice(data["fields"]))
    studied = (f"{max(draft.year + 18, year - 4)}", f"{year}", MODES[int(recorder.roll() * 2)], paper)
    return _row(recorder, (key, draft.number), words, (recorder.dice.choice(data["universities"]), None), studied)


def _political(recorder: "Recorder", key: int, draft: Draft) -> Sequence[Plain]:
    """Return the level of political theory: the intermediate one from the province's own school."""
    level, year = draft.level, draft.level_year
    words = (QualificationKind.POLITICAL.value, level, "Lý luận chính trị")
    school: tuple[str, int | None] = (ACADEMY, None)
    if level == PoliticalLevel.INTERMEDIATE:
        school = (recorder.school[1], recorder.school[0])
    elif level == PoliticalLevel.ELEMENTARY:
        school = ("Trung tâm Chính trị huyện", None)
    paper = "Giấy chứng nhận" if level == PoliticalLevel.ELEMENTARY else "Bằng tốt nghiệp"
    first = year if level in {PoliticalLevel.ELEMENTARY, PoliticalLevel.INTERMEDIATE} else year - 1
    mode = MODES[0] if recorder.roll() < 0.4 else MODES[2]
    return _row(recorder, (key, draft.number), words, school, (f"{first}", f"{year}", mode, paper))


def _row(
    recorder: "Recorder",
    who: tuple[int, int],
    words: tuple[str, str, str],
    school: tuple[str, int | None],
    studied: tuple[str, str, str, str],
) -> Sequence[Plain]:
    """Return a row: number and check of the paper are known for some."""
    begun, ended, mode, paper = studied
    key, number = who
    seed = crc32(f"{number}{words[0]}".encode())
    paper_number = f"{'ABCD'[seed % 4]}{seed // 4 % 10**6:06d}" if seed % 10 < 6 else ""
    is_checked = seed % 7 < 2 and bool(paper_number)
    checked = (CHECKER, f"{recorder.until.year - 1}-10-15", "Bản chính") if is_checked else ("", None, "")
    grade = GRADES[seed % 6]
    return (key, *words, *school, begun or None, ended, mode, paper, paper_number, ended, grade, *checked)
