"""Draw protocol 2 (抽取规程)."""
