"""The form with which a file comes is described as it is read, and says so when there is no file in it."""

import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from appointments.routes import imports
from appointments.schemas.imports import NewImportForm
from plumbing.words import words


def test_a_text_in_place_of_a_file_is_refused_in_plain_words():
    with pytest.raises(ValidationError) as refused:
        NewImportForm.model_validate({"kind": "staff", "file": "staff.csv"})
    [item] = refused.value.errors()
    assert (item["loc"], words(item)) == (("file",), "must be a file, in multipart/form-data")


def test_the_form_is_described_as_the_only_one_that_is_read():
    app = FastAPI()
    app.include_router(imports.router)
    described = app.openapi()
    content = described["paths"]["/api/imports"]["post"]["requestBody"]["content"]
    assert content.keys() == {"multipart/form-data"}
    assert described["components"]["schemas"]["NewImportForm"]["properties"]["file"] == {
        "type": "string",
        "format": "binary",
        "title": "File",
    }
