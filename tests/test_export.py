"""The book in the forms of others: each is judged by a program of somebody else's, and read by one that knows no code of ours."""

import dataclasses
import hashlib
import importlib.resources
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from qantar import citation
from qantar.archive import zip_bytes
from qantar.annotations import Annotations, load_coding, locate
from qantar.cli import main
from qantar.export import crate, datapackage, files, forms, media, webannotations, work
from qantar.report import Report, ReportError, load_report
from qantar.schema import make_table

ROOT = Path(__file__).parents[1]
HOSTILE = 'قال "<script>alert(1)</script>\u202e</bdi>&amp;\\u003c\u2028\x1b[2J\U000e0041 قتل 𐩠 ]]> شخص'
JUDGE = Path(__file__).with_name("webannotation")


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    return forms.contents("package")


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return forms.contents("crate")


@pytest.fixture(scope="module")
def exported() -> dict:
    [content] = forms.contents("annotations").values()
    return json.loads(content)


def coded(text: str, **rows: list[dict]) -> tuple[Report, Annotations]:
    """A report with a coding of a few rows."""
    report = Report(text)
    names = [field.name for field in dataclasses.fields(Annotations)]
    return report, Annotations(**{name: locate(report, make_table(name, rows.get(name, []))) for name in names})


def quoted(annotation: dict) -> tuple[dict, dict]:
    """The two selectors of an annotation by their types."""
    found = {one["type"]: one for one in annotation["target"]["selector"]}
    return found["TextQuoteSelector"], found["TextPositionSelector"]


def row_of(annotation: dict) -> dict:
    [row] = [json.loads(body["value"]) for body in annotation["body"] if body.get("format") == "application/json"]
    return row


def check_anchors(collection: dict, text: str) -> None:
    """Every selector leads a reader that has nothing but the text to the same words."""
    assert collection["total"] == len(collection["first"]["items"]) > 0
    for annotation in collection["first"]["items"]:
        quote, place = quoted(annotation)
        words = quote["prefix"] + quote["exact"] + quote["suffix"]
        found = [at for at in range(len(text)) if text.startswith(words, at)]
        assert [at + len(quote["prefix"]) for at in found] == [place["start"]]
        assert text[place["start"] : place["end"]] == quote["exact"] == row_of(annotation)["quote"]


# -------------------------------------------------------------------------------------------- web annotations


