"""Small SOFA files and what is to be read from them: `python make.py` in this folder.

The files are written and read back by netCDF4 (and two of them by h5py); directions are worked out
here by trigonometry, in x right, y front, z up of the listener.
"""

import json

import h5py
import netCDF4
import numpy as np

TAPS = 12


def responses(count, seed):
    return np.random.default_rng(seed).uniform(-1, 1, (count, 2, TAPS))


def polar_to_xyz(angles):
    """SOFA axes: x front, y left, z up."""
    azimuth, elevation, radius = np.asarray(angles, dtype=float).T
    azimuth, elevation = np.radians(azimuth), np.radians(elevation)
    flat = radius * np.cos(elevation)
    return np.stack([flat * np.cos(azimuth), flat * np.sin(azimuth), radius * np.sin(elevation)], 1)


def in_view(points, view, up):
    """Right, front, up of one who looks along view."""
    view = view / np.linalg.norm(view, axis=-1, keepdims=True)
    left = np.cross(up, view)
    left = left / np.linalg.norm(left, axis=-1, keepdims=True)
    up = np.cross(view, left)
    parts = [-(points * left).sum(-1), (points * view).sum(-1), (points * up).sum(-1)]
    return np.stack(parts, 1)


def write(name, positions, rate, kind="spherical", units="degree, degree, metre", delays=None,
          view=None, up=None, view_kind="cartesian", listener=None, dtype="f8", packed=False,
          seed=1):
    count = len(positions)
    with netCDF4.Dataset(name, "w") as file:
        file.setncatts({
            "Conventions": "SOFA", "Version": "2.1", "SOFAConventions": "SimpleFreeFieldHRIR",
            "SOFAConventionsVersion": "1.0", "DataType": "FIR", "RoomType": "free field",
            "Title": "A small set", "DatabaseName": "made", "ListenerShortName": "nobody",
            "AuthorContact": "nobody@example.org", "License": "CC0",
        })
        for letter, size in {"M": None if packed else count, "R": 2, "N": TAPS, "C": 3, "I": 1, "E": 1}.items():
            file.createDimension(letter, size)

        def variable(name, dims, values, kind="f8", **attributes):
            made = file.createVariable(name, kind, dims, zlib=packed, shuffle=packed)
            made[:] = values
            made.setncatts(attributes)

        def rows(values):
            return "M" if np.ndim(values) > 1 and len(values) > 1 else "I"

        variable("Data.IR", ("M", "R", "N"), responses(count, seed), dtype)
        variable("Data.SamplingRate", ("I",), [rate], Units="hertz")
        delays = [[0.0, 0.0]] if delays is None else delays
        variable("Data.Delay", (rows(delays), "R"), delays)
        variable("SourcePosition", ("M", "C"), positions, dtype, Type=kind, Units=units)
        listener = [[0.0, 0.0, 0.0]] if listener is None else listener
        variable("ListenerPosition", (rows(listener), "C"), listener, Type="cartesian", Units="metre")
        view = [[1.0, 0.0, 0.0]] if view is None else view
        variable("ListenerView", (rows(view), "C"), view, Type=view_kind,
                 Units="metre" if view_kind == "cartesian" else "degree, degree, metre")
        up = [[0.0, 0.0, 1.0]] if up is None else up
        variable("ListenerUp", (rows(up), "C"), up)
        variable("ReceiverPosition", ("R", "C", "I"), [[[0], [0.09], [0]], [[0], [-0.09], [0]]],
                 Type="cartesian", Units="metre")


def write_h5py(name, positions, rate, libver, seed, **storage):
    """Without netCDF in between: other object headers, other chunk indices, texts of any length."""
    with h5py.File(name, "w", libver=libver) as file:
        for key, text in {"Conventions": "SOFA", "SOFAConventions": "SimpleFreeFieldHRIR",
                          "DataType": "FIR", "Title": "Von Hand gemacht: größer"}.items():
            file.attrs[key] = text
        file.create_dataset("Data.IR", data=responses(len(positions), seed), **storage)
        file["Data.SamplingRate"] = np.array([float(rate)])
        file["Data.Delay"] = np.array([[0.5, 1.5]])
        file["SourcePosition"] = np.array(positions, dtype=float)
        file["SourcePosition"].attrs["Type"] = "spherical"
        file["SourcePosition"].attrs["Units"] = "degree, degree, metre"


