"""The pages open in a real browser, from the file system, without an error in its console."""

import pytest


@pytest.mark.parametrize("name", ["overview", "report", "figures"])
def test_a_page_opens_without_an_error(open_page, name):
    page = open_page(f"chapters/{name}.html")
    assert page.locator('article [lang="ar"]').count()
