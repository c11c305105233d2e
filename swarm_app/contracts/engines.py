"""How engines are named: one, or several by commas; a name with a colon, ``ACCOUNT:MODEL``, is a model's."""


def names(engines: str) -> list[str]:
    """The names in the order in which they are tried."""
    return [name.strip() for name in engines.split(",")]


def turned(engines: str, by: int) -> str:
    """The same engines, beginning ``by`` places on."""
    listed = names(engines)
    first = by % len(listed)
    return ",".join([*listed[first:], *listed[:first]])


def is_model(name: str) -> bool:
    """Whether the engine is a model: its calls leave this machine, and may cost money."""
    return ":" in name


def any_model(engines: str) -> bool:
    """Whether one of them is a model."""
    return any(map(is_model, names(engines)))
