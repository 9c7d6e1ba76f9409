import logging
from contextlib import nullcontext

from odoo import Command, models
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .realtime_collector import Collector
from .realtime_fields import RELATIONS

_logger = logging.getLogger("amanat.realtime")

COLLECTOR = "amanat_realtime.collector"
OPERATIONS = ("create", "update", "delete")


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
        commit, and only if the database agrees. Custom events: the method of res.users.
        """
        if action not in OPERATIONS:
            raise ValueError(
                f"{action!r} is none of {', '.join(OPERATIONS)}; "
                "send custom events with res.users._send_realtime_notification"
            )
        self._realtime_collect(self._realtime_note_forced, action, changed_fields)

    # What the ORM does to records, and where we listen

    def _create(self, data_list):
        records = super()._create(data_list)
        records._realtime_collect(records._realtime_note_created, reads=False)
        return records

    def write(self, vals):
        if self.env.context.get("realtime_silent") or self._realtime_relations(vals):
            self._realtime_collect(self._realtime_note_relations, vals)
        return super().write(vals)

    def _compute_field_value(self, field):
        """Listen here too: stored computed x2many fields pass neither ``write`` nor columns."""
        computed = [f.name for f in self.pool.field_computed[field] if f.store]
        if (names := self._realtime_relations(computed)) and any(self._ids):
            self._realtime_collect(self._realtime_note_relations, dict.fromkeys(names, ()))
        return super()._compute_field_value(field)

    def _write_multi(self, vals_list):
        """Listen here and not in ``write``: recomputed fields pass here only."""
        self._realtime_collect(self._realtime_note_columns, vals_list)
        return super()._write_multi(vals_list)

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
            known = bool(self._realtime_relation_table(name))
            old = self._realtime_related_ids(name, ids) if known else {}
            for record_id in ids:
                if known:
                    changes.note_changed(record_id, [name], {name: old.get(record_id, [])})
                if not known or updates_lines(vals[name]):
                    changes.forced.setdefault(record_id, set()).add(name)

    def _realtime_note_columns(self, collector, vals_list):
        fields = self._realtime_fields()
        changes = collector.of(self._name)
        touched = {
            record_id: names
            for record_id, vals in zip(self._ids, vals_list, strict=True)
            if (names := fields.columns.intersection(vals)) and record_id not in changes.created
        }
        for record_id, names in touched.items():
            changes.note_changed(record_id, names)
        names = set().union(*touched.values())
        if collector.silent or len(changes.changed) > collector.bulk_limit:
            names &= fields.parent_columns  # no values will be sent but for what shows elsewhere
        else:
            names |= fields.rule_columns
        if touched and names:
            self._realtime_note_old(changes, touched, names)

    def _realtime_note_old(self, changes, ids, names):
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
            with self.env.cr.savepoint(flush=False) if reads else nullcontext():
                note(collector, *args)
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
            raise
        except Exception:
            _logger.exception(
                "collecting changes of %s failed; viewers re-read", name or "deleted records"
            )
            collector.failed[name] = "failed"

    def _realtime_collector(self):
        data = self.env.cr.precommit.data
        if COLLECTOR not in data:
            data[COLLECTOR] = Collector(self.env["amanat.announcer"]._bulk_limit())
            self.env.cr.precommit.add(self.env["amanat.announcer"]._announce_collected)
        return data[COLLECTOR]


def updates_lines(commands):
    """Tell whether x2many commands change linked records, which leaves the list as it was."""
    return any(
        isinstance(command, tuple | list) and command and command[0] == Command.UPDATE
        for command in commands or ()
    )
