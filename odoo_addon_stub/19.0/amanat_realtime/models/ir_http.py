import logging

from odoo import api, models
from odoo.http import request

_logger = logging.getLogger("amanat.realtime")


class IrHttp(models.AbstractModel):
    """Names guarded models to the web client; notices that a login session ends, so that the
    connections opened with it end, too."""

    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client which models' saves should say what they overwrite."""
        info = super().session_info()
        guard, models_ = self.env["amanat.guard"], self.env["amanat.bridge"]._live_models()
        info["amanat_guarded"] = [
            name for name in models_ if guard._guards(name) and self.env[name].has_access("write")
        ]
        return info

    @classmethod
    def _authenticate_explicit(cls, auth):
        try:
            return super()._authenticate_explicit(auth)
        finally:
            # Odoo has emptied a session that is not valid (any more): nobody signs out of it.
            request.realtime_signed_in = request.session.uid

    @classmethod
    def _post_logout(cls):
        super()._post_logout()
        cls._realtime_login_ended()

    @classmethod
    def _realtime_login_ended(cls):
        """Announce that whoever this request came from is not signed in any more.

        In a transaction of its own: the request's may be read-only, or have failed. Never fails
        the request; tokens of that login end by themselves within minutes.
        """
        uid = vars(request).pop("realtime_signed_in", None) if request else None
        if not uid:
            return
        try:
            with request.env.registry.cursor() as cr:
                env = api.Environment(cr, uid, {})
                env["amanat.announcer"]._note_logout(uid, request.session.sid)
        except Exception:
            _logger.exception("that user %s signed out could not be announced", uid)
