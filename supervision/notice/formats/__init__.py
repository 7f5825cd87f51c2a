"""Papers and workbooks (文书与工作簿): one file a format, each with `NAME` and `write(content) -> bytes`."""
