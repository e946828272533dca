"""The indicator reference, docs/indicators.md, written from the catalogue in both languages.

`python -m dashboard reference > docs/indicators.md` renews it; a test fails while it differs. Its
words are those of the methods page.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.catalogue import Catalogue, Indicator, Threshold
from dashboard.indicators import definitions
from dashboard.indicators.definitions import Explanation
from dashboard.words.language import CHINESE, ENGLISH, language

_INTRODUCTION = """\
# Indicators · 口径

Written by `python -m dashboard reference` from `queries/indicators/*.yml` and
`dashboard/indicators/definitions.py`: change those, not this.
"""

_CHINESE = language(CHINESE)
_ENGLISH = language(ENGLISH)


def reference_markdown(catalogue: Catalogue) -> str:
    """All definitions as one Markdown document that ends with a line break."""
    blocks = [_INTRODUCTION, *_general(catalogue), "## Contents\n", _contents(catalogue)]
    for subject in catalogue.subjects:
        blocks.append(f"## {_title(subject)}\n")
        thresholds = [t for t in catalogue.thresholds.values() if t.subject == subject]
        if thresholds:
            blocks.append(_threshold_table(thresholds))
        blocks += [_indicator_section(indicator) for indicator in catalogue.by_subject(subject)]
    shared = [t for t in catalogue.thresholds.values() if t.subject not in catalogue.subjects]
    if shared:
        blocks += ["## Thresholds of all subjects\n", _threshold_table(shared)]
    return "\n".join(blocks)


def _general(catalogue: Catalogue) -> list[str]:
    """Return the rules that hold for every indicator."""
    sections = {
        "Values · 数值": [definitions.value_rules(one) for one in (_CHINESE, _ENGLISH)],
        "Expected by now · 序时应达": [definitions.pace_rules(one) for one in (_CHINESE, _ENGLISH)],
        "Status · 状态": [definitions.status_rules(one, catalogue) for one in (_CHINESE, _ENGLISH)],
        "Missing values · 缺失": [
            definitions.symbol_rules(one, catalogue) for one in (_CHINESE, _ENGLISH)
        ],
        "Certainty · 确定性": [definitions.certainty_rules(one) for one in (_CHINESE, _ENGLISH)],
    }
    return [f"## {title}\n\n{_rule_table(*rules)}" for title, rules in sections.items()]


def _contents(catalogue: Catalogue) -> str:
    rows = [
        (
            _title(subject),
            ", ".join(f"`{indicator.indicator_id}`" for indicator in catalogue.by_subject(subject)),
        )
        for subject in catalogue.subjects
    ]
    total = len(catalogue.indicators)
    return f"{total} indicators in {len(rows)} subjects:\n\n" + _table(
        ("subject", "indicators"), rows
    )


def _indicator_section(indicator: Indicator) -> str:
    heading = f"### {indicator.name_zh} · {indicator.name_en}\n"
    scope = {"county": "for every county", "city": "for the city only"}[indicator.scope]
    exports = ", ".join(f"`{source}`" for source in indicator.sources)
    facts = (
        f"`{indicator.indicator_id}` ({indicator.short_zh} · {indicator.short_en}), on the page "
        f"`{indicator.page}`, {scope}; office `{indicator.office}`; from {exports}.\n"
    )
    rules = [definitions.indicator_rules(one, indicator) for one in (_CHINESE, _ENGLISH)]
    return "\n".join((heading, facts, _rule_table(*rules)))


def _rule_table(chinese: list[Explanation], english: list[Explanation]) -> str:
    rows = [
        (f"{zh.term} · {en.term}" if zh.term != en.term else zh.term, zh.text, en.text)
        for zh, en in zip(chinese, english, strict=True)
    ]
    return _table(("", "中文", "English"), rows)


def _threshold_table(thresholds: Iterable[Threshold]) -> str:
    return _table(
        ("threshold", "value", "说明", "note"),
        [
            (f"`{threshold.name}`", f"{threshold.value:g}", threshold.note_zh, threshold.note_en)
            for threshold in thresholds
        ],
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _title(subject: str) -> str:
    return subject.replace("_", " ").capitalize()
