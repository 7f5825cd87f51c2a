"""Mappings (来源映射): how the file of another source is read as a register, told by a person and never guessed."""
