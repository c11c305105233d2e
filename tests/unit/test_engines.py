"""How engines are named."""

import pytest

from swarm_app.contracts.engines import any_model, names, turned


def test_several_engines_are_named_in_the_order_in_which_they_are_tried() -> None:
    assert names("a:1, extractive ,b:2") == ["a:1", "extractive", "b:2"]


@pytest.mark.parametrize(("by", "order"), [(0, "a:1,b:2,c"), (1, "b:2,c,a:1"), (5, "c,a:1,b:2")])
def test_another_attempt_begins_with_another_engine(by: int, order: str) -> None:
    assert turned("a:1,b:2,c", by) == order


def test_a_name_with_a_colon_is_a_model_s() -> None:
    assert any_model("extractive,openai:gpt-5-mini")
    assert not any_model("extractive,careful")
