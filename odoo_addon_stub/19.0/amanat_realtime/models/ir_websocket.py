import unicodedata

from odoo import models

from .realtime_messages import CHANNEL


class IrWebsocket(models.AbstractModel):
    """Guards our channels on ``/websocket`` and ``/websocket/peek_notifications``.

    Odoo lets anybody subscribe to any plain text; the bridge's messages are for one user.
    """

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        if self.env.user._is_realtime_service_user():
            group = self.env.ref("amanat_realtime.group_bridge")
            return [*super()._build_bus_channel_list(channels), (group, CHANNEL)]
        channels = [channel for channel in channels if not looks_guarded(channel)]
        channels = super()._build_bus_channel_list(channels)
        return [channel for channel in channels if not looks_guarded(channel)]


def looks_guarded(channel):
    """Tell whether a channel is ours or looks like it: other case, in JSON, with a prefix."""
    if isinstance(channel, tuple | list):
        return any(looks_guarded(part) for part in channel)
    if not isinstance(channel, str):
        return False
    text = unicodedata.normalize("NFKC", channel).casefold()
    return CHANNEL in "".join(c for c in text if c.isalnum() or c == "_")
