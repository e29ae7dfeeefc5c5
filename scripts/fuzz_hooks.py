"""Has three of four made-up requests speak of things that exist, so that they get past "not found"."""
import json
import os
import uuid
import zlib

import schemathesis

with open(os.environ["FUZZ_KNOWN"]) as file:
    KNOWN = json.load(file)


def is_id(value):
    try:
        return str(uuid.UUID(value)) == value
    except (AttributeError, TypeError, ValueError):
        return False


@schemathesis.hook
def before_call(context, case, kwargs):
    # The same ones in every run.
    if zlib.crc32(repr((case.path_parameters, case.body)).encode()) % 4 == 0:
        return
    kind = case.operation.path.removeprefix("/v1/").split("/")[0]
    parameters = case.path_parameters
    if kind in KNOWN and isinstance(parameters, dict) and is_id(parameters.get("id")):
        parameters["id"] = KNOWN[kind]
    if isinstance(case.body, dict):
        case.body = {name: KNOWN.get(name, value) if is_id(value) else value for name, value in case.body.items()}
