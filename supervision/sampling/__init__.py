"""The draw (抽取): draw protocol 2, to the byte."""
