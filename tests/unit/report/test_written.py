"""An answer that a model wrote, in a report."""

import pytest

from swarm_app.contracts.research import Claim, Kind, Synthesis
from swarm_app.report.data import to_json
from swarm_app.report.page import to_html
from tests.unit.report.sample import POLICY, cite, finding, report, synthesis
from tests.unit.report.test_data import validate
from tests.unit.report.test_usage import thought

WRITER = "anthropic:claude-opus-4-5"
INFERRED = Claim(statement="So it is short.", confidence=0.0, inference=True)
WRITING = thought(0, WRITER, claims_left_out=3).model_copy(
    update={"kind": Kind.SYNTHESIS, "finding_id": "finding_1_0"}
)


def cited(line: int) -> Claim:
    return Claim(statement="It is kept for 30 days.", citations=(cite(POLICY, line),), confidence=0.8)


def written(*sentences: Claim, **fields: object) -> Synthesis:
    return synthesis(engine=WRITER, writing="finding_1_0", written=sentences, **fields)


def answer(markdown: str) -> list[str]:
    return markdown.partition("## Answer\n\n")[2].partition("\n\n## ")[0].split("\n\n")


def test_each_sentence_has_its_marks_or_is_marked_as_inference() -> None:
    told = answer(report(concluded=[written(cited(2), INFERRED)]).markdown)
    assert told == [
        f"*Written by `{WRITER}` from the findings alone. What is marked (inference) rests on no citation: "
        "1 of 2 sentences.*",
        "It is kept for 30 days. [1]",
        "So it is short. (inference)",
    ]


def test_a_sentence_whose_citation_does_not_stand_any_more_is_an_inference() -> None:
    gone = cited(2).model_copy(
        update={"citations": (cite(POLICY, 2).model_copy(update={"start": 3, "end": 3}),)}
    )
    made = report(concluded=[written(gone)])
    assert answer(made.markdown)[-1] == "It is kept for 30 days. (inference)"
    assert made.answer[0].inference


def test_the_page_shows_the_mark_too() -> None:
    assert "So it is short. (inference)" in to_html(report(concluded=[written(cited(2), INFERRED)]))


def test_the_json_says_who_wrote_and_which_sentences_are_inference() -> None:
    plain = to_json(report(concluded=[written(cited(2), INFERRED)], written=[WRITING]))
    validate(plain)
    assert plain["answer_engine"] == WRITER
    assert [each["inference"] for each in plain["answer"]] == [False, True]
    assert [each["finding_id"] for each in plain["syntheses"]] == ["finding_1_0"]


def test_an_answer_that_no_model_wrote_says_why() -> None:
    made = report(concluded=[synthesis(unwritten="openai refuses the key.")])
    assert answer(made.markdown)[0] == "*Extracted, since no model wrote it: openai refuses the key.*"
    assert answer(made.markdown)[1] == "The retention period is 30 days. [1]"


def test_without_a_model_nothing_is_said_of_who_wrote() -> None:
    assert "Written by" not in report().markdown
    assert "(inference)" not in report().markdown


def test_usage_tells_the_writers_apart_from_the_workers() -> None:
    made = report(reported=[finding(1)], concluded=[written(cited(2))], written=[WRITING])
    assert (made.usage.worker_tokens, made.usage.synthesis_tokens) == (110, 110)
    assert made.usage.by_engine[WRITER].briefs == 1
    assert made.usage.by_pass[0].briefs == 2
    assert "the syntheses 110 of these" in made.markdown


def test_what_did_not_fit_where_it_was_written_is_part_of_the_coverage() -> None:
    made = report(concluded=[written(cited(2))], written=[WRITING])
    assert "window was full: 3 claims or questions." in made.markdown


@pytest.mark.parametrize("forged", ["So it is [1].", "So it is. [1] (inference)"])
def test_a_model_s_own_marks_cannot_pose_as_ours(forged: str) -> None:
    told = answer(report(concluded=[written(INFERRED.model_copy(update={"statement": forged}))]).markdown)
    assert "\\[1\\]" in told[-1]
    assert told[-1].endswith("(inference)")
