import psycopg2

from odoo import api, models
from odoo.addons.bus.models.bus import json_dump

# One answer of poll() holds so many bytes of messages, and the message that goes beyond.
MAX_BYTES = 4_000_000

# What tells this copy of the database from any other. The timeline comes from the name of the
# current WAL file: pg_control_checkpoint() shows a new one only after the next checkpoint.
IDENTITY = (
    "SELECT system_identifier::text FROM pg_control_system()",
    "SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int::text",
    "SELECT oid::text FROM pg_database WHERE datname = current_database()",
)

# Only what has written something has an id of the bus. Of other roles' sessions PostgreSQL shows
# no times; Odoo's are all of one role.
STATE = """
    SELECT (SELECT min(id) FROM bus_bus),
           coalesce(pg_sequence_last_value(pg_get_serial_sequence('bus_bus', 'id')::regclass), 0),
           coalesce(extract(epoch FROM clock_timestamp() - least(
               (SELECT min(xact_start) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()
                   AND backend_xid IS NOT NULL),
               (SELECT min(prepared) FROM pg_prepared_xacts
                 WHERE database = current_database()))), 0)::float"""

# "before" is the size of the rows before this one: the first always fits.
ROWS = """
    SELECT id, message, total
      FROM (SELECT id, message, count(*) OVER () AS total,
                   sum(length(message)) OVER (ORDER BY id) - length(message) AS before
              FROM (SELECT id, message FROM bus_bus
                     WHERE channel = %s AND id > %s AND message IS NOT NULL
                     ORDER BY id LIMIT %s) AS asked) AS sized
     WHERE before < %s ORDER BY id LIMIT %s"""


class AmanatBus(models.AbstractModel):
    """Reads the add-on's channel of the bus for the bridge, past Odoo's long polling."""

    _name = "amanat.bus"
    _description = "The bus as the bridge reads it"

    @api.model
    def _poll(self, after, limit):
        channel = json_dump(self.env["amanat.announcer"]._channel())
        self.env.cr.execute(ROWS, [channel, after, limit + 1, MAX_BYTES, limit])
        rows = self.env.cr.fetchall()
        return {
            "notifications": [{"id": number, "message": text} for number, text, _total in rows],
            "more": bool(rows) and len(rows) < rows[0][2],
            **self._state(),
        }

    @api.model
    def _state(self):
        """Return how far the bus has come, and which copy of the database it is in."""
        self.env.cr.execute(STATE)
        lowest, highest, oldest = self.env.cr.fetchone()
        return {
            "lowest": lowest or False,
            "highest": highest,
            "oldest_transaction": max(0.0, oldest),
            "incarnation": self._incarnation(),
        }

    @api.model
    def _retention(self):
        """Return for how many seconds a row of our channel is kept at least; see ``bus.bus``."""
        return self.env["amanat.announcer"]._keep_hours() * 3600

    @api.model
    def _incarnation(self):
        return "/".join(self._told(query) for query in IDENTITY)

    def _told(self, query):
        """Return what PostgreSQL says; nothing where it, or who hosts it, does not let us ask."""
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
                return self.env.cr.fetchone()[0]
        except (psycopg2.ProgrammingError, psycopg2.NotSupportedError):
            return ""
