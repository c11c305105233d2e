import pytest

from swarm_app.contracts.research import Claim
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers.extractive import ExtractiveEngine

PAGE = (
    "<html><body><h1>Fees of the harbour</h1><p>The mooring fee is <b>45 crowns</b> per day &amp; night.</p>"
    "<p class='x'>The fee is paid to the warden, <a href='w.html'>who lives by the pier</a>. "
    "It is due at noon.</p></body></html>\n"
)


def answers(question: str, text: str, path: str = "fees.html") -> tuple[Claim, ...]:
    return ExtractiveEngine().investigate(brief_of(question), MemoryContext({path: text})).claims


def test_a_claim_says_what_a_page_shows_and_quotes_its_source() -> None:
    claim = answers("What is the mooring fee per night?", PAGE)[0]

    assert claim.statement == "The mooring fee is 45 crowns per day & night."
    assert claim.citations[0].quote == "The mooring fee is <b>45 crowns</b> per day &amp; night."


def test_a_summary_tells_what_a_page_shows() -> None:
    draft = ExtractiveEngine().investigate(
        brief_of("What is the mooring fee per night?"), MemoryContext({"fees.html": PAGE})
    )

    assert draft.summary.startswith("fees.html line 1 says: “The mooring fee is 45 crowns per day & night.”")


@pytest.mark.parametrize("spaced", [PAGE, PAGE.replace("<p", "\n<p"), PAGE.replace("fee ", "fee\n")])
def test_a_paragraph_of_a_page_is_read_by_itself_however_its_source_is_laid_out(spaced: str) -> None:
    (claim, *_) = answers("To whom is the fee paid, and where does the warden live?", spaced)

    assert claim.statement.startswith("The fee is paid to the warden, who lives by the pier.")
    assert "mooring" not in claim.statement


def test_a_sentence_of_a_very_long_page_is_quoted_alone() -> None:
    filler = "<span>and the wind of the north goes on</span> <i>over the sea</i> " * 30
    claim = answers(
        "What is the mooring fee?", f"<p>{filler}. The mooring fee is <b>45</b> crowns. {filler}</p>"
    )[0]

    assert claim.statement == "The mooring fee is 45 crowns."
    assert claim.citations[0].quote == "The mooring fee is <b>45</b> crowns."


def test_text_that_is_no_page_keeps_its_brackets() -> None:
    said = "The fee is kept below <b>45</b> crowns &amp; is paid at noon."

    assert answers("What is the fee?", f"{said}\n", "fees.txt")[0].statement == said
