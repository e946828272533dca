"""PowerPoint: a deck as slides whose charts are PowerPoint's own and can be edited there."""

from dashboard.exports.pptx.deck import pptx_bytes

__all__ = ["pptx_bytes"]
