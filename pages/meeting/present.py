"""A presentation, full-screen: one slide at a time, moved by keys, on frozen numbers."""

from dashboard.ui import Stage

stage = Stage()
stage.slides()
stage.notes()
stage.keys()
