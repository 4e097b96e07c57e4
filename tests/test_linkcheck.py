"""What becomes of links elsewhere, asked of a server on this machine; addresses of others are never asked in tests."""

import http.server
import io
import threading

import pytest

from qantar.book import linkcheck
from qantar.problems import DataError

ANSWERS = {"/right": 200, "/gone": 404, "/refused": 403, "/broken": 500}


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(301 if self.path == "/moved" else ANSWERS.get(self.path, 404))
        if self.path == "/moved":
            self.send_header("Location", "/right")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(host, tmp_path):
    """A site with a link of each sort; an edition in it has one of its own."""
    (tmp_path / "v" / "0.1.0").mkdir(parents=True)
    links = [*ANSWERS, "/moved", "/right#part", "/left?a=1&b=(2)_*x*"]
    page = "".join(f'<a href="{host}{path.replace("&", "&amp;")}">x</a>' for path in links) + '<a href="http://127.0.0.1:9/">x</a><a href="other.html">x</a>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "other.html").write_text(f'<a href="{host}/gone">x</a>', encoding="utf-8")
    (tmp_path / "v" / "0.1.0" / "index.html").write_text(f'<a href="{host}/old">x</a>', encoding="utf-8")
    return tmp_path


def test_links_elsewhere_are_gathered_once_with_their_pages(site, host):
    found = linkcheck.addresses(site)
    assert found[f"{host}/gone"] == ("index.html", "other.html") and found[f"{host}/right"] == ("index.html",)
    assert f"{host}/left?a=1&b=(2)_*x*" in found and not [address for address in found if "old" in address or "#" in address]


def test_each_link_is_told_by_what_became_of_it(site, host, monkeypatch, capsys):
    monkeypatch.setattr(linkcheck, "ignored", lambda: [f"{host}/left.*"])
    monkeypatch.setattr(linkcheck, "SETTINGS", {**linkcheck.SETTINGS, "linkcheck_retries": 1})
    assert linkcheck.main(str(site)) == 1
    shown = capsys.readouterr().out
    links = linkcheck.check(linkcheck.addresses(site), [f"{host}/left.*"], io.StringIO())
    assert {link.address.removeprefix(host): link.status for link in links} == {
        "/right": "right", "/gone": "broken", "/refused": "refused", "/broken": "broken", "/moved": "moved", "/left?a=1&b=(2)_*x*": "ignored",
        "http://127.0.0.1:9/": "no answer",
    }
    assert links[0].status == "broken" and shown.startswith("broken: ")
    assert f"broken: {host}/gone\n    404 Client Error" in shown and "    in index.html, other.html" in shown
    assert f"moved: {host}/moved\n    {host}/right" in shown and f"right: {host}" not in shown and "7 links in all" in shown


def test_nothing_is_broken_where_all_are_right(site, host, monkeypatch, capsys):
    (site / "index.html").write_text(f'<a href="{host}/right">x</a>', encoding="utf-8")
    (site / "other.html").unlink()
    assert linkcheck.main(str(site)) == 0 and "right     1" in capsys.readouterr().out


def test_without_a_site_there_is_one_clear_line(tmp_path):
    with pytest.raises(SystemExit, match="holds no built site; run `make book`"):
        linkcheck.main(str(tmp_path))


@pytest.mark.parametrize(("row", "said"), [("https://x.org/(,because", "is no regular expression"), ("https://x.org/.*,", "is empty; say why")])
def test_what_is_left_out_is_a_pattern_with_a_reason(tmp_path, row, said):
    (tmp_path / "x.csv").write_text(f"address,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"x.csv:2:.*{said}"):
        linkcheck.ignored(tmp_path / "x.csv")


def test_the_list_of_what_is_left_out_is_sound():
    assert linkcheck.ignored()
