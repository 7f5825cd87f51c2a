"""Papers (执法文书): what inspectors carry, as Word files by templates that an office may replace, and as PDF."""
