"""The lottery of inspectors (检查人员抽取): positions, holdings, lottery."""
