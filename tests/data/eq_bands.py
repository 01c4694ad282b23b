"""Writes eq_bands.json: random bands and what they do to levels, by scipy 1.x and numpy.

Bells, shelves, band-passes, notches and tilts are evaluated as analogue prototypes (those of the Audio
EQ Cookbook; the tilt is (A s + 1) / (s + A)) at the frequencies that the bilinear transform takes them
from, high- and low-passes as scipy.signal.butter designs them: no code is shared with the tested.
"""
import json

import numpy as np
from scipy import signal

LEVELS_AT = [20, 31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 12500, 16000, 20000]
random = np.random.default_rng(20260101)


def prototype(kind, gain_db, q):
    a = 10 ** (gain_db / 40)
    root = np.sqrt(a) / q
    return {
        "bell": ([1, a / q, 1], [1, 1 / (a * q), 1]),
        "low_shelf": ([a, a * root, a * a], [a, root, 1]),
        "high_shelf": ([a * a, a * root, a], [1, root, a]),
        "bandpass": ([1 / q, 0], [1, 1 / q, 1]),
        "notch": ([1, 0, 1], [1, 1 / q, 1]),
        "tilt": ([a, 1], [1, a]),
    }[kind]


def response(kind, rate, freq, gain, q, slope):
    at = np.array(LEVELS_AT)
    if kind in ("highpass", "lowpass"):
        sections = signal.butter(slope // 6, freq, kind, fs=rate, output="sos")
        return signal.sosfreqz(sections, at, fs=rate)[1]
    warped = np.tan(np.pi * at / rate) / np.tan(np.pi * freq / rate)
    return signal.freqs(*prototype(kind, gain, q), warped)[1]


def random_band(rate):
    kind = str(random.choice(["bell", "low_shelf", "high_shelf", "highpass", "lowpass", "bandpass", "notch", "tilt"]))
    freq = round(float(20 * 10 ** random.uniform(0, np.log10(0.45 * rate / 20))), 2)
    gain, q = round(float(random.uniform(-24, 24)), 2), round(float(10 ** random.uniform(-1, 1)), 3)
    slope = 6 * int(random.integers(1, 9))
    keys = {"freq_hz": freq}
    if kind in ("bell", "low_shelf", "high_shelf", "tilt"):
        keys["gain_db"] = gain
    if kind in ("bell", "low_shelf", "high_shelf", "bandpass", "notch"):
        keys["q"] = q
    if kind in ("highpass", "lowpass"):
        keys["slope_db_oct"] = slope
    return {kind: keys}, response(kind, rate, freq, gain, q, slope)


def row(rate, count):
    bands, responses = zip(*(random_band(rate) for _ in range(count)))
    with np.errstate(divide="ignore"):
        levels = 20 * np.log10(np.abs(np.prod(responses, axis=0)))
    return {"rate_hz": rate, "bands": bands, "db": [round(float(max(level, -999)), 6) for level in levels]}


rows = [row(rate, count) for rate in (44100, 48000, 96000) for count in [1] * 24 + [2, 3, 4, 5, 7, 9]]
lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
with open("eq_bands.json", "w") as file:
    file.write(f'{{"freqs_hz":{json.dumps(LEVELS_AT)},"rows":[\n{lines}\n]}}\n')
