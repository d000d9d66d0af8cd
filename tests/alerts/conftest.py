import pytest

from tests.alerts.readers import Town
from tests.databases import KINDS, own_database


@pytest.fixture(params=KINDS)
def town(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        town = Town(url, tmp_path)
        yield town
        town.close()
