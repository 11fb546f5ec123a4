"""Outlines of land and of states for the map of `docmill show`, as paths of SVG in tenths of a degree.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 data/make_outlines.py package/countries-110m.json crates/formats/html/data

The shapes are those of Natural Earth, 1:110 million (public domain), which world-atlas (ISC) packs as TopoJSON.
"""

import json
import sys
from pathlib import Path


def decoded(topology):
    """The arcs of a topology, in tenths of a degree, north up as SVG draws it."""
    (scale_x, scale_y), (from_x, from_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            point = round(10 * (x * scale_x + from_x)), round(-10 * (y * scale_y + from_y))
            if not points or points[-1] != point:
                points.append(point)
        yield points


def rings(geometry):
    """The rings of a geometry, each a list of arcs."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings(part)]
    if geometry["type"] == "Polygon":
        return geometry["arcs"]
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def unwrapped(points):
    """A ring that crosses the date line goes on beyond the edge; Antarctica runs along it, at the bottom."""
    shift, found = 0, []
    for (x, y), before in zip(points, [points[0], *points]):
        if abs(x - before[0]) > 3000 and y < 840:
            shift += 3600 if x < before[0] else -3600
        found.append((x + shift, y))
    return found


def path(points, closed):
    """A path of relative steps."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(points, points[1:])]
    written = f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps)
    return written.replace(" -", "-") + ("z" if closed else "")


def main(source, folder):
    topology = json.loads(Path(source).read_text())
    arcs = list(decoded(topology))
    land = []
    for ring in rings(topology["objects"]["land"]):
        points = []
        for arc in ring:
            part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
            points += part[1:] if points else part
        land.append(path(unwrapped(points), closed=True))
    used = {}
    for country in topology["objects"]["countries"]["geometries"]:
        for ring in rings(country):
            for arc in ring:
                used[arc if arc >= 0 else ~arc] = used.get(arc if arc >= 0 else ~arc, 0) + 1
    # What two states have in common is a border; the rest is coast.
    borders = [path(arcs[arc], closed=False) for arc in sorted(used) if used[arc] > 1 and len(arcs[arc]) > 1]
    Path(folder, "land.path").write_text("".join(land) + "\n")
    Path(folder, "borders.path").write_text("".join(borders) + "\n")


main(*sys.argv[1:])
