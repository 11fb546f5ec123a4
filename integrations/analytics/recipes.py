"""Runs the recipes, compares their answers, and makes the pages that show them."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = {"duckdb": ("DuckDB", "sql"), "pandas": ("pandas", "python"), "polars": ("polars", "python"), "jq": ("jq", "jq")}

QUESTIONS = {
    "entities_by_month": (
        "Entity counts by month",
        "The three names that each month's articles mention most. All mentions of a thing count under its canonical "
        "name; outlets in citations are left out, and so are documents without a date.",
    ),
    "stance_matrix": (
        "Stances between states",
        "Which states favor or oppose which. A party counts for its country: `Dushanbe denied this` is "
        "Tajikistan's, and so is what its president says. Negated stances are left out.",
    ),
    "who_quotes_whom": (
        "Who quotes whom",
        "Whom a publication quotes at least twice, and how often in their own words. Speakers are named by their "
        "canonical names; `?` means that the publication is unknown.",
    ),
    "events_by_month": (
        "Events by month and type",
        "How many events of PLOVER's types took place in each month, and how many documents say so. An event has the day "
        "that its sentence says, else that of the document.",
    ),
    "who_does_what_to_whom": (
        "Who does what to whom, and where",
        "Events with both sides known, except those that the text denies. `?` means that the sentence names no place. At the "
        "default threshold docmill reports few events; `--set events.threshold=0.3` reports more, of which fewer are right.",
    ),
    "places_on_a_map": (
        "Places on a map",
        "The places in the articles. DuckDB also writes `places.geojson`, which a browser shows as a map "
        "([geojson.io](https://geojson.io)).",
    ),
    "outlets_by_year": ("Outlets by year", "Which outlets the articles cite, by the year of the cited item."),
}


def check(folder, pages, write):
    """Problems found; with `write`, pages that differ are written instead."""
    problems = []
    for name, (title, about) in QUESTIONS.items():
        recipes = [HERE / tool / f"{name}{ending}" for tool, ending in
                   [("duckdb", ".sql"), ("pandas", ".py"), ("polars", ".py"), ("jq", ".jq")]]
        # polars and jq read the records, which have no flat events.
        recipes = recipes[:2] + [recipe for recipe in recipes[2:] if recipe.exists()]
        more = HERE / "duckdb" / f"jsonl_{name}.sql"
        answers = {recipe: answer(recipe, folder) for recipe in recipes + [more] * more.exists()}
        first = answers[recipes[0]]
        if len(first) < 2:
            problems.append(f"{name}: DuckDB finds nothing")
        for recipe, rows in answers.items():
            if rows != first:
                problems.append(f"{name}: {recipe.relative_to(HERE)} answers {rows[:4]}..., DuckDB {first[:4]}...")
        if name == "places_on_a_map":
            problems += check_map(folder / "places.geojson", first)
        page = pages / f"{name.replace('_', '-')}.md"
        made = show(title, about, answers, first)
        if write:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(made, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != made:
            problems.append(f"{page.name} is not what the recipes answer now: cargo xtask integrations analytics --write")
    return problems


def check_map(path, rows):
    """Problems of the map: each row's point is on it, where the earth is."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    points = {(f["properties"]["name"], *f["geometry"]["coordinates"]) for f in features}
    wanted = {(name, float(longitude), float(latitude)) for name, _, latitude, longitude, *_ in rows[1:]}
    if not wanted <= points or any(abs(lon) > 180 or abs(lat) > 90 for _, lon, lat in points):
        return [f"places.geojson has {sorted(points)[:4]}..., not {sorted(wanted)[:4]}..."]
    return []


def answer(recipe, folder):
    """The rows that a recipe prints, its header first."""
    if recipe.suffix == ".sql":
        import duckdb

        result = duckdb.sql(recipe.read_text(encoding="utf-8"))
        rows = [[str(cell) for cell in row] for row in result.fetchall()]
        return [list(result.columns), *rows]
    if recipe.suffix == ".jq":
        printed = run_jq(recipe, folder / "out.jsonl")
    else:
        command = [sys.executable, recipe]
        printed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return list(csv.reader(io.StringIO(printed)))


def run_jq(recipe, records):
    """By the program, and by the library where there is no program."""
    if shutil.which("jq"):
        command = ["jq", "-r", "-s", "-f", recipe, records]
        return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    import jq

    program = jq.compile(recipe.read_text(encoding="utf-8"))
    return "\n".join(program.input_text(records.read_text(encoding="utf-8"), slurp=True))


def show(title, about, answers, rows):
    """A page: the recipes, and the answer as a table."""
    page = f"# {title}\n\n<!-- Made by `cargo xtask integrations analytics --write`; a test compares. -->\n\n{about}\n"
    for recipe in answers:
        tool, language = TOOLS[recipe.parent.name]
        if recipe.name.startswith("jsonl_"):
            tool += " without tables"
        path = f"integrations/analytics/{recipe.parent.name}/{recipe.name}"
        page += f"\n## {tool}\n\n`{path}`\n\n```{language}\n{recipe.read_text(encoding='utf-8')}```\n"
    page += "\n## The answer\n\nEach of them answers this for `docmill run seeds -o out.jsonl`, whose articles are invented:\n\n"
    page += "| " + " | ".join(rows[0]) + " |\n" + "|---" * len(rows[0]) + "|\n"
    for row in rows[1:]:
        page += "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n"
    return page
