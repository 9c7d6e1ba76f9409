from odoo import api, models
from odoo.exceptions import MissingError

from .realtime_fields import RELATIONS, VERSION


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
        columns = (watched & fields.columns) | fields.parent_columns | fields.rule_columns
        columns |= self._columns(name) if full else set()
        now = model._realtime_row_values(changes.ids, columns)
        relations = watched & fields.relations
        for relation in relations | fields.parent_relations if changes.created else relations:
            related = model._realtime_related_ids(relation, now)
            for record_id, values in now.items():
                values[relation] = related.get(record_id, [])
        return now

    @api.model
    def _read(self, name, ids, changes):
        """Return what a message holds of the records as they are now."""
        records = self._of(name, ids, changes)
        return {
            "records": records,
            "rules": self._rules(name, records, changes),
            "versions": self._versions(name, records, changes),
        }

    @api.model
    def _of(self, name, ids, changes):
        """Return the records with all fields that are sent; ids that do not exist are left out."""
        model = self.env[name]
        columns = self._columns(name)
        missing = [i for i in ids if not columns <= changes.now.get(i, {}).keys()]
        read = model._realtime_row_values(missing, columns) if missing else {}
        for record_id, row in read.items():
            changes.now.setdefault(record_id, {}).update(row)
        now, sent = changes.now, sorted(self._sent_columns(name))
        rows = {i: {n: now[i][n] for n in sent} for i in ids if i in now}
        images = self._converted(model, rows)
        if "display_name" in model._realtime_fields().reread:
            return images
        display_names = self._display_names(model, rows)
        return [{"display_name": display_names[image["id"]], **image} for image in images]

    @api.model
    def _rules(self, name, images, changes):
        """Return, for images just read, the fields of rules that they do not hold."""
        model = self.env[name]
        fields = model._realtime_fields()
        wanted = sorted(fields.only_rules)
        if not wanted or not images:
            return []
        ids = [image["id"] for image in images]
        columns = [n for n in wanted if n not in fields.relations]
        rows = {i: {n: changes.now[i][n] for n in columns} for i in ids}
        for relation in fields.rule_relations:
            related = model._realtime_related_ids(relation, ids)
            for record_id, row in rows.items():
                row[relation] = related.get(record_id, [])
        return self._converted(model, rows)

    @api.model
    def _versions(self, name, images, changes):
        """Return the versions of the rows of images just read, in their order."""
        if not self.env[name]._auto:
            return False
        return [changes.now[image["id"]][VERSION] for image in images]

    @api.model
    def _before(self, name, ids, changes):
        """Return what is known of the records before they changed."""
        model = self.env[name]
        fields = model._realtime_fields()
        wanted = sorted(fields.carried)
        old = changes.old
        return self._converted(
            model, {i: {n: old[i][n] for n in wanted if n in old.get(i, {})} for i in ids}
        )

    @api.model
    def _of_rules(self, name, ids, changes):
        """Return the ids with the fields that rules look at: as they are, or were when deleted."""
        model = self.env[name]
        fields = model._realtime_fields()
        wanted = sorted(fields.rule_columns)
        known = {**changes.old, **changes.now}
        unknown = [i for i in ids if i not in known]
        known |= model._realtime_row_values(unknown, wanted) if unknown else {}
        rows = {i: {n: known[i][n] for n in wanted if n in known.get(i, {})} for i in ids}
        for relation in fields.rule_relations:
            related = model._realtime_related_ids(relation, ids)
            for record_id, row in rows.items():
                before = changes.old.get(record_id, {}) if record_id in changes.deleted else {}
                row[relation] = related.get(record_id) or before.get(relation, [])
        return self._converted(model, rows)

    @api.model
    def _columns(self, name):
        """Return the columns of everything that a message holds, and of the row's version."""
        model = self.env[name]
        columns = self._sent_columns(name) | model._realtime_fields().rule_columns
        return columns | {VERSION} if model._auto else columns

    @api.model
    def _sent_columns(self, name):
        model = self.env[name]
        fields = model._realtime_fields()
        return {*fields.sent, *(["write_date"] if model._log_access else [])}

    @api.model
    def _converted(self, model, rows):
        """Return the rows of columns as ``read`` gives them."""
        names = {
            name: self._names_of(model._fields[name], {row.get(name) for row in rows.values()})
            for name in set().union(*rows.values())
            if model._fields[name].type == "many2one"
        }
        return [
            {
                "id": record_id,
                **{n: read_value(model, n, value, names.get(n)) for n, value in row.items()},
            }
            for record_id, row in rows.items()
        ]

    @api.model
    def _names_of(self, field, ids):
        """Return ``{id: display name}``; like ``read``, whoever asks may see it."""
        records = self.env[field.comodel_name].browse(sorted(ids - {None, False}))
        try:
            return {record.id: record.display_name for record in records}
        except MissingError:
            return {record.id: record.display_name for record in records.exists()}

    @api.model
    def _display_names(self, model, rows):
        name = model._rec_name
        if name in model._realtime_fields().sent and model._fields[name].type == "char":
            if not overrides(model, "_compute_display_name"):
                return {record_id: row[name] or False for record_id, row in rows.items()}
        records = model.browse(rows)
        records.invalidate_recordset(["display_name", *([name] if name else [])], flush=False)
        return {record.id: record.display_name or False for record in records}


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


def overrides(model, method):
    """Tell whether a model has its own version of one of Odoo's methods."""
    return next(cls for cls in type(model).__mro__ if method in vars(cls)) is not models.BaseModel