def read_by_others(document: dict, folder: Path) -> subprocess.CompletedProcess:
    """What a JSON-LD processor and a library for Web Annotations make of them; skipped where Node.js is missing, but not in CI."""
    if not (JUDGE / "node_modules" / "jsonld").exists() or not shutil.which("node"):
        missing = "Node.js or its packages are missing: `make test` installs them where there is npm"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    (folder / "annotations.jsonld").write_bytes(files.json_bytes(document))
    command = ["node", JUDGE / "read.mjs", folder / "annotations.jsonld"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_every_row_is_an_annotation(exported, book):
    rows = {row["id"]: row for table in book.coding.tables().values() for row in table.to_dict("records")}
    found = {annotation["id"].rpartition("#")[2]: row_of(annotation) for annotation in exported["first"]["items"]}
    assert found.keys() == rows.keys() == set(book.coding.evidence()["id"])
    for key, row in found.items():
        told = {column for column, cell in rows[key].items() if not pd.isna(cell)} - {"start", "end"}
        assert row.keys() - {"table"} == told
        assert all(row[column] == rows[key][column] for column in told)


def test_every_annotation_leads_back_to_its_words(exported):
    check_anchors(exported, (ROOT / "data/report/report.txt").read_bytes().decode("utf-8"))
    quotes = [quoted(annotation)[0] for annotation in exported["first"]["items"]]
    assert max(len(quote[side]) for quote in quotes for side in ("prefix", "suffix")) == 32


def test_others_read_the_annotations(exported, book, tmp_path):
    done = read_by_others(exported, tmp_path)
    assert done.returncode == 0, done.stderr
    understood = json.loads(done.stdout)
    for annotation, read in zip(exported["first"]["items"], understood["annotations"], strict=True):
        quote, _ = quoted(annotation)
        assert read["id"] == annotation["id"] and read["target"]["source"] == annotation["target"]["source"]
        assert read["target"]["selector"] == quote
        assert [body["value"] for body in read["body"]] == [body["value"] for body in annotation["body"] if "value" in body]
    # Nothing was lost on the way to RDF: each annotation has its type, its target and as many bodies as rows and links.
    predicates = [line.split()[1].rpartition("#")[2].rstrip(">") for line in understood["quads"].splitlines()]
    assert predicates.count("hasTarget") == predicates.count("exact") == predicates.count("end") == len(book.coding.evidence())
    assert predicates.count("hasBody") == sum(len(annotation["body"]) for annotation in exported["first"]["items"])


@pytest.mark.parametrize(("path", "key"), [("target", "sorce"), ("target", "source"), ("", "motivations")])
def test_others_refuse_what_is_not_an_annotation(exported, tmp_path, path, key):
    broken = json.loads(json.dumps(exported))
    part = broken["first"]["items"][0]
    (part[path] if path else part)[key] = "no address"
    assert read_by_others(broken, tmp_path).returncode == 1


def test_addresses_are_those_of_the_site_or_made_from_the_report(book):
    about = citation.work()
    base, source = webannotations.addresses(book.report, dict(about) | {"url": None})
    assert (base, source) == webannotations.addresses(book.report, dict(about) | {"url": "", "title": "Another", "version": "9"})
    assert base != webannotations.addresses(Report(book.report.text + " "), {})[0]
    assert base.startswith("urn:uuid:") and source.startswith("ni:///sha-256;")
    for url in ("https://example.org/q", "https://example.org/q/"):
        base, source = webannotations.addresses(book.report, dict(about) | {"url": url})
        assert base == "https://example.org/q/exports/qantar-annotations.jsonld"
        assert source == "https://example.org/q/exports/data/report/report.txt"


def test_links_lead_to_the_rows_that_are_named(exported):
    items = {annotation["id"]: annotation for annotation in exported["first"]["items"]}
    for annotation in items.values():
        for body in annotation["body"]:
            if body["type"] == "SpecificResource" and not body["source"].startswith("http://www.wikidata.org/entity/Q"):
                assert body["source"] in items
    event = next(one for one in items.values() if row_of(one)["id"] == "E01")
    assert {one["source"].rpartition("#")[2] for one in event["body"] if "source" in one} == {"tokayev", "dismissed_deputies"}


def test_words_that_recur_are_told_apart():
    sentence = "قتل شخص في المدينة أمس كما قالت الوكالة في بيان لها."
    text = "\n".join([sentence] * 9)
    report, coding = coded(text, dates=[{"id": f"D0{n}", "sentence": f"s0{n}", "quote": "أمس", "kind": "relative"} for n in range(1, 10)])
    check_anchors(json.loads(webannotations.collection(report, coding, citation.work())), text)


def test_hostile_text_stays_text(tmp_path):
    tricky = '"><img src=x onerror=alert(1)>\u202e\u2066</script>'
    event = {"id": "E01", "sentence": "s01", "quote": HOSTILE[4:40], "kind": "other", "summary_en": tricky}
    report, coding = coded(f"{HOSTILE}.", events=[event, event | {"id": "E02", "sentence": "s02", "quote": "شخص"}])
    content = webannotations.collection(report, coding, dict(citation.work()) | {"title": tricky})
    assert not {"<", ">", "&", "\u202e", "\u2066", "\u2028", "\x1b", "\U000e0041"} & set(content.decode("utf-8"))
    found = json.loads(content)
    check_anchors(found, report.text)
    quote, place = quoted(found["first"]["items"][1])
    assert (quote["exact"], place["start"]) == ("شخص", len(list(HOSTILE)) - 3)  # code points: 𐩠 counts once
    assert row_of(found["first"]["items"][0])["summary_en"] == tricky and tricky in found["label"]
    done = read_by_others(found, tmp_path)
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)["annotations"][0]
    assert read["body"][0]["value"] == tricky and read["target"]["selector"]["exact"] == HOSTILE[4:40]


