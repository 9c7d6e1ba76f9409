from odoo import api, models

from .realtime_fields import RELATIONS, overrides
from .realtime_sql import VERSION


class AmanatImages(models.AbstractModel):
    """Reads records as ``read`` would, but from the database: a cache may hold what was undone."""

    _name = "amanat.images"
    _description = "Values of announced records"

    @api.model
    def _now(self, name, changes, full):
        """Return what the database holds of the touched records: ``{id: {field: value}}``.

        ``full`` asks for everything a message carries, else for what tells changes apart.
        """
        model = self.env[name]
        fields = model._realtime_fields()
        watched = set().union(*changes.changed.values())
        columns = (watched & fields.columns) | fields.parents.keys() | fields.rule_columns
        columns |= self._columns(name) if full else set()
        now = model._realtime_row_values(changes.ids, columns)
        for relation in watched & fields.relations:
            related = model._realtime_related_ids(relation, now) or {}
            for record_id, values in now.items():
                values[relation] = related.get(record_id, [])
        return now

    @api.model
    def _read(self, name, ids, changes):
        """Return what a message holds of the records as they are now."""
        model = self.env[name]
        self._fill(name, ids, changes)
        ids = [i for i in ids if i in changes.now]
        sent, rules = self._sent_columns(name), model._realtime_fields().only_rules
        records = self._converted(model, ids, changes.now, sent)
        if "display_name" not in model._realtime_fields().reread:
            names = self._display_names(model, ids, changes.now)
            records = [{"display_name": names[r["id"]], **r} for r in records]
        return {
            "records": records,
            "rules": self._converted(model, ids, changes.now, rules) if rules else [],
            "versions": [changes.now[i][VERSION] for i in ids] if model._auto else False,
        }

    @api.model
    def _fill(self, name, ids, changes):
        """Read what the messages of these records still lack."""
        columns = self._columns(name)
        missing = [i for i in ids if not columns <= changes.now.get(i, {}).keys()]
        read = self.env[name]._realtime_row_values(missing, columns) if missing else {}
        for record_id, row in read.items():
            changes.now.setdefault(record_id, {}).update(row)

    @api.model
    def _before(self, name, ids, changes):
        """Return what is known of the records before they changed."""
        model = self.env[name]
        return self._converted(model, ids, changes.old, model._realtime_fields().carried)

    @api.model
    def _of_rules(self, name, ids, changes):
        """Return the ids with the columns of rules: as they are, or were when deleted."""
        model = self.env[name]
        wanted = model._realtime_fields().rule_columns
        known = {**changes.old, **changes.now}
        unknown = [i for i in ids if i not in known]
        known.update(model._realtime_row_values(unknown, wanted) if unknown else {})
        return self._converted(model, ids, known, wanted)

    @api.model
    def _columns(self, name):
        """Return the columns of everything that a message holds, and of the row's version."""
        model = self.env[name]
        columns = self._sent_columns(name) | model._realtime_fields().rule_columns
        return columns | {VERSION} if model._auto else columns

    @api.model
    def _sent_columns(self, name):
        model = self.env[name]
        return {*model._realtime_fields().sent, *(["write_date"] if model._log_access else [])}

    @api.model
    def _converted(self, model, ids, rows, wanted):
        """Return the wanted columns, as far as they are known, as ``read`` gives them."""
        known = {i: {n: rows[i][n] for n in sorted(wanted) if n in rows.get(i, {})} for i in ids}
        names = {
            name: self._names_of(model._fields[name], {row.get(name) for row in known.values()})
            for name in wanted
            if model._fields[name].type == "many2one"
        }
        return [
            {"id": i, **{n: read_value(model, n, v, names.get(n)) for n, v in row.items()}}
            for i, row in known.items()
        ]

    @api.model
    def _names_of(self, field, ids):
        """Return ``{id: display name}``; like ``read``, whoever asks may see it."""
        records = self.env[field.comodel_name].browse(sorted(ids - {None, False})).exists()
        records.invalidate_cache(["display_name"], records.ids)
        return dict(records.name_get())

    @api.model
    def _display_names(self, model, ids, rows):
        name = model._rec_name
        if name in model._realtime_fields().sent and not overrides(model, "name_get"):
            return {i: rows[i][name] or False for i in ids}
        records = model.browse(ids)
        records.invalidate_cache(["display_name", *([name] if name else [])], records.ids)
        return dict(records.name_get())


def read_value(model, name, value, names):
    """Return the value of a column as ``read`` gives it."""
    field = model._fields[name]
    if field.type in RELATIONS:
        return value
    if field.type == "many2one":
        return [value, names.get(value) or ""] if value else False
    empty = model.browse()
    cached = field.convert_to_cache(value, empty, validate=False)
    return field.convert_to_read(field.convert_to_record(cached, empty), empty)
