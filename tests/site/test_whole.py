"""The built folder is whole: it works from anywhere, from a disk and from a server, and asks nothing of anybody else.

One copy of the site, in a folder with a space and Arabic letters in its name, is opened from the file system and served
from a path below the root. A browser opens every page but the citations and the editions, of which it takes a sample; the
links of all of them are followed in the files.
"""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

BELOW = "some/where/qantar"
KEPT = {"mode", "reading"}  # the reader's own choices
MANY, SAMPLE = ("cite", "v"), 60  # folders with many pages made alike, and of how many one is opened
SENDS_ON = "//meta[translate(@http-equiv, 'R', 'r')='refresh']/@content"
ADDRESSES = f"//@href | //@src | //@action | //@poster | //object/@data | {SENDS_ON}"

# An edition stays as it was published: the citations of this one keep out the scripts that all editions load.
FROZEN = {"v/0.2.0/cite/": ("editions.js", "edition.js")}

# What a page keeps or lacks once all its pictures are there, a line each.
STATE = """async (kept) => {
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.allSettled(images.map((image) => image.decode()));
  const databases = await indexedDB.databases().catch(() => []);
  const caches_ = self.isSecureContext && self.caches ? await caches.keys().catch(() => []) : [];
  return [
    ...images.filter((image) => !image.naturalWidth).map((image) => `no picture: ${image.src}`),
    ...Object.keys(localStorage).filter((name) => !kept.includes(name)).map((name) => `localStorage: ${name}`),
    ...Object.keys(sessionStorage).map((name) => `sessionStorage: ${name}`),
    ...databases.map(({ name }) => `database: ${name}`),
    ...caches_.map((name) => `cache: ${name}`),
    ...(document.cookie ? [`cookie: ${document.cookie}`] : []),
  ];
}"""


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory) -> Path:
    """Where the copy stands; the site is in it at ``BELOW``."""
    home = tmp_path_factory.mktemp("whole") / "كتاب on a stick"
    shutil.copytree(site, home / BELOW)
    return home


@pytest.fixture(scope="module")
def pages(folder) -> list[str]:
    return sorted(path.relative_to(folder / BELOW).as_posix() for path in (folder / BELOW).rglob("*.html"))


@pytest.fixture(scope="module", params=["from a disk", "from a server"])
def base(request, folder, serving) -> Iterator[str]:
    """The address of the moved site, with a slash at its end."""
    if request.param == "from a disk":
        yield f"{(folder / BELOW).as_uri()}/"
    else:
        with serving(folder) as address:
            yield f"{address}/{BELOW}/"


def opened(pages: list[str]) -> list[str]:
    """The pages that the browser opens: one of each kind at least."""
    alike = {top: [page for page in pages if page.startswith(f"{top}/")] for top in MANY}
    return [page for page in pages if not page.startswith(tuple(f"{top}/" for top in MANY))] + [p for many in alike.values() for p in many[::SAMPLE]]


def test_no_page_has_an_error_or_asks_or_keeps_anything(chromium, base, folder, pages):
    context, faults = chromium.new_context(), []
    page = context.new_page()
    at = ""

    def fault(text: str) -> None:
        known = [name for top, names in FROZEN.items() if at.startswith(top) for name in names]
        if not any(name in text for name in known):
            faults.append(f"{at}: {text}")

    page.on("pageerror", lambda error: fault(str(error)))
    page.on("console", lambda message: fault(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: None if request.url.startswith((base, "data:")) else fault(f"asks {request.url}"))
    page.on("requestfailed", lambda request: fault(f"did not get {request.url}"))
    page.on("response", lambda response: fault(f"{response.status} for {response.url}") if response.status >= 400 else None)
    for at in opened(pages):
        page.goto(base + at)
        if parsed(folder / BELOW / at).xpath(SENDS_ON):
            page.wait_for_url(lambda url, first=base + at: url != first)
        for line in page.evaluate(STATE, sorted(KEPT)):
            fault(line)
    if context.cookies():
        fault(f"cookies: {context.cookies()}")
    context.close()
    assert not faults, "\n".join(faults)


def test_what_a_reader_chooses_is_all_that_is_kept(chromium, base):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{base}chapters/figures.html")
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("Object.keys(localStorage)") == ["mode"]
    assert page.evaluate(STATE, sorted(KEPT)) == [] and not context.cookies()
    context.close()


# ---------------------------------------------------------------------------------------------------------- the links


@cache
def parsed(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


@cache
def ids(path: Path) -> frozenset[str]:
    return frozenset(parsed(path).xpath("//@id | //a/@name"))


def addresses(path: Path) -> list[str]:
    """All addresses of a page: links, pictures, scripts, sheets, forms, and where it sends the reader on."""
    found = parsed(path).xpath(ADDRESSES)
    return list(dict.fromkeys(text.partition("url=")[2] if text.attrname == "content" else str(text) for text in found))


def broken(path: Path, address: str, site: Path) -> str:
    """Why an address of a page leads nowhere within the site, or nothing."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith("/"):
        return "counts from the root of a server"
    target = Path(unquote(urlsplit(urljoin(path.as_uri(), parts.path)).path)) if parts.path else path
    if not target.is_relative_to(site):
        return "leads out of the site"
    if not target.is_file():
        return "leads to no file"
    if parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in ids(target):
        return "leads to no element"
    return ""


def test_every_address_leads_somewhere(folder, pages):
    site = folder / BELOW
    wrong = [f"{page}: {address} {why}" for page in pages for address in addresses(site / page) if (why := broken(site / page, address, site))]
    assert not wrong, "\n".join(wrong)


def test_every_page_has_a_policy_that_lets_in_what_it_loads_as_an_edition(folder, pages):
    for page in (page for page in pages if not page.startswith("v/0.")):
        root = parsed(folder / BELOW / page)
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") or [""]
        assert root.xpath(SENDS_ON) or all(f"{kind} 'self'" in policy for kind in ("script-src", "style-src")) and "default-src 'none'" in policy, page


@pytest.mark.parametrize(("address", "why"), [
    ("x.html#here", ""), ("#here", ""), ("../ق.html", ""), ("%D9%82.html", "leads to no file"), ("../%D9%82.html?x=1", ""),
    ("https://example.org/x", ""), ("x.html#there", "leads to no element"), ("gone.png", "leads to no file"), ("../a", "leads to no file"),
    ("/x.html", "counts from the root of a server"), ("../../x", "leads out of the site"),
])
def test_a_broken_address_is_seen(tmp_path, address, why):
    (tmp_path / "a").mkdir()
    for name in ("a/x.html", "ق.html"):
        (tmp_path / name).write_text('<p id="here">x</p>', encoding="utf-8")
    assert broken(tmp_path / "a" / "x.html", address, tmp_path) == why
