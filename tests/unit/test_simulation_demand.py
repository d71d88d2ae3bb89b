from collections import Counter, defaultdict
from dataclasses import replace
from random import Random

import pytest

from server import hall_file
from server.domain.plan import HallPlan
from server.settings import SAMPLE_HALL
from server.simulation.demand import PRIORITY_SHARE, Demand
from server.simulation.durations import mean_service_minutes
from server.simulation.outcomes import Outcomes

DRAWS = 8_000


@pytest.fixture(scope="module")
def sample() -> HallPlan:
    return hall_file.read(SAMPLE_HALL)


def everybody(plan: HallPlan) -> list[int]:
    return [window.number for window in plan.windows]


def of_queues(plan: HallPlan, rate: float) -> dict[str, float]:
    """Visits a day of each queue, as drawn."""
    demand, dice = Demand(plan, rate, everybody(plan)), Random(5)
    drawn = Counter(demand.draw(dice).queue for _ in range(DRAWS))
    return {queue: demand.a_day * count / DRAWS for queue, count in drawn.items()}


def test_a_normal_day_brings_the_tickets_of_the_hall_file(sample: HallPlan) -> None:
    assert Demand(sample, 1, everybody(sample)).a_day == pytest.approx(850)
    assert Demand(sample, 1.5, everybody(sample)).a_day == pytest.approx(850 * 1.5)


def test_on_the_peak_day_the_hot_queue_has_six_times_its_visitors_and_the_others_two_and_a_half(
    sample: HallPlan,
) -> None:
    normal, peak = of_queues(sample, 1), of_queues(sample, 2.5)
    assert peak["L"] / normal["L"] == pytest.approx(6, rel=0.1)
    assert peak["F"] / normal["F"] == pytest.approx(2.5, rel=0.1)
    assert Demand(sample, 2.5, everybody(sample)).a_day > 2100


def test_below_the_peak_day_no_queue_is_hot(sample: HallPlan) -> None:
    normal, busy = of_queues(sample, 1), of_queues(sample, 1.5)
    assert busy["L"] / normal["L"] == pytest.approx(1.5, rel=0.1)


def test_all_windows_would_be_about_equally_busy_on_a_normal_day(sample: HallPlan) -> None:
    demand, dice = Demand(sample, 1, everybody(sample)), Random(5)
    work: defaultdict[str, float] = defaultdict(float)
    for _ in range(DRAWS):
        visit = demand.draw(dice)
        work[visit.queue] += mean_service_minutes(sample, visit.item, visit.queue) * demand.a_day / DRAWS
    alone = {queue: sum(w.primary == (queue,) for w in sample.windows) for queue in work}
    minutes_a_window = [work[queue] / alone[queue] for queue in work]
    assert max(minutes_a_window) < 390, "a window would need more than the day has"
    assert min(minutes_a_window) > 120


def test_a_queue_without_a_staffed_window_is_visited_by_nobody(sample: HallPlan) -> None:
    without_l = [w.number for w in sample.windows if "L" not in w.queues]
    demand, dice = Demand(sample, 2.5, without_l), Random(5)
    queues = {demand.draw(dice).queue for _ in range(2000)}
    assert "L" not in queues
    assert "F" in queues


def test_no_more_than_the_share_of_enquiries_goes_to_the_enquiry_windows(sample: HallPlan) -> None:
    asks_little = replace(sample, load=replace(sample.load, consult_share=0.05))
    assert of_queues(sample, 1)["A"] / 850 > 0.1
    assert of_queues(asks_little, 1)["A"] / 850 == pytest.approx(0.05, abs=0.006)


def test_of_all_visits_as_many_end_as_enquiries_as_the_hall_file_says(sample: HallPlan) -> None:
    demand, dice = Demand(sample, 1, everybody(sample)), Random(5)
    outcomes = Outcomes(sample, demand.asking_elsewhere)
    ends = Counter(outcomes.draw(demand.draw(dice).queue, dice) for _ in range(DRAWS))
    assert ends["咨询"] / DRAWS == pytest.approx(0.45, abs=0.015)
    assert set(ends) <= set(sample.desk.outcomes)


def test_outcomes_are_words_that_the_hall_file_knows(sample: HallPlan) -> None:
    plan = replace(sample, desk=replace(sample.desk, outcomes=("办结", "咨询")))
    dice = Random(5)
    assert {Outcomes(plan, 0.5).draw("B", dice) for _ in range(100)} == {"办结", "咨询"}


def test_items_belong_to_the_queue_and_the_shorter_are_commoner(sample: HallPlan) -> None:
    demand, dice = Demand(sample, 1, everybody(sample)), Random(5)
    visits = [demand.draw(dice) for _ in range(DRAWS)]
    assert all(sample.item_by_code[visit.item].queue == visit.queue for visit in visits if visit.item)
    items = Counter(visit.item for visit in visits)
    assert items["F04"] > items["F01"] > items["F03"]


def test_a_few_visitors_belong_to_a_priority_group_mostly_the_first(sample: HallPlan) -> None:
    demand, dice = Demand(sample, 1, everybody(sample)), Random(5)
    groups = Counter(demand.draw(dice).priority_group for _ in range(DRAWS))
    assert 1 - groups[None] / DRAWS == pytest.approx(PRIORITY_SHARE, abs=0.01)
    assert groups.most_common(2)[1][0] == sample.priority.groups[0]
    assert set(groups) - {None} <= set(sample.priority.groups)
