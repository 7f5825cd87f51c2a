"""完整的轮次材料 (complete round folders of draw protocol 2): honest ones and tampered ones, small and repeatable.

Everything stands on the second reader; nothing here reads the programs that draw, publish or verify.
"""
