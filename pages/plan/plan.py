"""工作要点: the plan's clauses as a ledger, or one clause with its words, targets and tasks."""

from dashboard.ui import LedgerPage

page = LedgerPage()
page.headline()
if page.clause is None:
    page.all_clauses()
else:
    page.clause_cards()
