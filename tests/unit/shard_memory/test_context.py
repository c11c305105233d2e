from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from shard.context import ShardContext
from swarm_app.contracts.documents import Excerpt
from tests.unit.shard_memory.loaded import context_of, part_of

FILLER = [f"The gardener of house {number} waters roses in the evening. " for number in range(400)]
FACT = "The lighthouse keeper resigned in March 1911. "
BOOK = "".join([*FILLER[:200], FACT, *FILLER[200:]])
CODE = '''"""Locks."""

import threading


class Locker:
    """Keeps locks."""

    def acquire(self, name):
        """Take the lock of this name, or wait for it."""
        lock = self.locks[name]
        lock.acquire()
        return lock

    def release_expired_lock(self, name):
        """Give back a lock whose owner is gone."""
        self.locks.pop(name).release()
        return True


def unrelated():
    return 42
'''


def search(context: ShardContext, query: str, *, tokens: int = 1000) -> list[Excerpt]:
    return context.search([query], tokens=tokens)[0]


def test_the_best_excerpt_answers_the_question() -> None:
    found = search(
        context_of({"book.txt": BOOK, "other.txt": "".join(FILLER)}), "When did the lighthouse keeper resign?"
    )
    assert FACT.strip() in found[0].text


def test_a_line_of_5000_characters_yields_the_sentence() -> None:
    found = search(context_of({"book.txt": BOOK}), "When did the lighthouse keeper resign?", tokens=20)
    assert [excerpt.text for excerpt in found] == [FACT.strip()]
    assert (found[0].start, found[0].end) == (1, 1)


@pytest.mark.parametrize("tokens", [10, 50, 200, 1000, 4000])
def test_excerpts_together_keep_within_the_budget(tokens: int) -> None:
    found = search(
        context_of({"book.txt": BOOK, "lines.txt": "\n\n".join(FILLER)}), "gardener roses", tokens=tokens
    )
    assert 0 < sum(len(excerpt.text) for excerpt in found) <= 4 * tokens


def test_a_budget_below_any_sentence_yields_the_beginning_of_the_best() -> None:
    (found,) = search(context_of({"book.txt": BOOK}), "lighthouse keeper", tokens=5)
    assert found.text == "The lighthouse"


def test_a_budget_of_nothing_yields_nothing() -> None:
    assert search(context_of({"book.txt": BOOK}), "lighthouse keeper", tokens=0) == []


def test_excerpts_never_overlap() -> None:
    found = search(context_of({"book.txt": BOOK}), "gardener lighthouse evening 17 18 20")
    spans = sorted((excerpt.start_char, excerpt.end_char) for excerpt in found)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_a_scrap_too_short_to_quote_is_left_out() -> None:
    found = search(context_of({"a.txt": FACT, "b.txt": "Lighthouse."}), "lighthouse")
    assert [excerpt.path for excerpt in found] == ["a.txt"]


