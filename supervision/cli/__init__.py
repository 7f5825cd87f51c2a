"""The command line (命令行): options, one library call, an echo; the only importer of click."""

import os

# One thread for a product of matrices: sums do not depend on the number of cores, and small products, of which the
# exact probabilities take hundreds of thousands, cost a fifth. Set before numpy is first loaded.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
