"""The draw (抽取): draw protocol 1, to the byte."""
