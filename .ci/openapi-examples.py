"""Validates an OpenAPI document, and each example in it by its schema.

Requests are judged strictly: with `x-strict` merged into the schemas around it, without unknown parameters, and JSON inside of
texts by its `contentSchema`. Answers are judged as the schemas say.
"""
import json
import sys
from collections import Counter
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

FORM = "application/x-www-form-urlencoded"
METHODS = ("get", "post")


def main(path: str) -> int:
    document = yaml.load(Path(path).read_text(encoding="utf-8"), yaml.CSafeLoader)
    validate(document)
    faults, counts = [], Counter()
    strict = strictly(document)
    for place, kind, schema, example in examples(document):
        counts[kind] += 1
        judged = strict if kind in ("requests", "parameters") else document
        faults += [f"{place}: {fault}" for fault in breaches(judged, schema, example)]
    for fault in faults:
        print(fault, file=sys.stderr)
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    print(f"{path}: valid; {len(document['paths'])} actions; examples: {found}; {len(faults)} faults")
    if 0 in (counts[kind] for kind in ("requests", "parameters", "answers", "refusals")):
        print("a kind of example is missing: the check is blind", file=sys.stderr)
        return 1
    return 1 if faults else 0


def examples(document: dict):
    """Place, kind, schema (with its references) and value of every example that is not XML."""
    for path, item in document["paths"].items():
        for method in METHODS:
            body = item.get(method, {}).get("requestBody", {}).get("content", {}).get(FORM, {})
            for name, example in body.get("examples", {}).items():
                yield f"{path} {name}", "requests", body["schema"], example["value"]
    for name, response in document["components"]["responses"].items():
        content = response["content"]["application/json"]
        kind = "refusals" if content["schema"].get("$ref", "").endswith("/Error") else "answers"
        for key, example in content.get("examples", {}).items():
            yield f"response {name} {key}", kind, content["schema"], example["value"]
    for name, schema in document["components"]["schemas"].items():
        # The schemas of requests have names of paths.
        is_request = f"/?Action={name}" in document["paths"]
        yield from inner(f"schema {name}", schema, "parameters" if is_request else "fields")


def inner(place: str, schema: object, kind: str):
    """The examples inside of a schema."""
    if isinstance(schema, list):
        for index, one in enumerate(schema):
            yield from inner(f"{place}[{index}]", one, kind)
    elif isinstance(schema, dict):
        values = schema.get("examples", [])
        for example in values if isinstance(values, list) else []:
            yield place, kind, schema, example
        if "default" in schema and not isinstance(schema["default"], dict):
            yield f"{place} default", kind, schema, schema["default"]
        for key, one in schema.items():
            if key not in ("examples", "default", "enum"):
                yield from inner(f"{place}.{key}", one, kind)


def breaches(document: dict, schema: dict, value: object):
    judged = {"components": document["components"], "allOf": [strictly(schema) if "x-judged" in document else schema]}
    for error in Draft202012Validator(judged, format_checker=FormatChecker()).iter_errors(value):
        yield f"{'.'.join(map(str, error.absolute_path))} {error.message[:300]}"
    yield from texts(document, schema, value)
    yield from lists(schema_of(document, schema), value)


def schema_of(document: dict, schema: dict) -> dict:
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def texts(document: dict, schema: dict, value: object):
    """Faults of JSON inside of texts."""
    schema = schema_of(document, schema)
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts(document, schema.get("properties", {}).get(name, {}), one)
    elif isinstance(value, str) and "contentSchema" in schema:
        yield from breaches(document, schema["contentSchema"], json.loads(value))


def lists(schema: dict, value: object):
    """Faults of numbered lists: gaps, too few or too many elements."""
    if not isinstance(value, dict):
        return
    for name, bounds in schema.get("x-lists", {}).items():
        if ".N" in name:
            continue
        numbers = {int(key.split(".")[1]) for key in value if key.startswith(f"{name}.")}
        if numbers and not (numbers == set(range(1, len(numbers) + 1)) and bounds["minItems"] <= len(numbers) <= bounds["maxItems"]):
            yield f"{name}: elements {sorted(numbers)} for {bounds}"


def strictly(schema: object) -> object:
    """A copy in which the strict keywords count."""
    if isinstance(schema, list):
        return [strictly(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strictly(one) for key, one in schema.items() if key != "x-strict"}
    if "x-strict" in schema:
        made["allOf"] = [*made.get("allOf", []), strictly(schema["x-strict"])]
    if "patternProperties" in schema or "x-lists" in schema or str(schema.get("description", "")).startswith("Parameters of "):
        made["additionalProperties"] = False
    if "openapi" in schema:
        made["x-judged"] = True
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
