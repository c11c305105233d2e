"""Whether a text says yes or no, and words that turn its sense round."""

import re
from collections.abc import Set as AbstractSet
from itertools import product

from swarm_app import words

_WRITTEN = (
    (re.compile(r"(?i)\bcan(?:['’]t|not)\b"), "can not"),
    (re.compile(r"(?i)\bwon['’]t\b"), "will not"),
    (re.compile(r"(?i)\bshan['’]t\b"), "shall not"),
    (re.compile(r"(?i)n['’]t\b"), " not"),
    (re.compile(r"(?i)\bno[\s-]one\b"), "nobody"),
    (re.compile(r"(?i)\b(?:no|not)\s+(?:more|greater|higher|longer|larger)\s+than\b"), "at most"),
    (re.compile(r"(?i)\b(?:no|not)\s+(?:less|fewer|lower|smaller)\s+than\b"), "at least"),
    (re.compile(r"(?i)\bno\s+longer\b"), "not"),
    (re.compile(r"(?i)\b(?:no|not)\s+later\s+than\b"), "by"),
    (re.compile(r"(?i)\b(?:no|not)\s+(?:earlier|sooner)\s+than\b"), "from"),
    (re.compile(r"(?i)\bnot\s+(?:only|just|merely)\b|\bno\s+doubt\b|\bor\s+not\b"), ""),
)  # contractions, and a no that bounds a figure or stresses a yes
_NO = re.compile(
    r"""(?ix)\b(?: not | non(?=-) | no(?!\.\s*\d) | never | neither | none | nobody | nothing | nowhere
    | without | unless | hardly | scarcely | seldom | rarely | fail(?:s|ed)?\ to | refus(?:e|es|ed)\ to
    | lack(?:s|ed)? )\b"""
)
_DENYING = frozenset(
    words.terms("not never neither nor none without lack fail refuse nobody nothing nowhere")
)
_OPPOSITES = {
    "disabl": "enabl", "forbidden": "allow", "forbid": "allow", "deni": "allow", "prohibit": "allow",
    "option": "mandatori", "unsupport": "support", "unavail": "avail", "unsaf": "safe", "fals": "true",
    "invalid": "valid", "reject": "accept", "close": "open", "descend": "ascend", "immut": "mutabl",
    "asynchron": "synchron",
}  # fmt: skip
COMMANDS = frozenset({*_OPPOSITES, *_OPPOSITES.values()})
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "de", "mis")
_SIDES = """
    before/after above/below over/under more/less more/fewer most/least up/down minimum/maximum
    always/sometimes all/some every/some first/last left/right north/south east/west upper/lower early/late
    earlier/later higher/lower larger/smaller greater/less faster/slower longer/shorter increase/decrease
    increases/decreases increased/decreased raise/lower raised/lowered rise/fall rises/falls rose/fell
    gain/lose win/lose won/lost buy/sell buys/sells bought/sold start/end begin/end import/export
    imports/exports lend/borrow lent/borrowed arrive/depart add/remove
    success/failure until/after until/from until/since by/after by/from
    inside/outside internal/external
"""
_MODALS = "must/may must/can must/should shall/may"
_AXES, _MODES = (frozenset(tuple(pair.split("/")) for pair in pairs.split()) for pairs in (_SIDES, _MODALS))
_EXCLUSIVE = frozenset({"only", "except", "unless", "solely", "exclusively"})
_REACH = 3  # terms behind a no, of which one is what it denies


def written(text: str) -> str:
    """The text with its contractions written out, and without a no that denies nothing."""
    for pattern, instead in _WRITTEN:
        text = pattern.sub(instead, text)
    return text


def opposite(term: str) -> str:
    """The term that this one denies, or the term itself."""
    return _OPPOSITES.get(term, term)


def is_no(text: str) -> bool:
    """Whether a text says no: an odd number of its words deny."""
    denying = len(_NO.findall(written(text))) + sum(term in _OPPOSITES for term in words.terms(text))
    return bool(denying % 2)


def subject(text: str) -> frozenset[str]:
    """The terms of a text by what they deny, without those that only deny."""
    return frozenset(map(opposite, words.terms(written(text)))) - _DENYING


def contrary(ours: str, theirs: str) -> bool:
    """Whether one text says yes where the other says no."""
    return (is_no(ours) != is_no(theirs)) != bool(len(turned(subject(ours), subject(theirs))) % 2)


def denies_it(ours: str, theirs: str) -> bool:
    """Whether a contrary text denies something that the other one says, and not something else."""
    mine, yours = subject(ours), subject(theirs)
    opposites = _opposites(ours) & yours or _opposites(theirs) & mine
    return bool(opposites or turned(mine, yours) or _denied(ours) & yours or _denied(theirs) & mine)


def opposed(ours: str, theirs: str) -> bool:
    """Whether a word stands in one text and its counterpart in the other: before, and after."""
    return _across(ours, theirs, _AXES)


def differs_in_mode(ours: str, theirs: str) -> bool:
    """Whether one text demands what the other permits, or one alone tells an exception."""
    return _across(ours, theirs, _MODES) or bool(_EXCLUSIVE & (_exact(ours) ^ _exact(theirs)))


def _opposites(text: str) -> frozenset[str]:
    """What the words of a text deny that have an opposite."""
    return frozenset(_OPPOSITES[term] for term in words.terms(text) if term in _OPPOSITES)


def _denied(text: str) -> frozenset[str]:
    """The terms behind each word that denies, of which one is what it denies; before it, if none follow."""
    text = written(text)
    found: set[str] = set()
    for match in _NO.finditer(text):
        behind = words.terms(text[match.end() :])[:_REACH] or words.terms(text[: match.start()])[-1:]
        found.update(map(opposite, behind))
    return frozenset(found)


def turned(ours: AbstractSet[str], theirs: AbstractSet[str]) -> list[tuple[str, str]]:
    """The terms of one side that stand on the other with a prefix that denies them: safe, and unsafe."""
    pairs = product(ours - theirs, theirs - ours)
    return [(one, other) for one, other in pairs if _is_turned(one, other) or _is_turned(other, one)]


def _is_turned(term: str, other: str) -> bool:
    rests = (term.removeprefix(prefix) for prefix in _PREFIXES if term.startswith(prefix))
    return any(other in {rest, f"{rest}e"} for rest in rests)


def _across(ours: str, theirs: str, axes: AbstractSet[tuple[str, ...]]) -> bool:
    left, right = _exact(ours), _exact(theirs)
    one, other = left - right, right - left
    return any((a in one and b in other) or (a in other and b in one) for a, b in axes)


def _exact(text: str) -> frozenset[str]:
    return frozenset(words.words(re.sub(r"\bMay\b", "", written(text))))  # with a capital it is the month
