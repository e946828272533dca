"""How much the plan of 2024 asks for, from the plan itself."""

from __future__ import annotations

from dashboard import settings
from dashboard.plan import load_plan

_PLAN = load_plan(settings.PLAN_DIR / "2024")
TARGETS, TASKS = len(_PLAN.targets), len(_PLAN.tasks)
