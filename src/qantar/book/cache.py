"""No stale number: executed chapters are kept under a digest of all that they are computed from.

Jupyter Book's cache looks at the cells of a chapter alone and would print old numbers after a change in the code or
the data. With the digest in the path of the cache, and in Sphinx's environment, such a change executes and reads all
chapters again.
"""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from qantar.book.digests import digest
from qantar.book.notebook import is_notebook, read

logger = logging.getLogger(__name__)


def _use_digest(app: Sphinx, config: Config) -> None:
    config["qantar_digest"] = digest()
    folder = Path(app.outdir).parent / ".jupyter_cache"
    config["nb_execution_cache_path"] = str(folder / config["qantar_digest"])
    for old in folder.glob("*"):
        if old.name != config["qantar_digest"]:
            shutil.rmtree(old)


def _execute_ahead(app: Sphinx) -> None:
    """Execute what the cache lacks, several chapters at once; Sphinx alone would do one after the other.

    A chapter that fails is not kept, so that Sphinx meets it again and reports where it failed.
    """
    chapters = [path for name in sorted(app.project.discover(app.config.exclude_patterns, app.config.include_patterns)) if is_notebook(path := Path(app.env.doc2path(name)))]
    store = get_cache(app.config["nb_execution_cache_path"])
    for path in chapters:
        store.add_nb_to_project(str(path), read_data={"name": "myst_nb_md", "type": "plugin"})
    lacking = len(store.list_unexecuted([str(path) for path in chapters]))
    if lacking > 1:
        logger.info("executing %s chapters", lacking)
        load_executor("local-parallel", store).run_and_cache(timeout=app.config["nb_execution_timeout"])
        multiprocessing.get_logger().setLevel("WARNING")  # it would announce the end of every process


def executed(app: Sphinx, path: Path) -> nbformat.NotebookNode | None:
    """A chapter's notebook with the outputs that its page shows, or nothing if it has no cells or one of them failed."""
    if not is_notebook(path):
        return None
    try:
        return get_cache(app.config["nb_execution_cache_path"]).merge_match_into_notebook(read(path))[1]
    except KeyError:
        return None


def setup(app: Sphinx) -> None:
    """Register with Sphinx; before MyST-NB reads the path of its cache."""
    app.add_config_value("qantar_digest", "", "env", str)
    app.connect("config-inited", _use_digest, priority=1)
    app.connect("builder-inited", _execute_ahead, priority=900)
