"""One file a register (每个登记表一个文件); the folder is the list of kinds."""
