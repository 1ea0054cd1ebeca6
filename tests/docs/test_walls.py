"""The guide's table of walls has a row for each that is tried, and says only what is proven.

`tests/sandbox` tries them: as root, as an ordinary user, and with the engines that are there.
"""

import runpy

from tiny_unit import ROOT

from course_utils.sandbox import probes

WALLS = runpy.run_path(str(ROOT / "docs" / "walls.py"))


def rows() -> list[list[str]]:
    guide = WALLS["GUIDE"].read_text(encoding="utf-8")
    _, _, rest = guide.partition(WALLS["BEGIN"])
    table, end, _ = rest.partition(WALLS["END"])
    assert end
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.split("\n") if line]


def test_the_guide_has_a_row_for_each_wall():
    assert [row[0] for row in rows()[2:]] == list(probes.WALLS)


def test_behind_walls_all_of_them_hold_and_without_walls_some_are_open():
    _, _, *walls = rows()
    for column in (1, 2):
        assert {row[column] for row in walls} == {WALLS["HOLDS"]}
    for column in (3, 4):
        assert {row[column] for row in walls} <= {WALLS["HOLDS"], WALLS["UNTRIED"]}
    assert WALLS["OPEN"] in {row[5] for row in walls}
