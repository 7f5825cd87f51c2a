"""Law as data (规则与代码表): dated rules, code lists, working days."""
