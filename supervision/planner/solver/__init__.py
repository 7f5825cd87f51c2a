"""Solver (日程求解): duties held, units complete, doors, team-days, even load, in this order."""
