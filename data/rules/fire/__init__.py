"""Limits of items of fire and rescue (消防救援)."""
