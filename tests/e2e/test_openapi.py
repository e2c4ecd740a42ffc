"""Every service against its own OpenAPI document: no 5xx, and no answer that is not written down."""

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

schema = schemathesis.pytest.from_fixture("described_product")


@schema.parametrize()
@settings(max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_answers_are_the_documented_ones(case: schemathesis.Case, bearer: str):
    response = case.call(headers={"Authorization": f"Bearer {bearer}"}, timeout=20)
    case.validate_response(response, checks=CHECKS)
