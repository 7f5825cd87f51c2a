"""The desk (工作台): the month in a browser, on the same functions and the same store as the command line."""
