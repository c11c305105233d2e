"""A package of engines as a user writes one: a module, and the entry points that register it."""

from pathlib import Path

_MODULE = '''
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Draft, Kind


def claim(summary, *citations):
    return Draft(kind=Kind.CLAIM, summary=summary, confidence=0.9, citations=citations)


class Reader:
    """Quotes the first lines of whatever the search finds."""

    name = "reader"
    summary = "quotes what it finds first"

    def investigate(self, brief, context):
        found = context.search([brief.question], tokens=200)[0][0]
        line = found.text.splitlines()[0]
        return claim(
            f"It says: {line}",
            Citation(path=found.path, start=found.start, end=found.start, quote=line),
        )


class Liar(Reader):
    """Invents citations around a true one."""

    name = "liar"
    summary = "invents citations"

    def investigate(self, brief, context):
        (true,) = super().investigate(brief, context).citations
        return claim(
            "INVENTED, but for one citation.",
            true,
            true.model_copy(update={"path": "archive/docs/nowhere.md"}),
            true.model_copy(update={"path": "../../etc/passwd"}),
            true.model_copy(update={"start": 2, "end": 2}),
            true.model_copy(update={"start": 900, "end": 901}),
            true.model_copy(update={"start": 1, "end": 400}),
            true.model_copy(update={"quote": true.quote.replace("a", "o") + " INVENTED"}),
            true.model_copy(update={"quote": true.quote[:10]}),
            true.model_copy(update={"sha256": "0" * 64}),
            true.model_copy(update={"path": "archive/nowhere.md", "quote": "", "verdict": "verified"}),
        )


class Perjurer:
    """Claims what nothing supports."""

    name = "perjurer"
    summary = "cites only what is not there"

    def investigate(self, brief, context):
        return claim(
            "INVENTED from beginning to end.",
            Citation(path="archive/nowhere.md", start=1, end=1, quote="INVENTED words, never written."),
        )


class Faulty:
    """Raises what no caller expects."""

    name = "faulty"
    summary = "always fails"

    def investigate(self, brief, context):
        raise KeyError("the lamp is out")


class Forgetful:
    """Returns what is no draft."""

    name = "forgetful"
    summary = "returns nothing"

    def investigate(self, brief, context):
        return None


class Mute:
    """Cannot investigate."""

    name = "mute"
    summary = "has no investigate()"
'''

_ENTRY_POINTS = """
[swarm.engines]
reader = own_engines_of_a_user:Reader
liar = own_engines_of_a_user:Liar
perjurer = own_engines_of_a_user:Perjurer
faulty = own_engines_of_a_user:Faulty
forgetful = own_engines_of_a_user:Forgetful
mute = own_engines_of_a_user:Mute
absent = no_such_module_anywhere:Engine
nameless = own_engines_of_a_user:Nameless
"""


def install(folder: Path) -> Path:
    """Put the package into ``folder``, which a Python path must then name."""
    (folder / "own_engines_of_a_user.py").write_text(_MODULE, "utf-8")
    info = folder / "own_engines_of_a_user-0.1.dist-info"
    info.mkdir()
    metadata = "Metadata-Version: 2.1\nName: own-engines-of-a-user\nVersion: 0.1\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    (info / "entry_points.txt").write_text(_ENTRY_POINTS, "utf-8")
    return folder
