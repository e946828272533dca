"""What is said about a violation: what is wrong, what to write instead, in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import msgspec

from dashboard.contract.descriptor import Field, Resource, Rule, Words
from dashboard.contract.problem import Problem

_TYPES = {
    "integer": Words(
        "整数，不带单位和千位分隔符", "a whole number without unit or thousands separator"
    ),
    "number": Words("数字，不带单位和千位分隔符", "a number without unit or thousands separator"),
    "date": Words("日期，如 2024-09-01", "a date such as 2024-09-01"),
    "year": Words("四位年份，如 2024", "a year of four digits such as 2024"),
    "yearmonth": Words("年月，如 2024-09", "a month such as 2024-09"),
}


class Wording(msgspec.Struct, frozen=True):
    """What is wrong with a value, as a sentence without its place, and what should stand there."""

    wrong: Words
    expected: Words = Words()


def problem_at(
    resource: Resource,
    wording: Wording,
    *,
    kind: str,
    row: int,
    column: str | None = None,
    value: str | None = None,
    other_row: int | None = None,
    target: str | None = None,
) -> Problem:
    """Return the problem of one row, its place and its wording made into one message."""
    place_zh = f"{resource.file_name} 第 {row} 行" + (f"「{column}」" if column else "")
    place_en = f"{resource.file_name} row {row}" + (f", {column}" if column else "")
    return Problem(
        file=resource.file_name,
        kind=kind,
        row=row,
        column=column,
        value=value,
        message_zh=f"{place_zh}：{wording.wrong.zh}",
        message_en=f"{place_en}: {wording.wrong.en}",
        wrong_zh=wording.wrong.zh,
        wrong_en=wording.wrong.en,
        expected_zh=wording.expected.zh,
        expected_en=wording.expected.en,
        other_row=other_row,
        target=target,
    )


def unusable_contract(resource: Resource, reason: str) -> Problem:
    """Return a rule that the contract states in a form that cannot be run."""
    return Problem(
        file=resource.file_name,
        kind="contract",
        message_zh=f"{resource.file_name}：datapackage.yaml 中的规则无法执行（{reason}）。",
        message_en=f"{resource.file_name}: a rule in datapackage.yaml does not run ({reason}).",
        wrong_zh=f"datapackage.yaml 中的规则无法执行（{reason}）。",
        wrong_en=f"a rule in datapackage.yaml does not run ({reason}).",
    )


def rule_wording(rule: Rule) -> Wording:
    """Take the rule's own words for what is wrong and what is expected."""
    words = Words(rule.message_zh, rule.message_en)
    return Wording(words, words)


def duplicate_wording(value: str, first: Words) -> Wording:
    """`first` says where the same key stands already: “第 2 行”, “row 2”."""
    return Wording(
        Words(
            f"“{value}”与{_set_off(first.zh)}重复。请删除其中一行，或改正这些字段。",
            f"“{value}” repeats {first.en}. Delete one of them or correct these fields.",
        ),
        Words("不与其他行重复", "unlike any other row"),
    )


def orphan_wording(value: str, target: str, near: str | None = None) -> Wording:
    """`target` is the file in which the value is looked for, `near` the nearest that it has."""
    hint = _is_it(near)
    return Wording(
        Words(
            f"“{value}”不在{target}中。{hint.zh}请改正，或在{target}中补上。",
            f"“{value}” is not in {target}. {hint.en}Correct it or add it there.",
        ),
        Words(f"{target}中已有的值", f"a value that {target} has"),
    )


def stranger_wording(value: str, source: Words, near: str | None) -> Wording:
    """`source` is where the values are kept that the field may have, `near` the nearest of them."""
    hint = _is_it(near)
    return Wording(
        Words(
            f"“{value}”不在{source.zh}中。{hint.zh}请改正。",
            f"“{value}” is not in {source.en}. {hint.en}Correct it.",
        ),
        Words(f"{source.zh}中已有的值", f"a value that {source.en} has"),
    )


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Return the value that was probably meant; None where nothing is near."""
    return next(iter(difflib.get_close_matches(value, known, n=1, cutoff=0.4)), None)


def _is_it(near: str | None) -> Words:
    return Words() if near is None else Words(f"是不是“{near}”？", f"Is it “{near}”? ")


def field_wording(field: Field, kind: str, value: str) -> Wording:
    """Return what breaks a constraint of a field, by the check's kind."""
    expected = field_expectations(field).get(kind, Words())
    if kind == "required":
        return Wording(Words("不能为空。请填写。", "must not be empty. Fill it in."), expected)
    if kind == "enum" or (kind == "type" and field.type == "boolean"):
        near = nearest(value, _choices(field))
        hint = _is_it(near)
        return Wording(
            Words(
                f"“{value}”不在允许的值中。{hint.zh}可填：{expected.zh}。",
                f"“{value}” is not an allowed value. {hint.en}Allowed: {expected.en}.",
            ),
            Words(near, near) if near else expected,
        )
    if kind == "type":
        wrong = Words(
            f"“{value}”的写法不对。请填写{expected.zh}。",
            f"“{value}” cannot be read. Write {expected.en}.",
        )
    elif kind == "length":
        wrong = Words(
            f"“{value}”的长度不对。应为{_set_off(expected.zh)}。",
            f"“{value}” has the wrong length. Write {expected.en}.",
        )
    elif kind == "bounds":
        wrong = Words(
            f"“{value}”超出范围。应{expected.zh}，请核对。",
            f"“{value}” is out of range. It must be {expected.en}; check it.",
        )
    else:
        wrong = Words(
            f"“{value}”的格式不对。应为{_set_off(expected.zh)}，请核对。",
            f"“{value}” has the wrong form. Write {expected.en}; check it.",
        )
    return Wording(wrong, expected)


def field_expectations(field: Field) -> dict[str, Words]:
    """Return what a field must hold, by the kind of check that asks for it.

    Only what it is asked for.
    """
    found: dict[str, Words] = {}
    if field.type == "boolean" or field.enum:
        choices = _choices(field)
        kind = "enum" if field.enum else "type"
        found[kind] = Words("、".join(choices), ", ".join(choices))
    elif field.type in _TYPES:
        found["type"] = _TYPES[field.type]
    found["required"] = Words("必填", "a value")
    if field.min_length is not None or field.max_length is not None:
        span = _span(field.min_length, field.max_length)
        found["length"] = Words(f"{span} 个字符", f"{span} characters")
    if field.minimum is not None or field.maximum is not None:
        found["bounds"] = _range(field)
    if field.pattern is not None:
        plain = f"符合 {field.pattern}", f"text that matches {field.pattern}"
        found["pattern"] = field.pattern_words or Words(*plain)
    return found


def _choices(field: Field) -> list[str]:
    if field.enum:
        return [str(choice) for choice in field.enum]
    return [*field.true_values, *field.false_values]


def _set_off(text: str) -> str:
    """Chinese typesetting sets figures and Latin letters off by a space."""
    return f" {text}" if text[:1].isascii() else text


def _span(least: int | None, most: int | None) -> str:
    if least == most or most is None:
        return f"{least}" if most is not None else f"≥ {least}"
    return f"{least}–{most}" if least is not None else f"≤ {most}"


def _range(field: Field) -> Words:
    if field.minimum is None:
        return Words(f"不大于 {field.maximum}", f"at most {field.maximum}")
    if field.maximum is None:
        return Words(f"不小于 {field.minimum}", f"at least {field.minimum}")
    return Words(
        f"在 {field.minimum} 与 {field.maximum} 之间",
        f"between {field.minimum} and {field.maximum}",
    )
