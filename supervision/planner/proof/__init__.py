"""Proof (日程证明): bounds on any calendar, as integer prices that a checker can recompute."""
