"""Checking cells (校验): texts become typed rows, and every faulty cell a reason."""
