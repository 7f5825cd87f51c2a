"""Data of the project (规则、日历、字典): law and codes as dated files."""
