from odoo import api, models, tools

from .realtime_sql import ids_pointing_at


class Base(models.AbstractModel):
    """Listens to deletions of every model: the database takes live children along silently."""

    _inherit = "base"

    def unlink(self):
        if self and self._realtime_deletion_concerns():
            # Pending foreign keys decide who goes along; flushed outside our own savepoint.
            self.env["base"].flush()
            self.env["amanat.base.model"]._realtime_note_actor()
            self.env["amanat.base.model"]._realtime_collect(self._realtime_note_unlink)
        return super().unlink()

    def _realtime_note_unlink(self, collector):
        """Note what is deleted, and what foreign keys will delete or empty with it."""
        pending, seen = [(self._name, [i for i in self._ids if i])], set()
        while pending:
            name, ids = pending.pop()
            ids = [i for i in ids if (name, i) not in seen]
            seen.update((name, i) for i in ids)
            if ids:
                self.env[name]._realtime_note_deleted(collector, ids)
                pending += self.env[name]._realtime_note_children(collector, ids)

    @api.model
    def _realtime_note_deleted(self, collector, ids):
        if not self._realtime_is_live():
            return
        changes = collector.of(self._name)
        fields = self._realtime_fields()
        values = not collector.silent and len(ids) <= collector.bulk_limit
        columns = fields.columns if values else fields.rule_columns | fields.parents.keys()
        for record_id, old in self._realtime_row_values(ids, columns).items():
            changes.note_deleted(record_id, old)

    @api.model
    def _realtime_note_children(self, collector, ids):
        """Return what is deleted along with the ids; note what is only emptied."""
        along = []
        for name, column, action in self._realtime_dependents():
            children = self.env[name]._realtime_ids_pointing_at(column, ids)
            if action == "cascade":
                along.append((name, children))
            elif children and self.env[name]._realtime_is_live():
                self.env[name]._realtime_note_emptied(collector, column, children)
        return along

    @api.model
    def _realtime_note_emptied(self, collector, name, ids):
        fields = self._realtime_fields()
        changes = collector.of(self._name)
        if name in fields.relations:
            old = {i: {name: v} for i, v in self._realtime_related_ids(name, ids).items()}
        elif name in fields.columns:
            old = self._realtime_row_values(ids, fields.rule_columns | {name})
        else:
            return
        for record_id in ids:
            changes.note_changed(record_id, [name], old.get(record_id))

    @api.model
    def _realtime_ids_pointing_at(self, name, ids):
        field = self._fields[name]
        if field.type == "many2many":
            return ids_pointing_at(
                self.env.cr, field.relation, field.column1, field.column2, ids
            )
        return ids_pointing_at(self.env.cr, self._table, "id", name, ids)

    @api.model
    def _realtime_is_live(self):
        return isinstance(self, self.env.registry["amanat.base.model"])

    @api.model
    def _realtime_deletion_concerns(self):
        if self._abstract or not self.pool.ready or "amanat.base.model" not in self.pool:
            return False
        return self._realtime_is_live() or bool(self._realtime_dependents())

    @api.model
    @tools.ormcache("self._name")
    def _realtime_dependents(self):
        """Return ``(model, field, action)`` of what a deletion here deletes or empties, if live."""
        return tuple(dependents(self.env.registry, self._name))


def dependents(registry, model_name):
    """Yield the foreign keys through which a deletion reaches live records, at once or later."""
    keys = foreign_keys(registry)
    live = {name for name, model in registry.items() if is_live(registry, model)}
    for child, field, action in keys.get(model_name, ()):
        if child in live or (action == "cascade" and reaches(keys, live, child)):
            yield child, field, action


def is_live(registry, model):
    return not model._abstract and issubclass(model, registry["amanat.base.model"])


def foreign_keys(registry):
    """Return ``{model: [(child model, field, "cascade" or "set null")]}`` of all stored keys."""
    keys = {}
    for name, model in registry.items():
        if model._abstract or not model._auto:
            continue
        for field in model._fields.values():
            if not field.store or field.company_dependent:
                continue
            if field.type == "many2one" and field.ondelete in ("cascade", "set null"):
                keys.setdefault(field.comodel_name, []).append((name, field.name, field.ondelete))
            elif field.type == "many2many":
                keys.setdefault(field.comodel_name, []).append((name, field.name, "set null"))
    return keys


def reaches(keys, live, start):
    """Tell whether deleting records of ``start`` deletes or empties live ones in some steps."""
    pending, seen = [start], set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        for child, _field, action in keys.get(name, ()):
            if child in live:
                return True
            if action == "cascade":
                pending.append(child)
    return False
