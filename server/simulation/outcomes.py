"""How visits end: with one of the outcomes of the hall file (4.1.2.1)."""

from __future__ import annotations

from random import Random

from server.domain.plan import HallPlan
from server.simulation.demand import CONSULT, DELIVERY

ASKED, COLLECTED = "咨询", "领证"
USUAL = {"受理": 0.86, "一次性告知": 0.10, "不予受理": 0.03, "转办": 0.01}


class Outcomes:
    """Draws outcomes; `asking_elsewhere` is the share of enquiries among the visits to ordinary queues."""

    def __init__(self, plan: HallPlan, asking_elsewhere: float) -> None:
        self._plan = plan
        self._asking_elsewhere = asking_elsewhere

    def draw(self, queue: str, dice: Random) -> str:
        """How a visit to `queue` ends, in a word that the hall file knows."""
        known = self._plan.desk.outcomes
        wanted = self._draw_usual(self._plan.queue_by_prefix[queue].type, dice)
        return wanted if wanted in known else known[0]

    def _draw_usual(self, kind: str, dice: Random) -> str:
        if kind == DELIVERY:
            return COLLECTED
        if kind == CONSULT or dice.random() < self._asking_elsewhere:
            return ASKED
        return dice.choices(list(USUAL), list(USUAL.values()))[0]
