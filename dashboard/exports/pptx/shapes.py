"""Shapes without the theme's effects."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn


def flatten(shape: Any) -> None:
    """Take a shape's style away, whose shadow readers draw even where the shape asks for none."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
