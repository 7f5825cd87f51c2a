"""Probabilities and order (概率与排序): Pareto sampling with exact fractions."""
