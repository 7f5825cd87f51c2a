"""The sampling frame (抽样框): who may be drawn, in which stratum, with which size."""
