"""The Shaoxing education dashboard: from the bureau's exports to findings, charts and reports."""

__version__ = "0.2.0"
