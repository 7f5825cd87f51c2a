"""What is published and carried (公示与文书): one content model, many formats."""
