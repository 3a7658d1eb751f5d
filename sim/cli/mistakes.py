"""What is wrong with a command line, in the reader's language."""

from __future__ import annotations

import click

from sim.base.language import say


class Mistake(click.UsageError):
    """A mistake that hemvist finds itself: a key of ``cli.mistakes`` and its values."""

    def __init__(self, key: str, ctx: click.Context | None = None, /, **values: object) -> None:
        super().__init__(key, ctx)
        self.key, self.values = key, values


def explained(fault: click.UsageError, language: str) -> str:
    """What was written, what would have been right, and where to read more."""
    lines = [say("cli.mistakes.wrong", language, fault=_said(fault, language))]
    if fault.ctx is not None:
        lines.append(say("cli.mistakes.see_help", language, command=fault.ctx.command_path))
    return "\n".join(lines)


def _said(fault: click.UsageError, language: str) -> str:
    if isinstance(fault, Mistake):
        return say(f"cli.mistakes.{fault.key}", language, **fault.values)
    if isinstance(fault, click.NoSuchOption):
        meant = (fault.possibilities or [""])[0]
        key = "no_option_suggest" if meant else "no_option"
        return say(f"cli.mistakes.{key}", language, found=fault.option_name, meant=meant)
    if isinstance(fault, click.MissingParameter) and fault.param is not None:
        return say("cli.mistakes.missing", language, what=_name(fault.param))
    if isinstance(fault, click.BadParameter) and fault.param is not None:
        return _bad_value(fault, fault.param, language)
    if isinstance(fault, click.BadOptionUsage):
        return say("cli.mistakes.option_use", language, found=fault.option_name)
    extra = fault.message.partition("(")[2].rpartition(")")[0]  # click: Got unexpected extra argument (this)
    return say("cli.mistakes.too_much", language, found=extra or fault.message)


def _bad_value(fault: click.BadParameter, param: click.Parameter, language: str) -> str:
    kind = param.type
    if isinstance(kind, click.Choice):
        return say("cli.mistakes.not_a_choice", language, what=_name(param), known=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange | click.FloatRange):
        key = "not_whole" if isinstance(kind, click.IntRange) else "not_a_number"
        shape = "from" if kind.max is None else "above" if kind.min_open else "between"
        bounds = say(f"cli.mistakes.{shape}", language, low=kind.min, high=kind.max)
        return say(f"cli.mistakes.{key}", language, what=_name(param), bounds=bounds)
    return fault.message


def _name(param: click.Parameter) -> str:
    return param.make_metavar(click.Context(click.Command(""))) if isinstance(param, click.Argument) else param.opts[-1]
