from swarm_app.report.page import to_html
from tests.unit.report.sample import MINUTES, cite, claim, report, synthesis


def test_a_page_stands_alone() -> None:
    page = to_html(report())
    assert page.startswith("<!doctype html>")
    assert "<style>" in page
    assert "src=" not in page
    assert "http" not in page


def test_each_mark_links_to_its_source() -> None:
    page = to_html(report())
    assert '<a href="#source-1" title="docs/policy.md:2-2">1</a>' in page
    assert '<li id="source-1">' in page


def test_each_source_has_an_anchor() -> None:
    built = report()
    page = to_html(built)
    assert all(page.count(f'id="source-{number}"') == 1 for number in range(1, len(built.citations) + 1))


def test_html_in_a_quoted_document_stays_text() -> None:
    told = claim("Call `purge()` by hand, said <b>Ann</b>.", cite(MINUTES, 3))
    page = to_html(report(concluded=[synthesis(answer=(told,))]))
    assert "<b>Ann" not in page
    assert page.count("&lt;b&gt;Ann&lt;/b&gt;") == 2


def test_html_in_the_question_stays_text() -> None:
    page = to_html(report(question="Is </title><script>alert(1)</script> shown?"))
    assert "<script>" not in page
