"""Help in the reader's language: what a verb is for, examples first, then what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from sim.base.language import LANGUAGES, say

WIDEST = 100


class PlainOption(click.Option):
    """An option whose help holds what stands in the language files and nothing else."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        return {}


class PlainHelp(click.Command):
    """A command whose help stands in the language files, under ``cli.verbs.<name>``."""

    def __init__(self, name: str, *, language: str, **settings: Any) -> None:
        self.language = language
        context = {"help_option_names": ["-h", "--help"], "max_content_width": WIDEST}
        super().__init__(name, context_settings=context, **settings)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.options.help", self.language)
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        said = f"cli.verbs.{self.name}"
        formatter.write_text(say(f"{said}.long", self.language))
        with formatter.section(say("cli.help.examples", self.language)):
            for line in say(f"{said}.examples", self.language).strip().splitlines():
                formatter.write(f"  {line}\n")
        formatter.write_paragraph()
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.help.usage", self.language) + " ")
        self.format_options(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("cli.help.options", self.language)):
            formatter.write_dl(list(self._rows(ctx)))
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def _rows(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """What each argument and option is for."""
        for param in self.get_params(ctx):
            if isinstance(param, click.Argument):
                yield param.make_metavar(ctx), say(f"cli.arguments.{param.name}", self.language)
            elif (row := param.get_help_record(ctx)) is not None:
                yield row

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = [say("cli.help.of_options", self.language)]
        pieces += [piece for one in self.get_params(ctx) for piece in one.get_usage_pieces(ctx)]
        return [*pieces, say("cli.help.of_verb", self.language)] if isinstance(self, click.Group) else pieces


def verb(name: str, language: str, call: Callable[..., int | None], params: Iterable[click.Parameter]) -> PlainHelp:
    """A verb with its options, and those that every verb has."""
    return PlainHelp(name, language=language, callback=call, params=[*params, language_option(language)])


def language_option(language: str) -> click.Option:
    """``--lang``, on every verb; it was obeyed before anything else was read."""
    return PlainOption(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=say("cli.options.lang", language)
    )
