"""The command line (命令行): options, one library call, an echo; the only importer of click."""
