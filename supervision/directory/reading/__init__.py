"""Reading files (读取文件): workbooks and CSV files become tables of texts."""
