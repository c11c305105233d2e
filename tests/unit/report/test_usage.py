"""What models took, in a report."""

from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.discoveries import Discoveries, Ratio
from swarm_app.contracts.research import Finding, Receipt
from swarm_app.contracts.run import Share, Unused
from swarm_app.report.data import to_json
from tests.unit.report.sample import finding, report
from tests.unit.report.test_data import validate

HASH = "0" * 64


def thought(number: int, engine: str, **fields: object) -> Finding:
    """A finding that a model made."""
    receipt = {"model": engine.partition(":")[2], "calls": 2, "prompt_sha256": HASH, "output_sha256": HASH}
    made = Receipt.model_validate(receipt | fields)
    return finding(number, engine=engine, receipt=made, cost_usd=0.25 if made.priced else 0.0)


MIXED = [
    thought(1, "openai:gpt-5-mini", failures=3, cached_tokens=40, left_out=2),
    thought(2, "openai:gpt-5-mini"),
    thought(3, "home:qwen", priced=False),
    finding(4),
]


def test_usage_is_told_by_engine_and_by_pass() -> None:
    usage = report(reported=MIXED).usage
    ours = usage.by_engine["openai:gpt-5-mini"]
    assert (ours.briefs, ours.calls, ours.failures, ours.cached_tokens) == (2, 4, 3, 40)
    assert ours.cost_usd == 0.5
    assert usage.by_pass[0].briefs == 4
    assert usage.cost_usd == sum(share.cost_usd for share in usage.by_pass)


def test_a_price_that_nobody_knows_is_said_to_be_missing() -> None:
    assert "not counted: 1 brief without a known price" in report(reported=MIXED).markdown


def test_the_markdown_tells_what_each_model_took() -> None:
    assert (
        "- `openai:gpt-5-mini`: 2 briefs, 4 calls and 3 failed ones, 200 tokens"
        in report(reported=MIXED).markdown
    )


def test_what_did_not_fit_is_part_of_the_coverage() -> None:
    told = report(reported=MIXED).markdown.partition("## Coverage")[2].partition("\n## ")[0]
    assert "2 excerpts" in told
    assert "window" not in report().markdown


def test_the_method_says_that_models_words_are_their_own() -> None:
    assert "What a language model says is its own" in report(reported=MIXED).markdown
    assert "The engine is `extractive`" in report().markdown


def test_a_receipt_appears_only_where_a_model_made_the_finding() -> None:
    plain = to_json(report(reported=MIXED))
    validate(plain)
    assert [("receipt" in each) for each in plain["findings"]] == [True, True, True, False]


def test_what_helpers_did_in_vain_is_counted_beside_the_findings_and_said() -> None:
    vain = Unused(assists=2, input_tokens=1_500, output_tokens=40, cost_usd=0.03)
    made = report(reported=MIXED, vain={"deepseek:chat": vain})
    validate(to_json(made))
    assert made.usage.by_engine["deepseek:chat"] == Share(unused=vain)
    assert made.usage.worker_tokens == report(reported=MIXED).usage.worker_tokens + 1_540
    assert made.usage.cost_usd == report(reported=MIXED).usage.cost_usd
    told = "Helped in vain, beside that: `deepseek:chat` 2 assists, 1,500 tokens read, 40 written, $0.0300."
    assert told in made.markdown
    assert "in vain" not in report().markdown


def test_what_others_had_found_out_is_counted_and_said() -> None:
    found = Discoveries(
        search=Ratio(hits=3, misses=9), call=Ratio(hits=1, misses=4), saved_tokens=1_200, saved_usd=0.02
    )
    told = report(found=found).markdown
    assert "3 of 12 searches, 1 of 5 model calls, which saved 1,200 tokens and $0.0200" in told
    assert "discovery log" not in report().markdown


def test_findings_for_tokens_are_told_by_facet_the_best_first() -> None:
    dear = finding(1, facet="the period", input_tokens=4_000, output_tokens=0)
    cheap = finding(2, facet="who decides", input_tokens=1_000, output_tokens=0)
    made = report(reported=[dear, cheap])
    validate(to_json(made))
    assert made.usage.yields.by_facet["the period"].per_1000 == 0.25
    assert "by facet: who decides 1.00; the period 0.25." in made.markdown


def test_what_was_not_looked_into_is_part_of_the_coverage_with_the_limit() -> None:
    brief = Withheld(brief_id="run_1.2.3", pass_number=2, angle="who decides", limit="max_briefs")
    made = report(waiting=(brief,))
    validate(to_json(made))
    assert "Not looked into, since `max_briefs`" in made.markdown
    assert "- pass 2: who decides" in made.markdown