def test_excerpts_come_best_first() -> None:
    context = context_of(
        {"a.txt": "The keeper of a lighthouse may resign at last.", "b.txt": FACT, "c.txt": FILLER[0]}
    )
    found = search(context, "Did the lighthouse keeper resign in 1911?")
    assert [excerpt.path for excerpt in found] == ["b.txt", "a.txt"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_an_excerpt_is_the_document_s_own_text_at_its_offsets_and_lines(ending: str) -> None:
    text = ending.join(["\ufeffAn é and a 🙂.", "", FACT, "", "The end\x0cof\u2028it."])
    (found,) = search(context_of({"a.txt": text}), "lighthouse", tokens=15)
    assert text[found.start_char : found.end_char] == found.text == FACT.strip()
    assert (found.start, found.end) == (3, 3)


def test_a_part_that_begins_late_keeps_the_document_s_lines_and_offsets() -> None:
    text = "\n".join([*FILLER[:50], FACT])
    context = ShardContext("memory")
    context.load([part_of("a.txt", text, start=31)])
    (found,) = search(context, "lighthouse", tokens=15)
    assert (found.start, found.text) == (51, text[found.start_char : found.end_char])


def test_scope_keeps_to_paths_with_one_of_its_prefixes() -> None:
    context = context_of({"a/1.txt": FACT, "b/1.txt": FACT, "c/1.txt": FACT, "ab.txt": FACT})
    (found,) = context.search(["lighthouse"], scope=["a/", "c/"])
    assert {excerpt.path for excerpt in found} == {"a/1.txt", "c/1.txt"}


def test_a_scope_that_holds_nothing_finds_nothing() -> None:
    assert context_of({"a.txt": FACT}).search(["lighthouse"], scope=["z/"]) == [[]]


@pytest.mark.parametrize("query", ["", "?!", "the of and", "zebra"])
def test_a_query_that_no_line_answers_finds_nothing(query: str) -> None:
    assert search(context_of({"a.txt": FACT.replace("The ", "")}), query) == []


@pytest.mark.parametrize("query", ['"', "a AND (b", "path:x^2", "\x00", "keeper\ud800"])
def test_no_query_is_a_syntax_error(query: str) -> None:
    assert isinstance(search(context_of({"a.txt": FACT}), query), list)


def test_each_query_has_its_own_answer() -> None:
    context = context_of({"a.txt": FACT, "b.txt": FILLER[1]})
    answers = context.search(["lighthouse", "roses"])
    assert [[excerpt.path for excerpt in answer] for answer in answers] == [["a.txt"], ["b.txt"]]


def test_a_small_function_comes_whole() -> None:
    code = CODE + "\n\n" + "\n\n".join(f"def unrelated_{n}():\n    return {n}" for n in range(100))
    (best, *_) = search(context_of({"locks.py": code}, kind="code"), "owner is gone", tokens=150)
    start, end = CODE.index("    def release_expired_lock"), CODE.index("\n\n\ndef unrelated")
    assert CODE[start:end] in best.text


def test_the_file_s_name_helps_to_find_it() -> None:
    twins = {
        f"backends/{name}.py": "def connect():\n    return open_socket()\n"
        for name in ("disk", "redis", "sql")
    }
    assert (
        search(context_of(twins, kind="code"), "How does the redis backend connect?")[0].path
        == "backends/redis.py"
    )


def test_imports_are_no_evidence() -> None:
    text = "from harbour import (\n    Crane,\n    Pilot,\n)\n\n\ndef f():\n    return 'a pilot takes over'\n"
    (found, *_) = search(context_of({"port.py": text}, kind="code"), "pilot", tokens=20)
    assert "takes over" in found.text


def test_a_heading_comes_with_what_it_heads() -> None:
    text = "# Lighthouse\n\nIts keeper resigned.\n\n" + "\n\n".join(FILLER[:50])
    (found,) = search(context_of({"a.md": text}, kind="markdown"), "lighthouse", tokens=12)
    assert found.text == "# Lighthouse\n\nIts keeper resigned."


def test_read_cuts_a_range_to_what_is_held() -> None:
    context = context_of({"a.txt": "one\ntwo\nthree\n"})
    found = context.read("a.txt", 2, 99)
    assert found is not None
    assert (found.text, found.start, found.end, found.start_char) == ("two\nthree\n", 2, 3, 4)


@pytest.mark.parametrize(
    ("path", "start", "end"), [("b.txt", 1, 1), ("a.txt", 4, 9), ("a.txt", 2, 1), ("a.txt", -5, 0)]
)
def test_read_of_lines_that_are_not_held_is_none(path: str, start: int, end: int) -> None:
    assert context_of({"a.txt": "one\ntwo\nthree\n"}).read(path, start, end) is None


def test_a_split_document_counts_once_and_reads_from_each_part() -> None:
    text = "one\ntwo\n"
    context = ShardContext("memory")
    first, second = part_of("a.txt", "one\n"), part_of("a.txt", text, start=2)
    context.load([second, first])
    assert (context.documents, context.lines) == (1, 2)
    found = context.read("a.txt", 2, 2)
    assert found is not None
    assert found.text == "two\n"


def test_an_empty_context_holds_and_finds_nothing() -> None:
    context = ShardContext("memory")
    assert (context.documents, context.lines, context.tokens) == (0, 0, 0)
    assert context.search(["anything"]) == [[]]


def test_loading_again_replaces_what_was_held() -> None:
    context = context_of({"a.txt": FACT})
    context.load([part_of("b.txt", FILLER[0])])
    assert search(context, "lighthouse") == []
    assert search(context, "gardener")[0].path == "b.txt"


def test_searches_in_many_threads_agree() -> None:
    context = context_of({"book.txt": BOOK})
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: search(context, "When did the lighthouse keeper resign?"), range(40))
        )
    assert all(answer == answers[0] for answer in answers)


def test_a_shard_that_lacks_a_word_of_the_question_scores_less_than_one_that_has_all() -> None:
    roses = context_of({"roses.txt": "".join(FILLER[:50]) + "The keeper of the roses resigned."})
    towers = context_of({"towers.txt": "The keeper of the lighthouse resigned. " * 50})
    asked = "When did the lighthouse keeper resign?"
    assert search(towers, asked)[0].score > search(roses, asked)[0].score


def test_what_tests_say_comes_after_what_the_core_says() -> None:
    found = search(context_of({"a/tests/book.txt": FACT, "book.txt": FACT}), "lighthouse keeper resigned")
    assert [excerpt.path for excerpt in found] == ["book.txt", "a/tests/book.txt"]


def test_an_excerpt_tells_how_rare_the_words_of_the_question_are() -> None:
    rarity = search(context_of({"book.txt": BOOK}), "the gardener in the lighthouse")[0].rarity
    assert rarity["lighthous"] > rarity["garden"]
    assert "the" not in rarity


def test_a_question_in_a_script_without_spaces_finds_its_sentence() -> None:
    text = "灯台は白い。灯台守は一九一一年に辞任した。庭には薔薇がある。"
    (found, *_) = context_of({"book.txt": text}).search(["灯台守はいつ辞任したか"], tokens=5)[0]
    assert "辞任した" in found.text


def test_a_row_is_found_by_the_names_of_its_columns_however_far_away_they_stand() -> None:
    rows = "".join(f"P-{number},Norrvik,{number / 10}\n" for number in range(100, 200))
    context = context_of({"pumps.csv": f"pump,site,pressure_bar\n{rows}"}, kind="csv")

    (found,) = context.search(["pressure_bar of P-177"], tokens=20)
    assert "P-177,Norrvik,17.7" in found[0].text
