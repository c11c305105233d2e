"""A report as one HTML page that stands alone."""

from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from swarm_app.contracts.run import Report

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fdfdfb; --soft: #f1f1ec; --link: #0b57a4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e1; --paper: #16181a; --soft: #23272b; --link: #8ab8ff; }
}
body { margin: 2.5rem auto; max-width: 46rem; padding: 0 1.25rem; color: var(--ink); background: var(--paper);
       font: 1.05rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { margin-top: 2.5rem; font-size: 1.2rem; border-bottom: 1px solid var(--soft); }
h3 { font-size: 1.05rem; }
a { color: var(--link); text-decoration: none; }
code, pre { font: .88em/1.5 ui-monospace, monospace; background: var(--soft); border-radius: 4px; }
code { padding: .1em .3em; overflow-wrap: anywhere; }
pre { padding: .8em 1em; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { padding: 0; }
blockquote { margin: 1em 0; padding: .1em 1em; border-left: 4px solid var(--link); background: var(--soft); }
li:target { outline: 2px solid var(--link); outline-offset: .4em; }
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}</body>
</html>
"""


def to_html(report: Report) -> str:
    """The report's Markdown as HTML; each mark ``[1]`` links to its source. HTML in documents stays text."""
    parser = MarkdownIt("commonmark", {"html": False})
    environment = {"references": _references(report)}
    tokens = parser.parse(report.markdown, environment)
    _anchor(tokens)
    body = parser.renderer.render(tokens, parser.options, environment)
    return _PAGE.format(title=escape(report.question), style=_STYLE, body=body)


def _references(report: Report) -> dict[str, dict[str, str]]:
    """What ``[1]`` points to, in the form markdown-it keeps link reference definitions."""
    return {
        str(number): {"href": f"#source-{number}", "title": citation.source}
        for number, citation in enumerate(report.citations, start=1)
    }


def _anchor(tokens: Sequence[Token]) -> None:
    """Give the items of the list of sources the ids that the marks link to."""
    heading = max(
        (i for i, token in enumerate(tokens) if token.type == "inline" and token.content == "Sources"),
        default=len(tokens),
    )
    for token in tokens[heading:]:
        if token.type == "list_item_open":
            token.attrSet("id", f"source-{token.info}")
