"""The tasks of the month before (上月任务): the month itself can still draw after them."""

from supervision.demo.departments import ITEMS, LIMIT
from supervision.demo.tasks import EARLIER, TASKS


def test_the_year_leaves_room_for_the_month():
    """What is drawn by class in both months has a wide directory, so that its 10 % a year holds over both."""
    limited = {item.item_id for item in ITEMS if item.ratio == LIMIT}
    used = {item: sum(item in task.items for task in TASKS) for item in limited}
    by_class = [item for task in EARLIER if "=" in task.ratio for item in task.items if item in limited]
    assert by_class == ["fire-premises", "market-registration"]
    assert min(used[item] for item in by_class) >= 5 > used["health-place"]
