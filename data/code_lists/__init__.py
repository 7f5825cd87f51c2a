"""Codes and their names (字典): Chinese, English and what a code means."""
