"""工作要点: the plan's clauses with their tasks and targets."""

from dashboard.cards.plan.headline import plan_headline

__all__ = ["plan_headline"]
