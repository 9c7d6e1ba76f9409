import logging
import time

from odoo import api, models
from odoo.addons.bus.models.bus import json_dump

from . import realtime_messages as messages
from .realtime_collector import settle

_logger = logging.getLogger("amanat.realtime")

MESSAGE_BYTES = 256 * 1024


class AmanatMessages(models.AbstractModel):
    """Turns what one flush collected into the messages of docs/addon-contract.md."""

    _name = "amanat.messages"
    _description = "Messages about committed changes"

    @api.model
    def _of(self, collector):
        """Return the messages; none if in the end nothing changed."""
        settled = {n: self._settle(n, collector) for n, c in collector.models.items() if c.ids}
        self._touch_parents(collector, settled)
        settled = {name: found for name, found in settled.items() if any(found)}
        if not settled and collector.empty:
            return []
        sender = self.env["amanat.announcer"]._sender()
        outgoing = []
        for name, found in settled.items():
            started = time.perf_counter()
            built = self._model_messages(name, found, collector, sender)
            self._log(name, built, sender, started)
            outgoing += built
        for reason, found in collector.rights.items():
            outgoing.append(messages.rights_message(sender, reason, found.users, found.models))
        outgoing += [messages.logout_message(sender, *one) for one in collector.logouts.items()]
        resets = collector.failed.items()
        return outgoing + [messages.reset_message(name, sender, why) for name, why in resets]

    @api.model
    def _settle(self, name, collector):
        changes = collector.models[name]
        full = not collector.silent and len(changes.ids) <= collector.bulk_limit
        changes.now = self.env["amanat.images"]._now(name, changes, full)
        return settle(changes, changes.now)

    @api.model
    def _touch_parents(self, collector, settled):
        """Note the records whose live one2many gained or lost one of the announced ones."""
        touched = {}
        for name, found in settled.items():
            changes = collector.models[name]
            for column, shown in self.env[name]._realtime_fields().parents.items():
                ids = parents_of(found, changes, column)
                for parent in shown if ids else ():
                    touched.setdefault(parent, set()).update(ids)
        for (model, field), ids in touched.items():
            changes = collector.of(model)
            known = settled.setdefault(model, settle(collector.of(model), {}))
            for record_id in self.env[model]._realtime_row_values(ids, ()):
                if record_id not in changes.created:
                    known.updated.setdefault(record_id, set()).add(field)

    @api.model
    def _model_messages(self, name, found, collector, sender):
        changes = collector.of(name)
        outgoing = []
        for operation, ids in (
            ("create", found.created),
            ("update", list(found.updated)),
            ("delete", found.deleted),
        ):
            if ids:
                values = not collector.silent and len(ids) <= collector.bulk_limit
                outgoing += self._operation_messages(
                    name, operation, ids, found, changes, values, sender
                )
        return outgoing

    @api.model
    def _operation_messages(self, name, operation, ids, found, changes, values, sender):
        if values:
            build = getattr(self, "_%s_message" % operation)
            message = build(name, ids, found, changes, sender)
            if len(json_dump(message)) <= MESSAGE_BYTES:
                return [message]
        names = set().union(*found.updated.values()) if operation == "update" else set()
        records = self.env["amanat.images"]._of_rules(name, ids, changes)
        return messages.bulk_messages(name, sender, operation, records, names)

    @api.model
    def _create_message(self, name, ids, found, changes, sender):
        read = self.env["amanat.images"]._read(name, ids, changes)
        return messages.create_message(
            name, sender, read, self.env[name]._realtime_fields().reread
        )

    @api.model
    def _update_message(self, name, ids, found, changes, sender):
        changed = set().union(*found.updated.values())
        read = self.env["amanat.images"]._read(name, ids, changes)
        old = self.env["amanat.images"]._before(name, ids, changes)
        carried = changed & self.env[name]._realtime_fields().carried
        add_unchanged(old, read, found.updated, carried)
        return messages.update_message(
            name, sender, read, old, changed, self._reread(name, changed)
        )

    @api.model
    def _delete_message(self, name, ids, found, changes, sender):
        old = self.env["amanat.images"]._before(name, ids, changes)
        return messages.delete_message(name, sender, ids, old)

    @api.model
    def _reread(self, name, changed):
        """Return the reader-dependent fields that changed, or are computed from what changed."""
        model = self.env[name]
        dependent = {
            field.name
            for changed_name in changed
            for field in model._dependent_fields(model._fields[changed_name])
            if field.model_name == name
        }
        return model._realtime_fields().reread & (changed | dependent)

    @api.model
    def _log(self, name, built, sender, started):
        ms = (time.perf_counter() - started) * 1000
        for message in built:
            _logger.info(
                "announced %s %s: %d record(s), user %s, %.1f ms",
                name,
                message.get("operation") or message["type"],
                len(message["records"]),
                sender["user_id"],
                ms,
            )


def add_unchanged(old, read, updated, names):
    """Add to the previous values those that changed in other records of the message only."""
    rules = {values["id"]: values for values in read["rules"]}
    now = {image["id"]: {**rules.get(image["id"], {}), **image} for image in read["records"]}
    for before in old:
        record_id = before["id"]
        for name in names - before.keys() - updated[record_id] if record_id in now else ():
            before[name] = now[record_id][name]


def parents_of(found, changes, name):
    """Return the ids that one of the announced records entered or left with this many2one."""
    ids = set()
    for record_id in [*found.created, *found.updated, *found.deleted]:
        if record_id not in found.updated or name in found.updated[record_id]:
            ids.add(changes.old.get(record_id, {}).get(name))
            ids.add(changes.now.get(record_id, {}).get(name))
        elif name in changes.now.get(record_id, {}):
            ids.add(changes.now[record_id][name])
    return ids - {None}
