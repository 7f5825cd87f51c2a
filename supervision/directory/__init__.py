"""Registers (一单两库): read and check what a city keeps in workbooks and CSV files."""
