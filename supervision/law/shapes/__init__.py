"""Shapes of rules (规则取值的写法): what may stand at each key of each rule, in one place a rule."""
