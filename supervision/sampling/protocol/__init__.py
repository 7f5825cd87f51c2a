"""The draw protocol (抽取规程): commitments, sources, seeds, files, and the verifier that runs alone."""
