"""The forms of papers (文书式样): one file a form; the folder is the list of them."""
