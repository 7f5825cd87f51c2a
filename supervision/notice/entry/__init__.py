"""Entry codes (入企码): what a visit's paper says of itself, signed, so that a phone can check it at the door."""
