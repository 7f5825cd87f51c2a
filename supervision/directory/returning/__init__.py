"""What goes back to the office (模板与退回): blank workbooks and rejected rows."""
