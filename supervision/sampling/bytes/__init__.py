"""What is hashed (规程字节): identifiers, hashes, trees, salts and numbers."""
