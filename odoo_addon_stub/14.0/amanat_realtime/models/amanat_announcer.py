import logging
from datetime import datetime, timedelta, timezone

import odoo
from odoo import api, fields, models
from odoo.addons.bus.models.bus import json_dump
from odoo.http import request

from .amanat_base_model import COLLECTOR
from .realtime_messages import CHANNEL, reset_message, sender_of, valid_origin
from .realtime_sql import RETRIED

_logger = logging.getLogger("amanat.realtime")

DEFAULT_BULK_LIMIT = 50
DEFAULT_KEEP_HOURS = 24


class AmanatAnnouncer(models.AbstractModel):
    """Turns what one flush collected into messages on the bridge's private channel."""

    _name = "amanat.announcer"
    _description = "Announces committed changes to the bridge"

    @api.model
    def _announce_collected(self):
        """Run before the commit and before every flushing savepoint; never fails a user's save."""
        collector = self.env.cr.precommit.data.pop(COLLECTOR, None)
        if collector is None:
            return
        # What is pending belongs to the user: it must not be inside the savepoint of our own work.
        self.env["base"].flush()
        announcer = self._as_reader(collector.actor)
        try:
            with self.env.cr.savepoint(flush=False):
                outgoing = announcer.env["amanat.messages"]._of(collector)
        except RETRIED:
            raise
        except Exception:
            _logger.exception("announcing changes failed; viewers re-read")
            outgoing = announcer._failure_messages()
        announcer._send(outgoing)

    def _as_reader(self, actor=None):
        """sudo: the message holds every live field; the bridge asks who may read which."""
        announcer = self.with_user(self._actor(actor)).sudo()
        lang = self.env.context.get("lang") or announcer.env.user.lang
        return announcer.with_context({"lang": lang} if lang else {})

    def _actor(self, first):
        """Return the user whose request this is, also when the code acted as somebody else.

        A call of the external API has no session: there it is who ``first`` wrote something.
        """
        ours = request and request.db == self.env.cr.dbname
        return (request.session.uid if ours else None) or first or self.env.uid

    @api.model
    def _bulk_limit(self):
        return self._number("amanat_realtime.bulk_limit", DEFAULT_BULK_LIMIT)

    @api.model
    def _keep_hours(self):
        return max(1, self._number("amanat_realtime.keep_hours", DEFAULT_KEEP_HOURS))

    @api.model
    def _number(self, key, default):
        """sudo: ir.config_parameter is for administrators only."""
        value = self.env["ir.config_parameter"].sudo().get_param(key)
        return int(value) if value and value.isdecimal() else default

    @api.model
    def _note_logout(self, uid, session_id):
        """Announce at commit that this login session of the user ended."""
        login = self.env["amanat.token.key"]._login_of(session_id)
        self.env["amanat.base.model"]._realtime_collect(note_logout, uid, login, reads=False)

    # Sending

    @api.model
    def _send(self, outgoing):
        """Write the rows here: ``bus.bus`` itself refuses our channel to everybody.

        sudo: bus.bus grants access to nobody; this is the only place that writes our channel.
        """
        channel = self._channel()
        if not outgoing or not channel:
            return
        rows = [
            {"channel": json_dump(channel), "message": json_dump({"type": CHANNEL, "payload": one})}
            for one in outgoing
        ]
        self.env["bus.bus"].sudo().create(rows)

        @self.env.cr.postcommit.add
        def notify():
            with odoo.sql_db.db_connect("postgres").cursor() as cr:
                cr.execute("NOTIFY imbus, %s", [json_dump([channel])])

    @api.model
    def _channel(self):
        """Return the private channel; ``None`` while the add-on is being installed.

        It is a list, which nobody can name to Odoo: from browsers it takes plain texts only.
        """
        group_id = self.env["ir.model.data"].sudo().xmlid_to_res_id("amanat_realtime.group_bridge")
        return (self.env.cr.dbname, "res.groups", group_id, CHANNEL) if group_id else None

    @api.model
    def _delete_old_announcements(self):
        """Called by a scheduled action: values must not stay in the bus longer than needed.

        sudo: bus.bus grants access to nobody; only rows of our own channel are deleted.
        """
        oldest = fields.Datetime.now() - timedelta(hours=self._keep_hours())
        old = [("channel", "=", json_dump(self._channel())), ("create_date", "<", oldest)]
        self.env["bus.bus"].sudo().search(old).unlink()

    @api.model
    def _sender(self):
        self.env.cr.execute("SELECT txid_current()")
        return sender_of(
            self.env.user,
            datetime.now(timezone.utc),
            self.env.cr.fetchone()[0],
            self._origin(),
            self.env.context.get("lang"),
        )

    @api.model
    def _origin(self):
        header = request.httprequest.headers.get("X-Amanat-Origin") if request else None
        return valid_origin(header)

    @api.model
    def _failure_messages(self):
        try:
            with self.env.cr.savepoint(flush=False):
                return [reset_message(False, self._sender(), "failed")]
        except RETRIED:
            raise
        except Exception:
            _logger.exception("not even the failure could be announced")
            return []


def note_logout(collector, uid, login):
    collector.logouts[login] = uid
