import logging

import odoo
from odoo import api, http
from odoo.addons.web.controllers.main import Session
from odoo.http import request

_logger = logging.getLogger("amanat.realtime")


class AnnouncedSession(Session):
    """Announces that a login session ends, so that the connections opened with it end, too."""

    @http.route()
    def destroy(self):
        ended = login_of_request()
        result = super().destroy()
        announce_logout(*ended)
        return result

    @http.route()
    def logout(self, redirect="/web"):
        ended = login_of_request()
        result = super().logout(redirect)
        announce_logout(*ended)
        return result


def login_of_request():
    session = request.session
    return session.db, session.uid, session.sid


def announce_logout(dbname, uid, session_id):
    """Announce in a transaction of its own: the request's may have failed.

    Never fails the request; tokens of that login end by themselves within minutes.
    """
    if not dbname or not uid:
        return
    try:
        with odoo.registry(dbname).cursor() as cr:
            env = api.Environment(cr, uid, {})
            if "amanat.announcer" in env:
                env["amanat.announcer"]._note_logout(uid, session_id)
    except Exception:
        _logger.exception("that user %s signed out could not be announced", uid)
