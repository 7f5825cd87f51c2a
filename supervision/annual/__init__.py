"""The year (年度): departments' plans become joint tasks in well chosen months."""

__all__: list[str] = []
