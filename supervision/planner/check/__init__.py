"""Check (日程复核): calendar and certificate recomputed from the inputs, without a solver."""
