"""A charm that hands certificates on."""

import json

import ops
from charmlibs.interfaces.certificate_transfer import CertificateTransferProvides


class TransferProviderCharm(ops.CharmBase):
    """Hands on the certificates of its configuration."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.transfer = CertificateTransferProvides(self, "send-ca-cert")
        for event in (self.on["send-ca-cert"].relation_created, self.on["send-ca-cert"].relation_changed):
            framework.observe(event, self._on_changed)

    def _on_changed(self, _: ops.RelationEvent):
        self.transfer.remove_all_certificates()
        self.transfer.add_certificates(set(json.loads(str(self.config["certificates"]))))

    def report(self):
        """What the library made of the relation: it reads nothing."""
        return {}


if __name__ == "__main__":
    ops.main(TransferProviderCharm)
