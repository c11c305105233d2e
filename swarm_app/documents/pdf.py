"""The reader of PDF: the text that its pages hold (a scanned page holds none)."""

import threading
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from swarm_app.errors import DocumentError

_ENCRYPTED = {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}
_pdfium = threading.Lock()  # pdfium's functions must never run in two threads at once


def pages_of(content: bytes, *, max_chars: int) -> list[str]:
    r"""The text of each page, its lines ended by ``\n``; a page without text is empty.

    Raises `DocumentError` with the reason alone: encrypted, damaged, without text, or more than `max_chars`
    characters (a small file can unfold into a great many).
    """
    with _pdfium:
        try:
            pages = _within(max_chars, _pages(content))
        except PdfiumError as error:
            raise DocumentError(_reason(error)) from None
    if not any(pages):
        raise DocumentError("a PDF without text: its pages are images")
    return pages


def _pages(content: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(content) as document:
        for number in range(len(document)):
            yield _tidy(_page(document, number))


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return str(textpage.get_text_bounded())
        finally:
            textpage.close()
    finally:
        page.close()


def _tidy(text: str) -> str:
    """Pdfium's text with our line ends; NUL is what it says for a glyph that it cannot name."""
    lines = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return f"{lines}\n" if lines else ""


def _within(max_chars: int, pages: Iterator[str]) -> list[str]:
    taken, chars = [], 0
    for page in pages:
        taken.append(page)
        chars += len(page)
        if chars > max_chars:
            raise DocumentError(f"too large: its text is longer than {max_chars:,} characters")
    return taken


def _reason(error: PdfiumError) -> str:
    return "an encrypted PDF: save it without a password" if error.err_code in _ENCRYPTED else "a damaged PDF"
