"""Runs peers' charms under Scenario: reads one JSON list of runs on standard input, writes one list of results."""

import importlib.util
import json
import logging
import sys
from pathlib import Path

import ops
import scenario
import yaml

CHARMS = Path(__file__).parent.parent / "charms"

OF_A_UNIT = ("relation-joined", "relation-changed", "relation-departed")


def run(asked: dict) -> dict:
    """Send one event to one unit; give what its bags hold then, its status, and what it reports.

    ``asked`` holds ``charm``, ``application``, ``unit`` (a number), ``address``, ``leader``, ``model``, ``config``, ``event`` (of the relation,
    such as ``relation-changed``), and ``relation``: ``endpoint``, ``id``, ``application``, ``remoteApplication``, ``remoteUnits``
    (bags by number), ``localApplication``, ``localUnit``. Application bags of its own are seen by a leader alone.
    """
    folder = CHARMS / asked["charm"]
    metadata = yaml.safe_load((folder / "charmcraft.yaml").read_text())
    charm_type = load_charm(folder)
    context = scenario.Context(
        charm_type,
        meta={key: metadata[key] for key in ("name", "provides", "requires") if key in metadata},
        config=metadata.get("config"),
        app_name=asked["application"],
        unit_id=asked["unit"],
    )
    given = asked["relation"]
    units = {int(number): bag for number, bag in given.get("remoteUnits", {"0": {}}).items()}
    relation = scenario.Relation(
        given["endpoint"],
        id=given["id"],
        remote_app_name=given["application"],
        remote_app_data=given.get("remoteApplication", {}),
        remote_units_data=units,
        local_app_data=given.get("localApplication", {}),
        local_unit_data=given.get("localUnit", {}),
    )
    state = scenario.State(
        leader=asked["leader"],
        model=scenario.Model(name=asked["model"]["name"], uuid=asked["model"]["uuid"], type="lxd"),
        config=asked.get("config", {}),
        relations={relation},
        networks={network(given["endpoint"], asked["address"])},
    )
    about_unit = {"remote_unit": min(units)} if asked["event"] in OF_A_UNIT else {}
    event = getattr(context.on, asked["event"].replace("-", "_"))(relation, **about_unit)
    with context(event, state) as manager:
        out = manager.run()
        report = manager.charm.report()
    after = out.get_relation(relation.id)
    return {
        "application": dict(after.local_app_data),
        "unit": dict(after.local_unit_data),
        "status": {"status": out.unit_status.name, "message": out.unit_status.message},
        "report": report,
    }


def network(endpoint: str, address: str) -> scenario.Network:
    """The network of an endpoint that has one address."""
    bound = scenario.BindAddress([scenario.Address(address)])
    return scenario.Network(endpoint, bind_addresses=[bound], ingress_addresses=[address])


def load_charm(folder: Path) -> type[ops.CharmBase]:
    """Import the one charm class of a folder."""
    name = f"{folder.name.replace('-', '_')}_charm"
    if name not in sys.modules:
        sys.path.insert(0, str(folder / "src"))
        spec = importlib.util.spec_from_file_location(name, folder / "src" / "charm.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    found = [
        one
        for one in vars(sys.modules[name]).values()
        if isinstance(one, type) and issubclass(one, ops.CharmBase) and one.__module__ == name
    ]
    return found[0]


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(json.dumps([run(asked) for asked in json.load(sys.stdin)]))
