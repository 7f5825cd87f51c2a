"""Beyond one machine (单机之外): scores, frames and draws on partitions by unit id, by one machine's functions.

A partition is looked at by itself; what depends on all – counts, roots, the order of the draw – is merged exactly, so
that number and size of the partitions, machines and broken-off work change no byte.
"""
