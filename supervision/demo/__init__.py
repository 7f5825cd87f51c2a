"""A synthetic city (演示城市): input files for a rehearsal, with Suzhou's districts and nothing real in them."""
