"""The command line: ``education-dashboard <command>``, or ``python -m dashboard <command>``.

Commands read the same functions as the pages, so that a number can be checked by a second road.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pandas as pd

from dashboard import __version__, settings
from dashboard.archive import configured_archive
from dashboard.catalogue import load_catalogue
from dashboard.city import CityError, city
from dashboard.commands import deliveries, versions
from dashboard.contract import Problem
from dashboard.data import Database, UnusableData
from dashboard.data.live import open_shown
from dashboard.files import write_whole
from dashboard.indicators import VALUE_COLUMNS, county_ids, months, values
from dashboard.indicators.reference import reference_markdown
from dashboard.meeting.decks import AgendaError, agendas, deck_of
from dashboard.words.language import CHINESE, LANGUAGES, language

CONSOLE_SCRIPT = "education-dashboard"
DEFAULT_SEED = 2024
DEFAULT_PORT = 8501


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 unusable files, 2 a wrong argument."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads has read enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except UnusableData as error:
        _say(error.problems)
        return 1
    except (AgendaError, CityError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_program(), description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    serve = commands.add_parser("serve", help="serve the dashboard")
    serve.add_argument("--port", type=_positive, default=DEFAULT_PORT)
    serve.add_argument(
        "options", nargs="*", metavar="-- OPTION", help="options of Streamlit, after --"
    )
    serve.set_defaults(run=_serve)

    sample = commands.add_parser("sample", help="write the synthetic exports")
    sample.add_argument("--seed", type=int, default=DEFAULT_SEED, help="seed of the random numbers")
    sample.add_argument("--scale", type=_positive, default=1, help="times as many schools")
    sample.add_argument(
        "--until", type=_month, metavar="YYYY-MM", help="its last month, unless the calibrated one"
    )
    sample.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    sample.set_defaults(run=_write_sample)

    table = commands.add_parser("values", help="print where every indicator stands")
    table.add_argument("--as-of", required=True, type=_month, metavar="YYYY-MM", help="month")
    table.add_argument(
        "--county", action="append", default=[], metavar="CODE", help="only this county (repeat)"
    )
    table.add_argument(
        "--indicator", action="append", metavar="ID", help="only this indicator (repeat)"
    )
    table.add_argument("--format", choices=("csv", "json", "table"), default="table")
    table.set_defaults(run=_print_values)

    export = commands.add_parser("export", help="write an agenda's slides, brief or workbook")
    export.add_argument("format", choices=("pptx", "docx", "xlsx"))
    export.add_argument("--agenda", required=True, help="a file's name in data/agendas/")
    export.add_argument("--as-of", required=True, type=_month, metavar="YYYY-MM", help="month")
    export.add_argument(
        "--county", action="append", default=[], metavar="CODE", help="only this county (repeat)"
    )
    export.add_argument("--lang", choices=LANGUAGES, default=CHINESE)
    export.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=_export)

    reference = commands.add_parser("reference", help="print the indicator reference (Markdown)")
    reference.set_defaults(run=_print_reference)
    deliveries.add_commands(commands)
    versions.add_commands(commands)
    return parser


def _program() -> str:
    """Return the command as it was typed: the console script, or the module."""
    is_script = Path(sys.argv[0]).stem == CONSOLE_SCRIPT
    return CONSOLE_SCRIPT if is_script else "python -m dashboard"


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2024-09")
    return text


def _serve(options: argparse.Namespace) -> int:
    city()  # a server that cannot say whose it is does not start
    from dashboard.ui.server import serve  # Streamlit takes a second that no other command needs

    serve(options.port, options.options)
    return 0


def _write_sample(options: argparse.Namespace) -> int:
    if not (settings.ROOT / "tools" / "sample").is_dir():
        print("sample needs a checkout: the package is without the generator", file=sys.stderr)
        return 2
    sys.path.insert(0, str(settings.ROOT))  # the console script runs in any folder
    from tools.sample import LAST_MONTH, write_sample

    until = options.until or LAST_MONTH
    try:
        write_sample(options.out, seed=options.seed, scale=options.scale, until=until)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(options.out)
    return 0


def _print_values(options: argparse.Namespace) -> int:
    database = _open()
    refusal = _refusal(database, options)
    if refusal:
        print(refusal, file=sys.stderr)
        return 2
    frame = values(database, options.as_of, options.county, options.indicator)[VALUE_COLUMNS]
    if options.format != "json":  # a cell holds no list
        frame["missing_periods"] = frame["missing_periods"].str.join(" ")
    if options.format == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif options.format == "json":
        records = frame.astype(object).where(frame.notna(), None).to_dict("records")
        print(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        with pd.option_context("display.max_rows", None, "display.width", None):
            print(frame.to_string(index=False, na_rep="-"))
    return 0


def _export(options: argparse.Namespace) -> int:
    # python-pptx and python-docx take half a second that no other command needs
    from dashboard.meeting.handout import Format, handout_bytes

    found = agendas(settings.AGENDAS_DIR)
    if options.agenda not in found:
        print(f"no agenda {options.agenda}: choose among {', '.join(found)}", file=sys.stderr)
        return 2
    agenda = found[options.agenda]
    if agenda.needs_county and len(options.county) != 1:
        print(
            f"the agenda {options.agenda} is about one county: name it with --county",
            file=sys.stderr,
        )
        return 2
    database = _open()
    refusal = _refusal(database, options)
    if refusal:
        print(refusal, file=sys.stderr)
        return 2
    words = language(options.lang)
    counties = database.run_query("values/counties")
    names = dict(
        zip(counties["county_id"], counties[words.pick("name_zh", "name_en")], strict=True)
    )
    deck = deck_of(agenda, words, names, options.county)
    content = handout_bytes(
        Format(options.format), database, deck, options.as_of, words, progress=_say_progress
    )
    try:
        write_whole(options.out, content)
    except OSError as error:
        print(f"cannot write {options.out}: {error.strerror}", file=sys.stderr)
        return 2
    print(options.out)
    return 0


def _say_progress(done: int, of: int) -> None:
    """Rewrite one line on a terminal; a scheduler's log is spared."""
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="\r" if done < of - 1 else "\n", file=sys.stderr, flush=True)


def _refusal(database: Database, options: argparse.Namespace) -> str | None:
    """Say which argument names something that the data do not have."""
    known_months = months(database)
    if options.as_of not in known_months:
        span = f"{known_months[0]} to {known_months[-1]}" if known_months else "no month"
        return f"no data as of {options.as_of}: the data have {span}"
    for county in options.county:
        if county not in county_ids(database):
            return f"no county {county}: choose among {', '.join(county_ids(database))}"
    for indicator_id in getattr(options, "indicator", None) or ():
        if indicator_id not in database.catalogue.indicators:
            return f"no indicator {indicator_id}: see docs/indicators.md"
    return None


def _print_reference(options: argparse.Namespace) -> int:
    print(reference_markdown(load_catalogue(settings.QUERIES_DIR / "indicators")), end="")
    return 0


def _open() -> Database:
    """Return what the pages show, with a word about what is wrong with the archive."""
    database, troubles = open_shown(configured_archive())
    _say(troubles)
    return database


def _say(found: Iterable[Problem]) -> None:
    for problem in found:
        print(f"{problem.message_zh}\n    {problem.message_en}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
