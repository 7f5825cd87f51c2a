"""Working days (工作日历): one file a year, each with its notice."""
