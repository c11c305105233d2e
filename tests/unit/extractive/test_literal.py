import pytest

from workers.extractive.literal import literal

FENCED = ["Install it first:", "```sh", "make setup", "```", "Then the harbour opens."]


def shown(lines: list[str]) -> list[str]:
    return [line for line, is_shown in zip(lines, literal(lines), strict=True) if is_shown]


def test_what_stands_between_fences_is_shown():
    assert shown(FENCED) == FENCED[1:4]


def test_an_excerpt_cut_inside_of_fences_is_read_from_there():
    cut = ["gate = open(key)", "gate.lift()", "```", "Then the harbour opens."]
    assert shown(cut) == cut[:3]


def test_a_first_fence_before_one_with_a_language_closes():
    cut = ["lift the gate", "```", "Then the harbour opens.", "```sh", "make setup", "```"]
    assert shown(cut) == [*cut[:2], *cut[3:]]


def test_an_excerpt_cut_behind_an_opening_fence_keeps_what_is_said_before_it():
    cut = ["Install it before the tide comes in:", "```", "make setup"]
    assert shown(cut) == cut[1:]


def test_what_is_indented_below_two_colons_is_shown():
    lines = ["Open it so::", "", "    gate.lift()", "", "It closes by itself."]
    assert shown(lines) == ["", "    gate.lift()", ""]


def test_what_is_indented_below_a_directive_for_code_is_shown_and_below_a_note_is_not():
    lines = [".. code-block:: python", "", "    gate.lift()", "", ".. note::", "", "    It is heavy."]
    assert shown(lines) == ["", "    gate.lift()", ""]


@pytest.mark.parametrize("said", ["The gate opens: mind the tide.", "Use `gate::lift` with care.", ""])
def test_what_is_said_is_not_shown(said: str):
    assert literal([said, "    It goes on."]) == [False, False]
