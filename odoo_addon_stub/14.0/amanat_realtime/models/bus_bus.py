import logging
import unicodedata
from datetime import datetime, timedelta

from odoo import api, models
from odoo.addons.bus.models.bus import TIMEOUT, json_dump

from .realtime_messages import CHANNEL

_logger = logging.getLogger("amanat.realtime")


class BusBus(models.Model):
    """Guards our channels: in Odoo 14 anybody may send to, and listen to, any plain text.

    ``/longpolling/send`` is open to the public, and ``sendone``, ``sendmany`` and ``poll`` are
    methods that every logged-in user may call. What the server itself sends runs with all rights.
    """

    _inherit = "bus.bus"

    @api.model
    def sendmany(self, notifications):
        allowed = [(c, m) for c, m in notifications if self.env.su or not looks_guarded(c)]
        if len(allowed) < len(notifications):
            _logger.warning("user %s may not send on the bridge's channel: ignored", self.env.uid)
        return super().sendmany(allowed)

    @api.model
    def poll(self, channels, last=0, options=None):
        if not self.env.su:
            channels = [channel for channel in channels if not looks_guarded(channel)]
        return super().poll(channels, last, options)

    @api.model
    def _realtime_channels(self, channels):
        """Return the channels that this user may listen to; the bridge's own gets ours unasked."""
        if self.env.user._is_realtime_service_user():
            ours = self.env["amanat.announcer"]._channel()
            return [*channels, *([ours] if ours else [])]
        return [channel for channel in channels if not looks_guarded(channel)]

    @api.autovacuum
    def _gc_messages(self):
        """Keep our own channel's rows for longer than Odoo's 100 s: the bridge may be away.

        sudo: as Odoo's own; ours are deleted by a scheduled action of ours.
        """
        oldest = datetime.utcnow() - timedelta(seconds=2 * TIMEOUT)
        channel = json_dump(self.env["amanat.announcer"]._channel())
        old = [("create_date", "<", oldest), ("channel", "!=", channel)]
        return self.sudo().search(old).unlink()


def looks_guarded(channel):
    """Tell whether a channel is ours or looks like it: other case, in JSON, with a prefix."""
    if isinstance(channel, (tuple, list)):
        return any(looks_guarded(part) for part in channel)
    if not isinstance(channel, str):
        return False
    text = unicodedata.normalize("NFKC", channel).casefold()
    return CHANNEL in "".join(c for c in text if c.isalnum() or c == "_")
