"""How good the KEMAR set is, worked out another way: `python quality.py FILE.sofa`."""

import json
import sys

import netCDF4
import numpy as np
from scipy.spatial import SphericalVoronoi

with netCDF4.Dataset(sys.argv[1]) as file:
    responses = np.asarray(file["Data.IR"][:], dtype=float)
    positions = np.asarray(file["SourcePosition"][:], dtype=float)
    rate = float(file["Data.SamplingRate"][0])
azimuth, elevation = np.radians(positions[:, 0]), np.radians(positions[:, 1])
points = np.stack([np.cos(elevation) * np.cos(azimuth), np.cos(elevation) * np.sin(azimuth),
                   np.sin(elevation)], 1)
areas = SphericalVoronoi(points).calculate_areas()
areas /= areas.sum()

# The diffuse field, by a transform so long that bands are sums of many bins.
length = 1 << 16
spectrum = np.zeros(length // 2 + 1)
for share, pair in zip(areas, responses):
    spectrum += share * (np.abs(np.fft.rfft(pair, length)) ** 2).mean(0)
frequencies = np.fft.rfftfreq(length, 1 / rate)
centres = 200 * 2 ** (np.arange(int(24 * np.log2(80)) + 1) / 24)
band = lambda f: spectrum[(frequencies >= f * 2 ** (-1 / 12)) & (frequencies < f * 2 ** (1 / 12))].mean()
levels = 10 * np.log10([band(f) for f in centres])

# Time differences: the ears below 1.5 kHz, at 16 times the rate.
def itd(pair, fine=16):
    bins = np.fft.rfft(pair, 2048)
    weight = np.clip(2 - 2 * np.fft.rfftfreq(2048, 1 / rate) / 1500, 0, 1)
    cross = np.fft.irfft(bins[1] * np.conj(bins[0]) * weight, 2048 * fine)
    most = int(np.ceil(1.5e-3 * rate)) * fine
    lags = np.arange(-most, most + 1)
    return lags[np.argmax(cross[lags])] / (fine * rate)


rows = list(range(0, len(responses), 23))
energies = 10 * np.log10((responses**2).sum(2))
with open("quality.json", "w") as file:
    json.dump({
        "diffuse_field_deviation_db": float(levels.std()),
        "diffuse_field_db": (levels - levels.mean())[::12].tolist(),
        "rows": rows,
        "itds_s": [itd(responses[row]) for row in rows],
        "ilds_db": [energies[row, 0] - energies[row, 1] for row in rows],
    }, file)
    file.write("\n")