def expect(name, directions, distances, kept=None):
    """Numbers as netCDF4 reads them; kept are the groups of rows that are averaged into one."""
    with netCDF4.Dataset(name) as file:
        read = lambda name: np.asarray(file[name][:], dtype=float)
        all_responses, delays, rate = read("Data.IR"), read("Data.Delay"), read("Data.SamplingRate")
    count = len(all_responses)
    delays = np.broadcast_to(delays, (count, 2))
    groups = [[row] for row in range(count)] if kept is None else kept
    directions = np.asarray(directions) / np.linalg.norm(directions, axis=1, keepdims=True)
    mean = lambda values: [np.mean([values[row] for row in group], axis=0).tolist() for group in groups]
    return {
        "rate_hz": rate[0], "taps": TAPS, "directions": mean(directions),
        "distances_m": mean(np.broadcast_to(distances, count)), "delays_frames": mean(delays),
        "responses": mean(all_responses),
    }


FORWARD, UP = np.array([1.0, 0, 0]), np.array([0, 0, 1.0])
RING = [[azimuth, elevation, 1.4] for azimuth, elevation in
        [(0, 0), (30, 0), (90, 0), (180, 0), (270, 0), (330, 0), (45, 40), (-135, -30), (10, 90)]]
RING_XYZ = polar_to_xyz(RING)
expected = {}

write("polar.sofa", RING, 44100, delays=[[3.25, 4.5]], seed=1)
expected["polar.sofa"] = expect("polar.sofa", in_view(RING_XYZ, FORWARD, UP), 1.4)

random = np.random.default_rng(7)
each_delay = random.uniform(0, 20, (len(RING), 2))
write("cartesian.sofa", RING_XYZ, 48000, kind="cartesian", units="metre", delays=each_delay,
      dtype="f4", packed=True, seed=2)
expected["cartesian.sofa"] = expect("cartesian.sofa", in_view(RING_XYZ, FORWARD, UP), 1.4)

radians = np.array([[np.radians(a), np.radians(e), r] for a, e, r in RING])
write("radians.sofa", radians, 96000, units="radian, radian, metre", seed=3)
expected["radians.sofa"] = expect("radians.sofa", in_view(RING_XYZ, FORWARD, UP), 1.4)

left = np.array([0, 1.0, 0])
write("turned.sofa", RING, 44100, view=[left], packed=True, seed=4)
expected["turned.sofa"] = expect("turned.sofa", in_view(RING_XYZ, left, UP), 1.4)

# A head that moves: place, view and up differ with every measurement, the views polar.
angles = np.stack([random.uniform(-180, 180, len(RING)), random.uniform(-60, 60, len(RING)),
                   np.ones(len(RING))], 1)
views = polar_to_xyz(angles)
ups = angles + [0, 90, 0]
ups[ups[:, 1] > 90] = [[a + 180, 180 - e, r] for a, e, r in ups[ups[:, 1] > 90]]
places = random.uniform(-0.02, 0.02, (len(RING), 3))
write("moving.sofa", RING, 192000, view=angles, up=ups, view_kind="spherical", listener=places, seed=5)
seen = RING_XYZ - places
expected["moving.sofa"] = expect("moving.sofa", in_view(seen, views, polar_to_xyz(ups)),
                                 np.linalg.norm(seen, axis=1))

# Each direction near and far, more of them far; the pole of the far ones at three azimuths.
near = [[a, e, 0.5] for a, e, _ in RING[:5]]
poles = [[0, 90, 1.4], [120, 90, 1.4], [240, 90, 1.39]]
spheres = near + RING[:8] + poles
write("spheres.sofa", spheres, 48000, dtype="f4", seed=6)
expected["spheres.sofa"] = expect("spheres.sofa", in_view(polar_to_xyz(spheres), FORWARD, UP),
                                  [r for _, _, r in spheres],
                                  [[row] for row in range(5, 13)] + [[13, 14, 15]])

write_h5py("latest.sofa", RING, 44100, ("v110", "v110"), 7, chunks=(4, 1, 5), compression="gzip", shuffle=True,
           fletcher32=True)
expected["latest.sofa"] = expect("latest.sofa", in_view(RING_XYZ, FORWARD, UP), 1.4)
write_h5py("earliest.sofa", RING, 44100, "earliest", 8, chunks=(2, 2, 12), maxshape=(None, 2, None))
expected["earliest.sofa"] = expect("earliest.sofa", in_view(RING_XYZ, FORWARD, UP), 1.4)

# A file that promises 1.6 GB and holds none of them.
with h5py.File("promises.sofa", "w") as file:
    file.attrs["SOFAConventions"] = "SimpleFreeFieldHRIR"
    file.create_dataset("Data.IR", (100_000, 2, 1024), "f8", chunks=(100, 2, 1024), compression="gzip")

with open("expected.json", "w") as file:
    json.dump(expected, file)
    file.write("\n")
