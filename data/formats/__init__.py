"""Formats of national systems (国家平台的数据格式): columns, lengths and codes of the files that are handed over."""
