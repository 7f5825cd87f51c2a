"""Nouns that stages share (共用名词): small frozen values, never one object per enterprise."""
