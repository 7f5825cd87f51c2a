"""Demand (检查需求): drawn units become duties, and duties the fewest doors."""
