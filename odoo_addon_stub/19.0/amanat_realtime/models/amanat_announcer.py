import logging
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.http import request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .amanat_base_model import COLLECTOR
from .realtime_messages import CHANNEL, reset_message, sender_of, valid_origin

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
        self.env.flush_all()
        announcer = self._as_reader()
        try:
            with self.env.cr.savepoint(flush=False):
                outgoing = announcer.env["amanat.messages"]._of(collector)
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
            raise
        except Exception:
            _logger.exception("announcing changes failed; viewers re-read")
            outgoing = announcer._failure_messages()
        announcer._send(outgoing)

    def _as_reader(self):
        """sudo: the message holds every live field; the bridge asks who may read which."""
        lang = self._actor().env.context.get("lang") or self._actor().lang
        return self.sudo().with_context({"lang": lang} if lang else {})

    def _actor(self):
        """Return the user whose request this is, also when the code acted as somebody else."""
        env = self.env.transaction.default_env or self.env
        return env.user

    @api.model
    def _bulk_limit(self):
        return self._number("amanat_realtime.bulk_limit", DEFAULT_BULK_LIMIT)

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
        channel = self._channel()
        for message in outgoing if channel else ():
            self.env["bus.bus"]._sendone(channel, CHANNEL, message)

    @api.model
    def _channel(self):
        """Return the private channel; ``None`` while the add-on is being installed."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("amanat_realtime.group_bridge")
        return (self.env["res.groups"].browse(group_id), CHANNEL) if group_id else None

    @api.model
    def _keep_hours(self):
        """Return at least one: the bridge reads the rows of the last minutes again and again."""
        return max(1, self._number("amanat_realtime.keep_hours", DEFAULT_KEEP_HOURS))

    @api.model
    def _delete_old_announcements(self):
        """Called by a scheduled action: values must not stay in the bus longer than needed.

        sudo: bus.bus grants access to nobody; only rows of our own channel are deleted.
        """
        oldest = fields.Datetime.now() - timedelta(hours=self._keep_hours())
        old = [("channel", "=", self.env["amanat.bus"]._channel()), ("create_date", "<", oldest)]
        self.env["bus.bus"].sudo().search(old).unlink()

    @api.model
    def _sender(self):
        self.env.cr.execute("SELECT pg_current_xact_id()::text::bigint")
        return sender_of(
            self._actor(),
            datetime.now(UTC),
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
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
            raise
        except Exception:
            _logger.exception("not even the failure could be announced")
            return []


def note_logout(collector, uid, login):
    collector.logouts[login] = uid
