"""双随机、一公开: from the registers to the public page, one module a stage."""

__version__ = "0.1.0"