# ----------------------------------------------------------------------------------------------- data package


def test_the_package_is_valid(package, tmp_path):
    from frictionless import Package

    files.write_folder(package, tmp_path / "package", "datapackage.json")
    told = Package(str(tmp_path / "package" / "datapackage.json")).validate()
    assert (told.valid, told.stats["errors"], told.stats["warnings"]) == (True, 0, 0), told.to_summary()
    tables = [path for path in package if path.endswith(".csv")]
    assert told.stats["tasks"] == len(package) - len(["CITATION.cff", "LICENSE", "datapackage.json"]) > len(tables) > 50
    # The judge does find what is wrong, and the loaders of the book read the folder as they read its own.
    events = tmp_path / "package/coding/readings/second/events.csv"
    events.write_text(events.read_text("utf-8").replace("s01,", "s99,", 1), "utf-8")
    assert not Package(str(tmp_path / "package" / "datapackage.json")).validate().valid
    report = load_report(tmp_path / "package/report/report.txt")
    assert len(load_coding(report, tmp_path / "package/coding").evidence()) == len(load_coding(load_report()).evidence())


def test_every_file_of_the_package_is_described(package):
    described = {one["path"]: one for one in json.loads(package["datapackage.json"])["resources"]}
    assert described.keys() == package.keys() - {"CITATION.cff", "LICENSE", "datapackage.json"}
    for path, one in described.items():
        assert (one["bytes"], one["hash"]) == (len(package[path]), f"sha256:{hashlib.sha256(package[path]).hexdigest()}")
        assert (ROOT / "data" / path).read_bytes() == package[path]
        assert path.endswith(".csv") == ("schema" in one), path


def test_tables_that_are_alike_refer_to_their_own_neighbours(package):
    described = {one["path"]: one for one in json.loads(package["datapackage.json"])["resources"]}
    named = {one["name"]: path for path, one in described.items()}

    def leads(path: str) -> set[str]:
        keys = described[path]["schema"]["foreignKeys"]
        return {named[key["reference"]["resource"]] for key in keys if key["reference"]["resource"]}

    assert leads("validation/unseen/second/dates.csv") == {"validation/unseen/reports.csv"}
    assert leads("validation/seen/second/dates.csv") == {"validation/seen/reports.csv"}
    assert leads("coding/mentions.csv") == {"report/translation.csv", "coding/actors.csv"}
    # A reading may name actors that were given up when the two were reconciled.
    assert leads("coding/readings/second/mentions.csv") == {"report/translation.csv"}


# --------------------------------------------------------------------------------------------------- ro-crate


