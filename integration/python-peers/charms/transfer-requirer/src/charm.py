"""A charm that takes certificates."""

import ops
from charmlibs.interfaces.certificate_transfer import CertificateTransferRequires


class TransferRequirerCharm(ops.CharmBase):
    """Reports the certificates that arrived."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.transfer = CertificateTransferRequires(self, "receive-ca-cert")

    def report(self):
        """What the library made of the relation."""
        return {"certificates": sorted(self.transfer.get_all_certificates())}


if __name__ == "__main__":
    ops.main(TransferRequirerCharm)
