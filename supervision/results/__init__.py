"""Results (检查结果): outcomes in, deadlines, follow-up."""