@pytest.fixture
def offline(monkeypatch, tmp_path):
    """The judge of crates without a network: the context it asks for comes from another package, nothing else is answered."""
    import requests
    from rocrate_validator.utils.http import HttpRequester

    context = (importlib.resources.files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()

    def get(_, url: str, **__) -> requests.Response:
        assert url == "https://w3id.org/ro/crate/1.1/context"
        answer = requests.Response()
        answer.status_code, answer.raw = 200, io.BytesIO(context)
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    return {"offline": True, "cache_path": tmp_path / "http"}


def test_the_crate_is_valid(whole, offline, tmp_path):
    from rocrate.rocrate import ROCrate
    from rocrate_validator import services
    from rocrate_validator.models import ValidationSettings

    files.write_folder(whole, tmp_path / "crate", "ro-crate-metadata.json")
    settings = ValidationSettings(
        rocrate_uri=str(tmp_path / "crate"), profile_identifier="ro-crate-1.1", requirement_severity="RECOMMENDED", **offline
    )
    told = {issue.message for issue in services.validate(settings).get_issues()}
    # A recommendation that can't be followed before the book, or its authors, have an address.
    addressed = work.address(work.about()) or all(known for *_, known in work.authors(work.about()))
    assert told == (set() if addressed else {"The organization SHOULD have a URL."})

    read = ROCrate(tmp_path / "crate")
    about = citation.work()
    assert (read.name, str(read.datePublished)[:10]) == (about["title"], citation.day(about))
    assert [person["name"] for person in (read.root_dataset.get("author"),)] == [about["authors"][0]["name"]]
    assert {one.id for one in read.data_entities if "File" in one.type} == whole.keys() - {"ro-crate-metadata.json"}


def test_the_judge_of_crates_finds_faults(whole, offline):
    from rocrate_validator import services
    from rocrate_validator.models import ValidationSettings

    described = json.loads(whole["ro-crate-metadata.json"])
    described["@graph"] = [one for one in described["@graph"] if not one["@id"].startswith(("src/", "data/", "chapters/"))]
    del next(one for one in described["@graph"] if one["@id"] == "./")["license"]
    settings = ValidationSettings(metadata_dict=described, metadata_only=True, profile_identifier="ro-crate-1.1", **offline)
    assert any("license" in str(issue.message) for issue in services.validate(settings).get_issues())


def test_the_crate_tells_what_each_file_is(whole):
    found = {one["@id"]: one for one in json.loads(whole["ro-crate-metadata.json"])["@graph"]}
    reached, waiting = set(), ["./"]
    while waiting:
        parts = found[waiting.pop()].get("hasPart", [])
        inside = {part["@id"] for part in (parts if isinstance(parts, list) else [parts])}
        waiting += sorted(inside - reached)
        reached |= inside
    assert whole.keys() - {"ro-crate-metadata.json"} <= reached
    for path in whole.keys() - {"ro-crate-metadata.json"}:
        assert found[path]["sha256"] == hashlib.sha256(whole[path]).hexdigest()
        assert found[path]["contentSize"] == str(len(whole[path]))
    report, events = found["data/report/report.txt"], found["chapters/events.md"]
    assert found[report["license"]["@id"]]["description"] == " ".join(load_report().metadata["rights"].split())
    assert report["license"]["@id"] not in {one["@id"] for one in found["./"]["license"]}
    assert found["./"]["about"] == {"@id": "data/report/report.txt"}
    assert (events["name"], "SoftwareSourceCode" in events["@type"]) == ("Events", True)
    assert "SoftwareSourceCode" in found["src/"]["@type"] and "SoftwareSourceCode" in found["src/qantar/cli.py"]["@type"]
    assert {"requirements.txt", "CITATION.cff", "LICENSE", "README.md"} <= whole.keys()
    assert not [path for path in whole if "__pycache__" in path or path.startswith((".", "_build", "tests"))]


def test_licences_are_those_that_the_licence_tells():
    told = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert media.licence_of("data/report/report.txt") == "report"
    assert media.licence_of("data/coding/events.csv") == media.licence_of("chapters/events.md") == "CC-BY-4.0"
    assert media.licence_of("src/qantar/events.py") == media.licence_of("Makefile") == "MIT"
    for row in media.table("rights"):
        if "lexicon" in row["path"]:
            assert row["path"].rpartition("/")[2] in told
            assert list(ROOT.glob(row["path"]))


def test_authors_of_every_kind():
    people = [{"given-names": "Aigerim", "family-names": "O", "orcid": "https://orcid.org/0000-0001-2345-6789"}, {"name": "A group"}]
    about = dict(citation.work()) | {"authors": people, "url": "https://example.org", "license": "MIT", "title": HOSTILE}
    found = {one["@id"]: one for one in crate.graph({"LICENSE": b"", "requirements.txt": b""}, about)}
    assert found["https://orcid.org/0000-0001-2345-6789"]["@type"] == "Person"
    assert found["#author-2"] == {"@id": "#author-2", "@type": "Organization", "name": "A group", "url": "https://example.org/"}
    assert (found["./"]["name"], found["./"]["license"]) == (HOSTILE, {"@id": "https://spdx.org/licenses/MIT"})
    assert "publisher" not in found["./"]
    with pytest.raises(ReportError, match=r"licence WTFPL is not known; src/qantar/export/licences.csv has MIT, "):
        crate.graph({"LICENSE": b""}, about | {"license": ["WTFPL"]})


# ------------------------------------------------------------------------------------------ files and command


def test_the_same_bytes_every_time(package, whole):
    assert datapackage.contents() == package and crate.contents() == whole
    packed = zip_bytes(package, "2022-01-09")
    assert packed == zip_bytes(dict(reversed(package.items())), "2022-01-09")
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == package
        assert {entry.date_time for entry in opened.infolist()} == {(2022, 1, 9, 0, 0, 0)}


def test_the_site_offers_them(site, package, whole, exported):
    folder = site / "exports"
    assert json.loads((folder / "qantar-annotations.jsonld").read_bytes()) == exported
    for form, expected in (("package", package), ("crate", whole)):
        with zipfile.ZipFile(folder / forms.NAMES[form]) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == expected
    assert {p.relative_to(folder / "data").as_posix() for p in (folder / "data").rglob("*") if p.is_file()} == package.keys()
    page = (site / "chapters" / "data.html").read_text(encoding="utf-8")
    for name in (*forms.NAMES.values(), "data/datapackage.json"):
        assert f'href="../exports/{name}"' in page


def built(folder: Path, source: str, builder: str) -> tuple[str, str]:
    """A page of one line by a builder, with nothing but the role: what it became, and the warnings."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    (folder / "index.rst").write_text(f"{source}\n", encoding="utf-8")
    warnings = io.StringIO()
    with docutils_namespace():
        options = {"extensions": ["qantar.book.exports"], "master_doc": "index"}
        app = Sphinx(folder, None, folder / "out", folder / "trees", builder, options, status=None, warning=warnings)
        app.build()
    page = folder / "out" / ("index.html" if builder == "html" else "index.txt")
    return page.read_text(encoding="utf-8"), warnings.getvalue()


def test_the_role_links_where_there_is_a_site(tmp_path, monkeypatch):
    from sphinx.errors import ExtensionError

    from qantar.book import exports

    written = []
    monkeypatch.setattr(exports, "write", written.append)
    page, warnings = built(tmp_path, ":export:`package`", "text")
    assert (page, warnings, written) == ('"qantar-data-package.zip"\n', "", [])
    assert "no export 'nothing'; there are annotations, package, crate, data" in built(tmp_path, ":export:`nothing`", "text")[1]

    page, warnings = built(tmp_path, ":export:`package`", "html")
    assert 'href="exports/qantar-data-package.zip"' in page and not warnings
    assert written == [tmp_path / "out" / "exports"]

    def fail(_: Path) -> None:
        raise ReportError("CITATION.cff: has no title")

    monkeypatch.setattr(exports, "write", fail)
    with pytest.raises(ExtensionError, match="CITATION.cff: has no title"):
        built(tmp_path, ":export:`crate`", "html")


@pytest.mark.parametrize(("form", "name"), [("annotations", "new/a.jsonld"), ("package", "p"), ("package", "p.zip"), ("crate", "c")])
def test_the_command_writes_each_form(form, name, tmp_path, capsys):
    out = tmp_path / name
    for _ in range(2):  # the second replaces the first
        assert main(["export", form, "--out", str(out)]) == 0
        told, complaints = capsys.readouterr()
        assert told.startswith(f"{out}: ") and told.count("\n") == 1 and not complaints
        assert [path.name for path in out.parent.iterdir()] == [out.name]
    if out.is_dir():
        assert {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()} == forms.contents(form)


@pytest.mark.parametrize("form", ["annotations", "package", "crate"])
def test_what_is_not_an_export_is_left_alone(form, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["export", form, "--out", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"qantar: {tmp_path}: ") and told.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_put_into_an_export_is_not_lost(package, tmp_path):
    out = tmp_path / "package"
    files.write_folder(package, out, "datapackage.json")
    (out / "coding" / "mine.csv").write_text("mine")
    with pytest.raises(ReportError, match=r"holds coding/mine.csv, which no export put there"):
        files.write_folder(package, out, "datapackage.json")
    (out / "coding" / "mine.csv").unlink()
    (out / "datapackage.json").write_text("not JSON")
    files.write_folder({"datapackage.json": b"{}"} | package, out, "datapackage.json")
    assert (out / "datapackage.json").read_bytes() == package["datapackage.json"]
    (tmp_path / "file").touch()
    with pytest.raises(ReportError, match="is a file; name a folder"):
        files.write_folder(package, tmp_path / "file", "datapackage.json")


def test_what_was_there_stays_when_writing_fails(tmp_path, monkeypatch):
    files.write_file(b"old", tmp_path / "file")
    files.write_folder({"a.json": b"old"}, tmp_path / "folder", "a.json")
    replace = os.replace

    def full(source, target):
        if Path(target).name in ("file", "folder") and Path(source).name != "old" and not moved_back(source):
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    def moved_back(source) -> bool:
        inside = Path(source) / "a.json"
        return inside.is_file() and inside.read_bytes() == b"old"

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.write_file(b"new", tmp_path / "file")
    with pytest.raises(OSError, match="No space"):
        files.write_folder({"a.json": b"new"}, tmp_path / "folder", "a.json")
    assert (tmp_path / "file").read_bytes() == (tmp_path / "folder" / "a.json").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: [", ":1:9: is not YAML"),
        ("title: x", "has no abstract; exports need title, abstract, version"),
        (None, "date-released is 'soon'; write a day, such as 2026-11-24"),
    ],
)
def test_a_citation_file_that_does_not_do(text, complaint, tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    whole_file = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    released = str(citation.work()["date-released"])
    (tmp_path / "CITATION.cff").write_text(text or whole_file.replace(released, "soon"), encoding="utf-8")
    monkeypatch.setenv("QANTAR_DATA", str(tmp_path / "data"))
    citation.work.cache_clear()
    try:
        assert main(["export", "annotations", "--out", str(tmp_path / "a.jsonld")]) == 2
    finally:
        citation.work.cache_clear()
    told = capsys.readouterr().err
    assert complaint in told and told.count("\n") == 1
    assert not (tmp_path / "a.jsonld").exists()


def test_faults_of_the_data_are_told_one_a_line(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    events = tmp_path / "data/coding/events.csv"
    events.write_text(events.read_text("utf-8").replace(",dismissal,", ",firing,").replace(",protest,", ",riot,"), "utf-8")
    monkeypatch.setenv("QANTAR_DATA", str(tmp_path / "data"))
    assert main(["export", "annotations", "--out", str(tmp_path / "a.jsonld")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) > 1 and told[0].startswith(f"qantar: {events}:2:kind: “firing” is not allowed here; use one of ")
    assert not (tmp_path / "a.jsonld").exists()


def test_a_crate_needs_the_whole_book(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with pytest.raises(ReportError, match=r"CITATION.cff: is missing; a crate holds the whole book"):
        crate.parts(tmp_path)


def test_no_export_holds_the_editions(tmp_path):
    for name in (*crate.NEEDED, *crate.ALSO):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    (tmp_path / "data/editions").mkdir(exist_ok=True)
    (tmp_path / "data/editions/9.9.9.zip").write_bytes(b"whole")
    assert not [path for path in crate.parts(tmp_path) if "editions/" in path and path.startswith("data/")]
    assert not [one for one in datapackage.resources(tmp_path / "data") if "editions/" in str(one["path"])]
