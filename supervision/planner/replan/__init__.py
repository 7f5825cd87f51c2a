"""Change after the draw (日程变更): substitutes first, then the fewest visits move, with a proof."""
