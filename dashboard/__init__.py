"""The Shaoxing education dashboard: from the bureau's exports to findings, charts and reports."""
