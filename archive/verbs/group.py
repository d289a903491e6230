"""The command ``tearsheet`` without its ending: global options, and verbs found by their being there.

A verb is a module in one of *VERB_PACKAGES* that defines ``command``; nobody registers it. The first line of
its docstring is its line in ``tearsheet --help``, which therefore loads no verb and stays fast.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import importlib.util
import pkgutil
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from archive.folder import DEFAULT, VARIABLE
from archive.verbs.console import QUIET, VERBOSE, Console

VERB_PACKAGES = ("archive.verbs", "crawler.verbs")
"""Names, not imports: the archive does not depend on the crawler, its verbs work where that is missing."""


class ReaderWentAway(Exception):  # noqa: N818  (says what it is)
    """Who read our output has had enough. Not an OSError, for which click would end the program with 1."""


class VerbGroup(click.Group):
    """Finds the verbs by their modules, and loads only the one that is called."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb. Raises *ReaderWentAway* when the pipe it writes to was closed."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderWentAway from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Return the names of all verbs in alphabetical order."""
        return sorted(find_verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the verb *cmd_name*, or None when there is none; it takes the global options too."""
        module = find_verbs().get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        _finish(command)
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


def _finish(command: click.Command) -> None:
    """Give *command*, and those below it, the global options."""
    # Written as \\b in docstrings, which are raw: what click takes as "do not wrap this paragraph".
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    own = {name for option in command.params for name in option.opts}
    command.params += [option for option in _global_options() if not own & set(option.opts)]
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _finish(below)


@cache
def find_verbs() -> dict[str, str]:
    """Return each verb's name and the module that defines it. Raises *ImportError* when two claim a name."""
    found: dict[str, str] = {}
    for package in filter(importlib.util.find_spec, VERB_PACKAGES):
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
