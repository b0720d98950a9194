"""Dots that look alike are one path, where they stood; everything else stays as it was."""

from xml.etree import ElementTree

import pytest

from lsp_assess.rendering.svg_marks import join_marks

CIRCLE = "M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0"


def joined(*paths: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><g>{"".join(paths)}</g></svg>')
    join_marks(root)
    return [dict(path.attrib) for path in root[0]]


def path(x: float, y: float, *, outline: str = CIRCLE, fill: str = "black") -> str:
    return f'<path transform="translate({x},{y})" d="{outline}" fill="{fill}"/>'


def test_two_dots_become_one_path_at_both_places() -> None:
    assert joined(path(10, 20), path(30.5, 20)) == [
        {
            "d": "M12,20A2,2,0,1,1,8,20A2,2,0,1,1,12,20M32.5,20A2,2,0,1,1,28.5,20A2,2,0,1,1,32.5,20",
            "fill": "black",
        }
    ]


def test_marks_of_another_look_and_a_mark_alone_stay_as_they_are() -> None:
    found = joined(path(1, 2), path(3, 4, fill="white"), path(5, 6, outline="M-2,0L0,-2L2,0Z"))
    assert [each["transform"] for each in found] == ["translate(1,2)", "translate(3,4)", "translate(5,6)"]


@pytest.mark.parametrize("outline", ["M0,0h3v2Z", "m0,0L3,2", "M0,0C1,1,2,2,3,3"])
def test_what_is_drawn_by_other_commands_is_left_alone(outline: str) -> None:
    assert len(joined(path(1, 2, outline=outline), path(3, 4, outline=outline))) == 2
