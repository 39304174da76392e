"""A charm whose greeter is scraped."""

import json
import os
from pathlib import Path

import ops
from cosl import JujuTopology
from cosl.rules import AlertRules, generic_alert_groups
from workload import Workload

RULES = Path(__file__).parent / "prometheus_alert_rules"
ENDPOINT = "metrics-endpoint"


class GreeterCharm(ops.CharmBase):
    """Runs a greeter, and says over prometheus_scrape who it is, where it is scraped and by which rules it is watched."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._fail_if_asked()
        self.workload = Workload(self.charm_dir)
        relation = self.on[ENDPOINT]
        for event in (self.on.start, self.on.config_changed, self.on.upgrade_charm, self.on.update_status):
            framework.observe(event, self._on_work)
        for event in (relation.relation_joined, relation.relation_changed, self.on.leader_elected):
            framework.observe(event, self._on_relation)
        framework.observe(self.on.stop, self._on_stop)

    def _on_work(self, _: ops.EventBase):
        before, port = self.workload.port, int(self.config["port"])
        try:
            self.workload.start(self._address(), port)
        except RuntimeError as error:
            self.unit.status = ops.BlockedStatus(f"greeter does not start: {error}")
            return
        if before is not None and before != port:
            self.unit.close_port("tcp", before)
        self.unit.open_port("tcp", port)
        self.unit.status = ops.ActiveStatus(f"greets on port {port}")
        self._publish()

    def _on_relation(self, _: ops.EventBase):
        self._publish()

    def _on_stop(self, _: ops.StopEvent):
        self.workload.stop()

    def _publish(self):
        for relation in self.model.relations[ENDPOINT]:
            relation.data[self.unit]["prometheus_scrape_unit_address"] = self._address()
            relation.data[self.unit]["prometheus_scrape_unit_name"] = self.unit.name
            if self.unit.is_leader():
                self._publish_for_all(relation)

    def _publish_for_all(self, relation: ops.Relation):
        topology = JujuTopology.from_charm(self)
        rules = AlertRules(query_type="promql", topology=topology)
        rules.add_path(RULES, recursive=True)
        rules.add(generic_alert_groups.application_rules, group_name_prefix=topology.identifier)
        job = {"metrics_path": "/metrics", "static_configs": [{"targets": [f"*:{self.config['port']}"]}]}
        if secret := self.config.get("credentials"):
            # As the field's charms do it: what was kept as a secret goes into the bag in clear.
            content = self.model.get_secret(id=str(secret)).get_content(refresh=True)
            job["basic_auth"] = {"username": "greeter", "password": content["password"]}
        jobs = [job]
        bag = relation.data[self.app]
        bag["scrape_metadata"] = json.dumps(topology.as_dict())
        bag["scrape_jobs"] = json.dumps(jobs)
        bag["alert_rules"] = json.dumps(rules.as_dict())

    def _address(self) -> str:
        binding = self.model.get_binding(ENDPOINT)
        return str(binding.network.bind_address) if binding else ""

    def _fail_if_asked(self):
        hook = os.environ.get("JUJU_DISPATCH_PATH", "").rpartition("/")[2]
        if hook and hook == self.config["fail-hook"]:
            raise RuntimeError(f"hook {hook} fails, since fail-hook names it")

    def report(self):
        """What the scraper says it could not take, relation by relation."""
        relations = self.model.relations[ENDPOINT]
        return {"events": [one.data[one.app].get("event", "") for one in relations if one.app]}


if __name__ == "__main__":
    ops.main(GreeterCharm)
