"""The command ``tearsheet``: its global options, its verbs, and how it ends.

A verb is a module in ``archive.verbs`` or ``crawler.verbs`` that defines ``command``; nobody registers it.
Its docstring's first line is its line in ``tearsheet --help``, which therefore loads no verb and stays fast.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import importlib
import importlib.util
import os
import pkgutil
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.console import QUIET, VERBOSE, Console
from archive.exit_codes import ExitCode, code_for
from archive.folder import DEFAULT, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

VERB_PACKAGES = ("archive.verbs", "crawler.verbs")


class VerbGroup(click.Group):
    """Finds the verbs by their modules, and loads only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Return the names of all verbs in alphabetical order."""
        return sorted(find_verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the verb *cmd_name*, or None when there is none; it takes the global options too."""
        module = find_verbs().get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        own = {name for option in command.params for name in option.opts}
        command.params += [option for option in _global_options() if not own & set(option.opts)]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return name, verb and its arguments; an unknown verb is an error that names the nearest."""
        if args[0] not in find_verbs() and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], find_verbs(), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else " See tearsheet --help."
            ctx.fail(f"There is no verb {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs with the first line of each module."""
        rows = [(name, summary(find_verbs()[name])) for name in self.list_commands(ctx)]
        with formatter.section("Verbs"):
            formatter.write_dl(rows or [("(none)", "the installation is not complete")])


@cache
def find_verbs() -> dict[str, str]:
    """Return each verb's name and the module that defines it. Raises *ImportError* when two claim a name."""
    found: dict[str, str] = {}
    for package in VERB_PACKAGES:
        for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
            module = f"{package}.{info.name}"
            name = info.name.replace("_", "-")
            if not _defines_command(module):
                continue
            if name in found:
                raise ImportError(f"the verb {name!r} is defined by both {found[name]} and {module}")
            found[name] = module
    return found


def summary(module: str) -> str:
    """Return the first line of *module*'s docstring, without loading it."""
    return (ast.get_docstring(_parsed(module)) or "").partition("\n")[0].removesuffix(".")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``tearsheet`` with *arguments* (the process's own by default) and return its exit code.

    Errors that a user can mend are one line on standard error; a bug keeps its traceback.
    """
    try:
        result = tearsheet.main(args=arguments, prog_name="tearsheet", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return ExitCode.USAGE
    except click.ClickException as error:
        return _end(error.format_message(), ExitCode.FAILED)
    except BrokenPipeError:
        return _reader_went_away()
    except (click.Abort, KeyboardInterrupt):
        return _end("interrupted", ExitCode.STOPPED)
    except Exception as error:  # noqa: BLE001  (the edge of the program)
        code = code_for(error)
        if code is ExitCode.BUG:
            traceback.print_exc()
            return _end("this is a fault in Tearsheet, please report it", code)
        return _end(_in_words(error), code)
    return result if isinstance(result, int) else ExitCode.OK


def _set_archive(ctx: click.Context, _option: click.Parameter, value: Path | None) -> None:
    console = ctx.ensure_object(Console)
    if value is not None:
        console.archive = value


def _set_json(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001  (click's)
    console = ctx.ensure_object(Console)
    console.as_json |= value


def _set_verbosity(ctx: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    console = ctx.ensure_object(Console)
    if value:
        console.verbosity = VERBOSE if option.name == "verbose" else QUIET


def _show_version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value and not ctx.resilient_parsing:
        click.echo(f"tearsheet {version()}")
        ctx.exit()


def version() -> str:
    """Return Tearsheet's version, e.g. ``0.1.0``."""
    from importlib import metadata  # noqa: PLC0415  (slow to load, seldom needed)

    return metadata.version("tearsheet")


def _global_options() -> list[click.Option]:
    def flag(*names: str, callback: Any, words: str) -> click.Option:
        return click.Option(names, is_flag=True, expose_value=False, callback=callback, help=words)

    return [
        click.Option(
            ["--archive"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            expose_value=False,
            callback=_set_archive,
            help=f"The archive's folder. Default: {VARIABLE}, else ./{DEFAULT}.",
        ),
        flag("--json", callback=_set_json, words="Write JSON, one value per line, for machines."),
        flag("--verbose", "-v", callback=_set_verbosity, words="Say more on standard error."),
        flag("--quiet", "-q", callback=_set_verbosity, words="Say nothing but errors."),
    ]


def _tearsheet() -> None:
    """Crawl news sites into WARC files, read the articles and their credits, search and replay them.

    The options below may also stand behind the verb. Each verb explains itself: tearsheet VERB --help.
    """


tearsheet = VerbGroup(
    name="tearsheet",
    callback=_tearsheet,
    help=_tearsheet.__doc__,
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=True,
    params=[
        *_global_options(),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="Show the version and end.",
        ),
    ],
)


@cache
def _parsed(module: str) -> ast.Module:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return ast.parse(Path(spec.origin).read_bytes())


def _defines_command(module: str) -> bool:
    for statement in _parsed(module).body:
        match statement:
            case ast.FunctionDef(name="command") | ast.AnnAssign(target=ast.Name(id="command")):
                return True
            case ast.Assign(targets=[ast.Name(id="command")]):
                return True
    return False


def _end(message: str, code: ExitCode) -> int:
    click.echo(f"tearsheet: {message}", err=True)
    return code


def _in_words(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _reader_went_away() -> int:
    # ``tearsheet search … | head`` has what it wanted. What is still buffered must not fail at exit.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())
