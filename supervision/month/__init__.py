"""The month (一个月): the straight line from the registers to the public page, one file a step.

The only stage that knows the order. Every step can be repeated without harm; a killed step leaves the last
finished one.
"""
