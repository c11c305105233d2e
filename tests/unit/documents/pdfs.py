"""PDF files for the tests, written by hand."""

from collections.abc import Sequence

_ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
    b"11" * 32,
    b"22" * 32,
)


def pdf(pages: Sequence[Sequence[str]], *, encrypted: bool = False) -> bytes:
    """A PDF with these lines on its pages; `encrypted`: with a password that nobody knows."""
    numbers = [4 + 2 * index for index in range(len(pages))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for number, lines in zip(numbers, pages, strict=True):
        objects |= {number: _page(number + 1), number + 1: _content(lines)}
    return _file(objects, _ENCRYPTED if encrypted else b"")


def _page(content: int) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources << /Font << /F 3 0 R >> >> >>" % content
    )


def _content(lines: Sequence[str]) -> bytes:
    shown = b" ".join(b"(%s) Tj 0 -20 Td" % line.encode("ascii") for line in lines)
    stream = b"BT /F 12 Tf 72 700 Td %s ET" % shown
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream)


def _file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in objects.items():
        offsets.append(len(body))
        body += b"%d 0 obj %s endobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    head = b"trailer << /Size %d /Root 1 0 R %s >>" % (len(objects) + 1, trailer)
    return body + table + head + b"\nstartxref\n%d\n%%%%EOF" % len(body)
