"""Hand-over to national systems (向国家平台移交): formats as data, one validator, what goes out as new or changed."""
