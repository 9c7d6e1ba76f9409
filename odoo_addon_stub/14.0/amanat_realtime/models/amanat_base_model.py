import logging
from contextlib import contextmanager

from odoo import models
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from .realtime_collector import Collector
from .realtime_fields import RELATIONS
from .realtime_sql import RETRIED

_logger = logging.getLogger("amanat.realtime")

COLLECTOR = "amanat_realtime.collector"
OPERATIONS = ("create", "update", "delete")
UPDATE_LINE = 1  # the x2many command that changes a linked record


class AmanatBaseModel(models.AbstractModel):
    """A model that inherits this one is live: what is committed to its records is announced."""

    _name = "amanat.base.model"
    _description = "Model whose changes are announced"

    def _get_realtime_fields(self):
        """Return the names of the fields that may travel; the others never leave Odoo."""
        return []

    def _send_realtime_notification(self, action, changed_fields=None):
        """Announce these records although the ORM saw no change, for instance after plain SQL.

        ``action`` is ``create``, ``update`` or ``delete``; like any change it is announced at
        commit, and only if the database agrees.
        """
        if action not in OPERATIONS:
            raise ValueError("%r is none of %s" % (action, ", ".join(OPERATIONS)))
        self._realtime_collect(self._realtime_note_forced, action, changed_fields)

    # What the ORM does to records, and where we listen

    def _create(self, data_list):
        self._realtime_note_actor()
        records = super()._create(data_list)
        records._realtime_collect(records._realtime_note_created, reads=False)
        return records

    def write(self, vals):
        self._realtime_note_actor()
        if self.env.context.get("realtime_silent") or self._realtime_relations(vals):
            self._realtime_collect(self._realtime_note_relations, vals)
        return super().write(vals)

    def _compute_field_value(self, field):
        """Listen here too: stored computed x2many fields pass neither ``write`` nor columns."""
        computed = [f.name for f in self.pool.field_computed[field] if f.store]
        names = self._realtime_relations(computed)
        if names and any(self._ids):
            self._realtime_collect(self._realtime_note_relations, dict.fromkeys(names, ()))
        return super()._compute_field_value(field)

    def _write(self, vals):
        """Listen here and not in ``write``: recomputed fields pass here only."""
        self._realtime_collect(self._realtime_note_columns, vals)
        return super()._write(vals)

    def _realtime_relations(self, names):
        fields = self._fields
        return [name for name in names if name in fields and fields[name].type in RELATIONS]

    def _realtime_note_created(self, collector):
        collector.of(self._name).created.update(dict.fromkeys(self._ids))

    def _realtime_note_forced(self, collector, action, changed_fields):
        changes = collector.of(self._name)
        fields = self._realtime_fields()
        known = {*fields.live, *fields.rules}
        names = set(fields.live) if changed_fields is None else known.intersection(changed_fields)
        for record_id in filter(None, self._ids):
            if action == "create":
                changes.created[record_id] = None
            elif action == "delete":
                changes.note_deleted(record_id)
            else:
                changes.forced.setdefault(record_id, set()).update(names)

    def _realtime_note_relations(self, collector, vals):
        """Note x2many fields: what they held, or that lines changed though the list stays."""
        changes = collector.of(self._name)
        ids = [i for i in self._ids if i]
        for name in self._realtime_fields().relations.intersection(vals) if ids else ():
            old = self._realtime_related_ids(name, ids)
            for record_id in ids:
                if old is not None:
                    changes.note_changed(record_id, [name], {name: old.get(record_id, [])})
                if old is None or updates_lines(vals[name]):
                    changes.forced.setdefault(record_id, set()).add(name)

    def _realtime_note_columns(self, collector, vals):
        fields = self._realtime_fields()
        changes = collector.of(self._name)
        names = fields.columns.intersection(vals)
        ids = [i for i in self._ids if i and i not in changes.created] if names else ()
        for record_id in ids:
            changes.note_changed(record_id, names)
        if collector.silent or len(changes.changed) > collector.bulk_limit:
            names &= fields.parents.keys()  # no values will be sent but for what shows elsewhere
        else:
            names |= fields.rule_columns
        if ids and names:
            for record_id, old in self._realtime_row_values(ids, names).items():
                changes.note_old(record_id, old)

    # Helpers

    def _realtime_collect(self, note, *args, reads=True):
        """Call ``note(collector, *args)`` so that it can never fail a user's save.

        If it reads the database it runs in a savepoint of its own. Serialization and lock errors
        pass, so that Odoo runs the transaction again; any other error is logged and makes viewers
        read again.
        """
        collector = self._realtime_collector()
        name = False if self._abstract else self._name
        if self.env.context.get(MODULE_UNINSTALL_FLAG) or not self.pool.ready:
            collector.failed[name] = "loading"
            return
        collector.silent |= bool(self.env.context.get("realtime_silent"))
        try:
            with self.env.cr.savepoint(flush=False) if reads else nothing_to_undo():
                note(collector, *args)
        except RETRIED:
            raise
        except Exception:
            _logger.exception(
                "collecting changes of %s failed; viewers re-read", name or "deleted records"
            )
            collector.failed[name] = "failed"

    def _realtime_note_actor(self):
        """Note who began this: what is written to the database later may come from any user."""
        collector = self._realtime_collector()
        collector.actor = collector.actor or self.env.uid

    def _realtime_collector(self):
        precommit = self.env.cr.precommit
        if COLLECTOR not in precommit.data:
            announcer = self.env["amanat.announcer"]
            precommit.data[COLLECTOR] = Collector(announcer._bulk_limit())
            precommit.add(announcer._announce_collected)
        return precommit.data[COLLECTOR]


@contextmanager
def nothing_to_undo():
    yield


def updates_lines(commands):
    """Tell whether x2many commands change linked records, which leaves the list as it was."""
    return any(
        isinstance(command, (tuple, list)) and command and command[0] == UPDATE_LINE
        for command in commands or ()
    )
