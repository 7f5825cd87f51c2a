"""The public pages (公示网页): static, opened from a file, asking for nothing outside."""
