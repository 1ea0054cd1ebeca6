"""A real JupyterLab in headless Chromium, for tests and benchmarks.

Its server has private configuration, data and workspace folders, so that nothing of the person
who runs it can change the result.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
"""The browser on this machine; empty where there is none."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
# Prompts that would cover the page: news, updates, and which kernel to use.
SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"autoStartDefaultKernel": True},
}
# Messages of the console that say nothing about our pages.
HARMLESS = ("favicon", "was preloaded using link preload", "GPU stall due to ReadPixels")


class Lab:
    """A running JupyterLab server and a browser."""

    def __init__(self, url: str, token: str, home: Path, folder: Path, browser) -> None:
        self.url, self.token, self.home, self.folder = url, token, home, folder
        self.browser = browser
        self._count = 0

    def write(self, cells: list, *, trusted: bool = True, metadata: dict | None = None) -> str:
        """Write a notebook into the server's folder.

        Args:
            cells: made by `nbformat.v4.new_code_cell` and the like.
            trusted: whether JupyterLab trusts the outputs.
            metadata: the notebook's, for example `widgets`.

        Returns:
            The name of the file.
        """
        self._count += 1
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata or {})
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        notebook.metadata["count"] = self._count  # trust goes by content: no two are the same
        if trusted:
            NotebookNotary(data_dir=str(self.home / "data")).sign(notebook)
        name = f"test-{self._count}.ipynb"
        nbformat.write(notebook, self.folder / name)
        return name

    @contextmanager
    def open(self, name: str, *, theme: str = "light", kernel: bool = True, **context) -> Iterator:
        """The page of a notebook in the server's folder.

        Args:
            name: the notebook's file name.
            theme: `light` or `dark`, JupyterLab's own.
            kernel: whether to wait until the kernel is ready.
            context: options of Playwright's `new_context`.
        """
        with self.page(f"lab/tree/{name}", theme=theme, **context) as page:
            page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell", timeout=30_000)
            if kernel:
                page.evaluate(KERNEL_INFO)
            yield page

    @contextmanager
    def page(self, address: str = "lab", *, theme: str = "light", **context) -> Iterator:
        """A page of JupyterLab; an error in its console, or a request to elsewhere, fails.

        Args:
            address: what comes after the server's address.
            theme: `light` or `dark`, JupyterLab's own.
            context: options of Playwright's `new_context`.
        """
        self._set_theme(theme)
        context = self.browser.new_context(viewport={"width": 1280, "height": 1000}, **context)
        page = context.new_page()
        page.errors = watch(page, self.url)
        try:
            page.goto(f"{self.url}/{address}?token={self.token}&reset")
            page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
            page.evaluate("window.jupyterapp.restored")
            yield page
            assert not page.errors, f"the console of the browser has errors: {page.errors}"
        finally:
            context.close()

    def run_all(self, page) -> None:
        """Run all cells of the notebook and wait until the kernel has answered."""
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def sources(self, page) -> list[str]:
        """The text of all cells of the notebook, as JupyterLab has it now."""
        return page.evaluate(
            "[...window.jupyterapp.shell.currentWidget.content.model.cells]"
            ".map(cell => cell.sharedModel.source)"
        )

    def _set_theme(self, theme: str) -> None:
        name = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}[theme]
        path = self.home / "settings" / "@jupyterlab/apputils-extension"
        path.mkdir(parents=True, exist_ok=True)
        (path / "themes.jupyterlab-settings").write_text(json.dumps({"theme": name}), "utf-8")


def watch(page, server: str) -> list[str]:
    """The errors in a page's console and its requests to elsewhere: a list that grows."""
    errors: list[str] = []

    def said(message) -> None:
        if message.type == "error" and not any(word in message.text for word in HARMLESS):
            errors.append(f"{message.text} {message.location.get('url', '')}")

    def asked(request) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            errors.append(f"request to {request.url}")

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", said)
    page.on("request", asked)
    return errors


KERNEL_INFO = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_browser() -> Iterator:
    """Debian's Chromium. Playwright allows one a process at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def barriers(page, context: str | None = None) -> list[tuple]:
    """What axe-core finds serious or critical on a page, or in a part of it (a CSS selector)."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # To describe what is right takes as long as to find what is wrong.
    found = axe.run(page, context=context, options={"resultTypes": ["violations"]})
    return [
        (each["id"], each["impact"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@contextmanager
def running_lab(
    home: Path,
    browser=None,
    *,
    command: Sequence[str] = (sys.executable, "-m", "jupyterlab"),
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Lab]:
    """A JupyterLab server, and a browser for it if none is given.

    Everything that the server writes is below the folder `home`.

    Args:
        home: a new folder for its configuration, its data and its settings.
        browser: the browser that looks at it.
        command: what starts it; JupyterLab's options follow.
        folder: where it starts; a new one by default.
        environment: more variables.
    """
    if browser is None:
        with (
            running_browser() as browser,
            running_lab(
                home, browser, command=command, folder=folder, environment=environment
            ) as lab,
        ):
            yield lab
        return
    names = ("config", "data", "runtime", "settings", "workspaces", "ipython")
    folders = {name: home / name for name in names}
    folder = folder or home / "work"
    for each in (*folders.values(), folder):
        each.mkdir(parents=True, exist_ok=True)
    for path, content in SETTINGS.items():
        target = folders["settings"] / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content), "utf-8")
    port, token = _free_port(), secrets.token_hex(16)
    private = {
        "JUPYTER_CONFIG_DIR": str(folders["config"]),
        "JUPYTER_DATA_DIR": str(folders["data"]),
        "JUPYTER_RUNTIME_DIR": str(folders["runtime"]),
        "JUPYTERLAB_SETTINGS_DIR": str(folders["settings"]),
        "JUPYTERLAB_WORKSPACES_DIR": str(folders["workspaces"]),
        "IPYTHONDIR": str(folders["ipython"]),
        "OMP_NUM_THREADS": "1",
    }
    options = [
        *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"),
        *("--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url="),
        "--ServerApp.log_level=WARN",
    ]
    log = (home / "server.log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [*command, *options],
        cwd=folder,
        env=os.environ | private | dict(environment or {}),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api?token={token}", server, home / "server.log")
        yield Lab(url, token, home, folder, browser)
    finally:
        _end(server)
        log.close()


def _end(server: subprocess.Popen) -> None:
    """End the server and the command that started it."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own server)
                return
        except (urllib.error.URLError, OSError):
            if server.poll() is not None:
                break
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text('utf-8')[-3000:]}")
