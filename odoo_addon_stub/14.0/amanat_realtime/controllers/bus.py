from odoo.addons.bus.controllers.main import BusController
from odoo.http import request


class GuardedBusController(BusController):
    """Gives the private channel to the one service user, and guarded names to nobody else."""

    def _poll(self, dbname, channels, last, options):
        allowed = request.env["bus.bus"]._realtime_channels(channels)
        return super()._poll(dbname, allowed, last, options)
