"""The group that every command hangs on: help in sections, and errors as one line with the right status."""

import errno
import traceback
from enum import StrEnum
from typing import Any

import typer
from typer.core import TyperGroup

from swarm_app.cli import output
from swarm_app.errors import SwarmError

INTERRUPTED = 130

_SEE = "run again with --debug to see where."


class Section(StrEnum):
    """The headings that commands are listed under, in order."""

    RESEARCH = "Research"
    MEMORY = "Memory"
    RUNS = "Runs"
    STACK = "The local stack"
    CHOICES = "What can be chosen"
    FIGURES = "Figures"


class Door(TyperGroup):
    """The root group. Nobody sees a traceback who has not asked for one with ``--debug``."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands, section by section."""
        column = max(map(len, self.commands))
        for section in Section:
            with formatter.section(section.value):
                rows = [
                    (name, command.get_short_help_str(formatter.width - 6 - column))
                    for name, command in self.commands.items()
                    if getattr(command, "rich_help_panel", None) == section
                ]
                formatter.write_dl([(name.ljust(column), words) for name, words in rows])

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for; turns what it raises into a message and an exit status."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except SwarmError as error:
            self._tell(ctx, str(error))
            raise typer.Exit(error.exit_status) from None
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except Exception as error:
            self._tell(ctx, _unexpected(error))
            raise typer.Exit(1) from None

    def _tell(self, ctx: Any, message: str) -> None:
        if ctx.obj:
            traceback.print_exc()
        output.say(f"swarm: {message}")


def _unexpected(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
        return str(output.unwritable(error))  # help, which others write than we
    said = str(error).strip().partition("\n")[0]
    what = f"unexpected {type(error).__name__}"
    return f"{what}: {said}; {_SEE}" if said else f"{what}; {_SEE}"
