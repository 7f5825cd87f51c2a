"""完整的轮次材料 (complete round folders of draw protocol 2): honest ones and tampered ones, small and repeatable.

Everything stands on the second reader; nothing here reads the programs that draw, publish or verify.

A story (scenarios, chains, random_rounds) plays a round step by step in a `Bureau`, which keeps all files in memory;
`bureau.write` puts them below an OUT folder. A story takes `taps`: functions by name through which values pass on their
way (`commitment`, `task:<id>`, `values:reveal`, `calendar`, `log:draw`, `bytes:audit/roster.csv` …); what a tap returns
is hashed, drawn and published from there on. A case (cases) is a story with what must be said of it; `corpus.corpus()`
gives all of them by name. A new case is one line in the `cases()` of the file it belongs to.
"""
