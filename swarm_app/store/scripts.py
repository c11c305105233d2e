"""The Lua scripts beside this module: every step that must be atomic, its keys documented on its top."""

from importlib.resources import files

from redis.commands.core import Script

from swarm_app.store.connection import Client

EVENTS_KEPT = 20_000  # of one run; a run of 2,000 briefs has some 6,000


class Scripts:
    """One callable for each script: ``scripts.claim(keys=[…], args=[…])``."""

    def __init__(self, client: Client) -> None:
        self.shelve = _register(client, "shelve")
        self.load = _register(client, "load")
        self.count_words = _register(client, "count_words")
        self.transition = _register(client, "transition")
        self.open_pass = _register(client, "open_pass")
        self.make_up = _register(client, "make_up")
        self.claim = _register(client, "claim")
        self.renew = _register(client, "renew")
        self.expire = _register(client, "expire")
        self.release = _register(client, "release")
        self.report = _register(client, "report")
        self.block = _register(client, "block")
        self.assist_offer = _register(client, "assist_offer")
        self.assist_claim = _register(client, "assist_claim")
        self.assist_renew = _register(client, "assist_renew")
        self.assist_release = _register(client, "assist_release")
        self.assist_solve = _register(client, "assist_solve")
        self.assist_fail = _register(client, "assist_fail")
        self.close_pass = _register(client, "close_pass")
        self.conclude_pass = _register(client, "conclude_pass")
        self.reopen_pass = _register(client, "reopen_pass")
        self.slice = _register(client, "slice")
        self.leave = _register(client, "leave")
        self.landed = _register(client, "landed")
        self.ask = _register(client, "ask")
        self.keep = _register(client, "keep")
        self.drop = _register(client, "drop")


def _register(client: Client, name: str) -> Script:
    source = files("swarm_app.store").joinpath("lua", f"{name}.lua").read_text("utf-8")
    script: Script = client.register_script(source)
    return script
