"""Limits of items of market supervision (市场监管)."""
