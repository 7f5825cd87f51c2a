"""Rules that bind every department (通用规则)."""
