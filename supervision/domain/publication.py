"""Publication of results (结果公示): in which states a result that is due or public may be."""

from __future__ import annotations

CLOCK = ("published", "published_late", "pending", "overdue")
"""In time, late, not due yet, overdue (按期公示、逾期公示、未到期、已到期未公示)."""
DECIDED = ("published", "published_late", "overdue")
"""Those that count for the share published in time (计入按期公示率的状态): what is not due yet is left out."""
