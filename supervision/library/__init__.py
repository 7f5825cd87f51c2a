"""The library (函数库): each stage as one call on tables, for programs that want no store and no command line."""
