import logging
import time

from odoo import api, models
from odoo.addons.bus.models.bus import json_dump

from . import realtime_messages as messages
from .realtime_collector import Changes, settle

_logger = logging.getLogger("amanat.realtime")

MESSAGE_BYTES = 256 * 1024
EVENT_BYTES = 16 * 1024


class AmanatMessages(models.AbstractModel):
    """Turns what one flush collected into the messages of docs/addon-contract.md."""

    _name = "amanat.messages"
    _description = "Messages about committed changes"

    @api.model
    def _of(self, collector):
        """Return the messages; none if in the end nothing changed."""
        settled = {name: self._settle(name, collector) for name in self._settle_order(collector)}
        self._touch_parents(collector, settled)
        settled = {name: found for name, found in settled.items() if any(vars(found).values())}
        if not settled and collector.empty:
            return []
        sender = self.env["amanat.announcer"]._sender()
        outgoing = []
        for name, found in settled.items():
            started = time.perf_counter()
            built = self._model_messages(name, found, collector, sender)
            self._log(name, built, sender, started)
            outgoing += built
        for event in collector.events:
            started = time.perf_counter()
            built = [self._event_message(event, sender)]
            self._log(event.model, built, sender, started)
            outgoing += built
        for reason, found in collector.rights.items():
            outgoing.append(messages.rights_message(sender, reason, found.users, found.models))
        outgoing += [messages.logout_message(sender, *one) for one in collector.logouts.items()]
        resets = collector.failed.items()
        return outgoing + [messages.reset_message(name, sender, why) for name, why in resets]

    @api.model
    def _settle_order(self, collector):
        return [name for name, changes in collector.models.items() if changes.ids]

    @api.model
    def _settle(self, name, collector):
        changes = collector.models[name]
        full = not collector.silent and len(changes.ids) <= collector.bulk_limit
        changes.now = self.env["amanat.images"]._now(name, changes, full)
        return settle(changes, changes.now)

    @api.model
    def _touch_parents(self, collector, settled):
        """Note the records whose live x2many gained or lost one of the announced ones."""
        touched = {}
        for name, found in list(settled.items()):
            changes = collector.models[name]
            for column, shown in self.env[name]._realtime_fields().parents.items():
                ids = parents_of(found, changes, column)
                for parent in shown if ids else ():
                    touched.setdefault(parent, set()).update(ids)
        for (model, field), ids in touched.items():
            changes = collector.of(model)
            known = settled.get(model)
            present = self.env[model]._realtime_row_values(ids, ())
            if known is None:
                known = settled[model] = settle(collector.of(model), {})
            for record_id in present:
                if record_id not in changes.created:
                    known.updated.setdefault(record_id, set()).add(field)
            if field in self.env[model]._realtime_fields().rule_relations:
                self._note_members(model, field, ids, collector)

    @api.model
    def _note_members(self, name, relation, ids, collector):
        """Note what a one2many held before: what it holds now, but for the lines that moved."""
        model = self.env[name]
        field = model._fields[relation]
        if field.type != "one2many":
            return
        old = collector.of(name).old
        inverse, lines = field.inverse_name, collector.of(field.comodel_name)
        moved = lines.created.keys() | lines.deleted.keys()
        moved |= {i for i, names in lines.changed.items() if inverse in names}
        came_from = {i: lines.old.get(i, {}).get(inverse) for i in moved - lines.created.keys()}
        now = model._realtime_related_ids(relation, ids)
        for record_id in ids:
            held = now.get(record_id) or old.get(record_id, {}).get(relation, [])
            left = {i for i, owner in came_from.items() if owner == record_id}
            old.setdefault(record_id, {})[relation] = sorted(left | (set(held) - moved))

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
            message = getattr(self, f"_{operation}_message")(name, ids, found, changes, sender)
            if len(json_dump(message)) <= MESSAGE_BYTES:
                return [message]
        records = self.env["amanat.images"]._of_rules(name, ids, changes)
        written = found.updated if operation == "update" else {}
        return messages.bulk_messages(name, sender, operation, records, written)

    @api.model
    def _create_message(self, name, ids, found, changes, sender):
        read = self.env["amanat.images"]._read(name, ids, changes)
        reread = self.env[name]._realtime_fields().reread
        return messages.create_message(name, sender, read, reread)

    @api.model
    def _update_message(self, name, ids, found, changes, sender):
        changed = set().union(*found.updated.values())
        read = self.env["amanat.images"]._read(name, ids, changes)
        old = self.env["amanat.images"]._before(name, ids, changes)
        carried = changed & self.env[name]._realtime_fields().carried
        add_unchanged(old, read, found.updated, carried)
        reread = self._reread(name, changed)
        return messages.update_message(name, sender, read, old, changed, reread)

    @api.model
    def _delete_message(self, name, ids, found, changes, sender):
        old = self.env["amanat.images"]._before(name, ids, changes)
        return messages.delete_message(name, sender, ids, old)

    @api.model
    def _reread(self, name, changed):
        """Return the reader-dependent fields that changed, or are computed from what changed."""
        model = self.env[name]
        reread = model._realtime_fields().reread
        fields = {model._fields[n] for n in changed if n in model._fields}
        dependent = {
            field.name
            for changed_field in fields
            for field in self.pool.get_dependent_fields(changed_field)
            if field.model_name == name
        }
        return reread & (changed | dependent)

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

    # Custom events

    @api.model
    def _event_message(self, event, sender):
        live = self._event_fields(event.model)
        images = self._event_records(event, live)
        versions = self._event_versions(event.model, images)
        names = [name for name in event.changed_fields if name in live]
        message = messages.event_message(event, sender, images, versions, names)
        if len(json_dump(message)) > EVENT_BYTES:
            _logger.warning("event %s is larger than %d bytes: ids only", event.action, EVENT_BYTES)
            message["records"] = [{"id": image["id"]} for image in images]
        return message

    @api.model
    def _event_fields(self, model):
        """Return the fields of a live model that may travel; none of any other model."""
        live = model in self.env["amanat.bridge"]._live_models()
        return self.env[model]._realtime_fields().sent if live else ()

    @api.model
    def _event_versions(self, name, images):
        """Return the versions of the rows; of a record that is gone an empty one."""
        if name not in self.env["amanat.bridge"]._live_models() or not self.env[name]._auto:
            return False
        versions = self.env[name]._realtime_versions([image["id"] for image in images])
        return [versions.get(image["id"], "") for image in images]

    @api.model
    def _event_records(self, event, live):
        given = [r if isinstance(r, dict) else {"id": r} for r in event.records]
        if live and all(record.keys() == {"id"} for record in given):
            ids = [record["id"] for record in given]
            return self.env["amanat.images"]._of(event.model, ids, Changes())
        allowed = {"id", *live}
        return [{k: v for k, v in record.items() if k in allowed} for record in given]


def add_unchanged(old, read, updated, names):
    """Add to the previous values those that changed in other records of the message only."""
    rules = {values["id"]: values for values in read["rules"]}
    now = {image["id"]: {**rules.get(image["id"], {}), **image} for image in read["records"]}
    for before in old:
        record_id = before["id"]
        for name in names - before.keys() - updated[record_id] if record_id in now else ():
            before[name] = now[record_id][name]


def parents_of(found, changes, name):
    """Return the ids that entered or left a many2one or many2many of the announced records."""
    ids = set()
    for record_id in [*found.created, *found.updated, *found.deleted]:
        if record_id not in found.updated or name in found.updated[record_id]:
            old = changes.old.get(record_id, {}).get(name)
            new = changes.now.get(record_id, {}).get(name)
            ids |= ids_in(old) ^ ids_in(new)
    return ids


def ids_in(value):
    """Return the ids in the value of a many2one column, or of a relation."""
    return set(value) if isinstance(value, list) else {value} - {None}
