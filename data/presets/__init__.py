"""Law as data (规则): one folder a department, one file a rule."""
