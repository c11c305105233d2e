"""The address of Redis or Valkey: as redis-py reads it, and as it may be shown."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def address(url: str) -> str:
    """A broker URL as redis-py reads it: Celery's ``redis+socket://`` is its ``unix://``."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    query = {"db" if name == "virtual_host" else name: value for name, value in parse_qsl(parts.query)}
    return f"unix://{parts.netloc}{parts.path}?{urlencode(query)}".rstrip("?")


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    shown = f"{parts.username or ''}:***@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=shown))
