"""The product against its own OpenAPI document: no 5xx, and no answer that is not written down."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sundial_local.layout import openapi_file

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_path(str(openapi_file())).get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS])
def test_answers_are_the_documented_ones(operation: APIOperation, product_url: str, bearer: str):
    @settings(max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        response = case.call(
            base_url=product_url, headers={"Authorization": f"Bearer {bearer}", **(case.headers or {})}, timeout=20
        )
        case.validate_response(response, checks=CHECKS)

    ask()
