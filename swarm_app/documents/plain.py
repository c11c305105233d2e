"""The reader of everything that is text as it stands."""

import codecs

from swarm_app.errors import DocumentError

_OTHER_ENCODINGS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def decode(content: bytes) -> str:
    """The text of UTF-8 bytes, a byte order mark kept. Raises `DocumentError` with the reason alone."""
    for mark, encoding in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            raise DocumentError(f"not UTF-8 text but {encoding}: convert it to UTF-8")
    if b"\0" in content:
        raise DocumentError("binary: it holds NUL bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"not UTF-8 text: byte {error.start + 1:,} fits no character: convert it to UTF-8"
        ) from None
