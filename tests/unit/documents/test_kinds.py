import pytest

from swarm_app.documents.kinds import kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("README.md", "markdown"),
        ("notes.Markdown", "markdown"),
        ("manual.rst", "text"),
        ("paper.tex", "text"),
        ("redis.py", "code"),
        ("lock.lua", "code"),
        ("Makefile", "code"),
        ("Dockerfile", "code"),
        ("data.json", "json"),
        ("events.jsonl", "json"),
        ("events.ndjson", "json"),
        ("table.csv", "csv"),
        ("table.TSV", "csv"),
        ("page.html", "html"),
        ("page.htm", "html"),
        ("page.xhtml", "html"),
        ("paper.pdf", "pdf"),
        ("LICENSE", "text"),
        (".env", "text"),
        ("trailing.", "text"),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: str) -> None:
    assert kind_of(name, b"words") == kind


def test_a_pdf_is_a_pdf_whatever_it_is_called() -> None:
    assert kind_of("paper.txt", b"%PDF-1.7 ...") == "pdf"


def test_html_without_a_telling_name_is_known_by_its_doctype() -> None:
    assert kind_of("index", b"\n<!DOCTYPE html><html>") == "html"


def test_a_script_without_a_telling_name_is_known_by_its_first_line() -> None:
    assert kind_of("run", b"#!/bin/sh\n") == "code"
