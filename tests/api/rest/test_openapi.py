"""The API does what its description says, whatever a program sends."""

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from starlette.testclient import TestClient

from api.people.models import Staff
from api.web.site import Site
from bot.service import Service
from tests.api.web.visits import ON_SQLITE, lives

pytestmark = ON_SQLITE

OPERATIONS = {
    "/healthz",
    "/healthz/ready",
    "/api/v1/cases/{code}",
    "/api/v1/results",
    "/api/v1/procedures",
    "/api/v1/ask",
    "/api/v1/ward",
}
STEADY = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_description_holds_the_whole_api_and_nothing_else(lan: TestClient) -> None:
    described = lan.get("/openapi.json").json()["paths"]
    assert set(described) == OPERATIONS
    assert all(set(operations) == {"get"} for operations in described.values())


def test_every_part_of_the_api_is_described_in_vietnamese(lan: TestClient) -> None:
    described = lan.get("/openapi.json").json()["paths"]
    for path, operations in described.items():
        words = operations["get"]["description"]
        assert any(ord(letter) > 127 for letter in words), path


def test_every_refusal_is_described_as_it_is_given(lan: TestClient) -> None:
    given_ = lan.get("/api/v1/results?page=0").json()
    described = lan.get("/openapi.json").json()

    for path, operations in described["paths"].items():
        for status, response in operations["get"]["responses"].items():
            if status != "200":
                schema = response["content"]["application/json"]["schema"]
                name = schema["$ref"].rsplit("/", 1)[1]
                fields = described["components"]["schemas"][name]["properties"]
                assert set(fields) == set(given_), (path, status)


def test_what_fits_the_description_is_answered_as_described(
    service: Service, site: Site, minh: Staff
) -> None:
    lives(site, minh)
    holds(service, GenerationMode.POSITIVE)


def test_what_does_not_fit_the_description_is_refused_as_described(
    service: Service, site: Site, minh: Staff
) -> None:
    lives(site, minh)
    holds(service, GenerationMode.NEGATIVE)


def holds(service: Service, mode: GenerationMode) -> None:
    """Send what schemathesis makes of the description; every check of it must pass."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", service.app)
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
            continue  # nothing can be sent wrongly

        @STEADY
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_its_word(case: Case) -> None:
            case.call_and_validate()

        keeps_its_word()
        tried += 1
    assert tried >= 4
