"""抽取规程第 2 版的第二个读者 (second reader of draw protocol 2), written from the protocol's text alone.

Shares nothing with the programs that draw, publish and verify a round. Standard library only; slow and plain on
purpose. Numbers in brackets are sections of the protocol. For use: `comparison.compare`.
"""
