"""Limits of items of sports (体育)."""
