"""A charm that reads what it should scrape."""

import json

import ops
from cosl import JujuTopology
from cosl.rules import Rules

ENDPOINT = "metrics-endpoint"


class ReaderCharm(ops.CharmBase):
    """Writes what it read to ``report.json`` in its folder, and the sums to its status."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        relation = self.on[ENDPOINT]
        for event in (self.on.start, relation.relation_changed, relation.relation_departed, relation.relation_broken):
            framework.observe(event, self._on_change)

    def _on_change(self, _: ops.EventBase):
        report = self.report()
        (self.charm_dir / "report.json").write_text(json.dumps(report, indent=1))
        applications = report["applications"].values()
        rules = sum(len(group["rules"]) for one in applications for group in one["groups"])
        targets = sum(len(one["targets"]) for one in applications)
        self.unit.status = ops.ActiveStatus(f"{rules} rules and {targets} targets of {len(applications)} applications")

    def report(self):
        """Identity, targets and rules of each related application that has said who it is, by its name."""
        relations = self.model.relations[ENDPOINT]
        return {"applications": {one.app.name: _read(one) for one in relations if _has_spoken(one)}}


def _has_spoken(relation: ops.Relation) -> bool:
    return bool(relation.app and relation.units and relation.data[relation.app].get("scrape_metadata"))


def _read(relation: ops.Relation) -> dict:
    bag = relation.data[relation.app]
    metadata = json.loads(bag["scrape_metadata"])
    topology = JujuTopology.from_dict(metadata)
    rules = Rules(query_type="promql").inject_and_validate_rules(json.loads(bag.get("alert_rules") or "{}"), metadata)
    return {
        "identifier": topology.identifier,
        "labels": topology.label_matcher_dict,
        "groups": rules.rules["groups"],
        "error": rules.errmsg,
        "targets": _targets(relation, json.loads(bag.get("scrape_jobs") or "[]")),
    }


def _targets(relation: ops.Relation, jobs: list) -> list:
    """Where each unit is scraped: a target whose host is ``*`` stands for all of them."""
    written = [target for job in jobs for config in job["static_configs"] for target in config["targets"]]
    hosts = [relation.data[unit].get("prometheus_scrape_unit_address", "") for unit in relation.units]
    expanded = [
        f"{host}{target[1:]}" for target in written if target.startswith("*:") for host in hosts if host
    ]
    return sorted(expanded + [target for target in written if not target.startswith("*:")])


if __name__ == "__main__":
    ops.main(ReaderCharm)
