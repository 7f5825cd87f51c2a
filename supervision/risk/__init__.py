"""Credit risk (信用风险分类): evidence known on a date becomes a score, a class and three reasons."""
