"""Limits of items of ecology and environment (生态环境)."""
