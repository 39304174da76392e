"""Writes what Python peers wrote and read, as JSON by file name, for unit tests in packages/relations. Equal at each run."""

import json
import logging
import sys

from known_keys import known_key
from odd_requests import odd_requests
from run import run

MODEL = {"name": "obs", "uuid": "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"}
# One name each: the library puts several in the order of a Python set, which differs between versions of Python.
REQUESTS = {
    0: {"common-name": "zinc-0.example.com"},
    1: {"common-name": "zinc-1.example.com"},
    2: {"common-name": "zinc.example.org"},
}
DENIED = "zinc.example.org"
AUTHORITY_KEY, APPLICATION_KEY = 10, 11


def requirer(event: str, *, unit: int = 0, config: dict, **bags) -> dict:
    """One run of the charm that asks for a certificate."""
    return run({
        "charm": "tls-requirer",
        "application": "zinc",
        "unit": unit,
        "address": f"10.1.7.2{unit}",
        "leader": unit == 0,
        "model": MODEL,
        "config": config,
        "event": event,
        "relation": {"endpoint": "certificates", "id": 3, "application": "authority", **bags},
    })


def certificates() -> dict:
    """Three units and their application ask; all but one get a certificate."""
    configs = {unit: {**told, "wildcard": False, "private-key": known_key(unit)} for unit, told in REQUESTS.items()}
    whole = {"mode": "app", "ca": True, "common-name": "zinc", "wildcard": False}
    whole["private-key"] = known_key(APPLICATION_KEY)
    units = {
        unit: requirer("relation-created", unit=unit, config=config)["unit"] for unit, config in configs.items()
    }
    application = requirer("relation-created", config=whole)["application"]
    provider = {"application": {}}
    # One at a time, since the library answers those that wait in no particular order.
    for arrived in range(len(units) + 1):
        provider = run({
            "charm": "tls-provider",
            "application": "authority",
            "unit": 0,
            "address": "10.1.8.1",
            "leader": True,
            "model": MODEL,
            "config": {"private-key": known_key(AUTHORITY_KEY), "deny": DENIED},
            "event": "relation-changed",
            "relation": {
                "endpoint": "certificates",
                "id": 3,
                "application": "zinc",
                "localApplication": provider["application"],
                "remoteApplication": application if arrived == len(units) else {},
                "remoteUnits": {unit: bag if unit <= arrived else {} for unit, bag in units.items()},
            },
        })
    answer = provider["application"]
    read = {
        unit: requirer("relation-changed", unit=unit, config=config, localUnit=units[unit], remoteApplication=answer)
        for unit, config in configs.items()
    }
    read_whole = requirer("relation-changed", config=whole, localApplication=application, remoteApplication=answer)
    return {
        "requirer": {"application": application, "units": {f"zinc/{unit}": bag for unit, bag in units.items()}},
        "provider": {"application": answer},
        "python": {
            "provider": provider["report"],
            "application": read_whole["report"],
            "units": {f"zinc/{unit}": one["report"] for unit, one in read.items()},
        },
    }


def transfer(certificates: list) -> dict:
    """The same certificates handed on to a requirer of version 1, and to one that says nothing."""
    relation = {"id": 4, "application": "trust"}
    asked = run({
        "charm": "transfer-requirer",
        "application": "trust",
        "unit": 0,
        "address": "10.1.9.1",
        "leader": True,
        "model": MODEL,
        "event": "relation-created",
        "relation": {"endpoint": "receive-ca-cert", "id": 4, "application": "authority"},
    })["application"]

    def provide(bag: dict) -> dict:
        return run({
            "charm": "transfer-provider",
            "application": "authority",
            "unit": 0,
            "address": "10.1.8.1",
            "leader": True,
            "model": MODEL,
            "config": {"certificates": json.dumps(certificates)},
            "event": "relation-changed",
            "relation": {"endpoint": "send-ca-cert", **relation, "remoteApplication": bag},
        })

    new, old = provide(asked), provide({})
    return {
        "requirer": {"application": asked},
        "version1": {"application": new["application"], "unit": new["unit"]},
        "version0": {"application": old["application"], "unit": old["unit"]},
        "certificates": sorted(certificates),
    }


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    issued = certificates()
    entries = json.loads(issued["provider"]["application"]["certificates"])
    handed_on = sorted({entries[0]["ca"], *(entry["certificate"] for entry in entries)})
    json.dump(
        {
            "zinc.tls-certificates-1.12.python.json": issued,
            "authority.certificate-transfer-1.1.python.json": transfer(handed_on),
            "odd.signing-requests.python.json": odd_requests(),
        },
        sys.stdout,
    )
