"""A thousand numbers of the KEMAR set as netCDF4 reads them: `python kemar.py FILE.sofa`."""

import json
import sys

import netCDF4
import numpy as np

with netCDF4.Dataset(sys.argv[1]) as file:
    responses = np.asarray(file["Data.IR"][:], dtype=float)
    positions = np.asarray(file["SourcePosition"][:], dtype=float)
random = np.random.default_rng(9)
places = [[int(random.integers(size)) for size in responses.shape] for _ in range(1000)]
kemar = {
    "samples": [[*place, responses[tuple(place)]] for place in places],
    "square_sums": (responses**2).sum(axis=(0, 2)).tolist(),
    "positions": [[row, *positions[row].tolist()] for row in range(0, len(positions), 7)],
}
with open("kemar.json", "w") as file:
    json.dump(kemar, file)
    file.write("\n")
