import json

from odoo import api, models
from odoo.tools.json import json_default

from .guard_values import Kind, overwrites, same, touched_lines
from .realtime_fields import RELATIONS

NAMED = {"fields": {"display_name": {}}}
BINARIES = frozenset(["binary", "image"])


class AmanatGuardLook(models.AbstractModel):
    """Compares what a request has seen of a record with what its user may read of it now."""

    _name = "amanat.guard.look"
    _description = "What differs from what was seen"

    @api.model
    def _read_ahead(self, records, seen):
        """Read at once what is going to be compared of records that this user may read."""
        names = {
            name
            for record in records
            for name in self._comparable_names(record, seen[str(record.id)], None)
        }
        records.with_context(bin_size=True).fetch(names)

    @api.model
    def _differing(self, record, seen, vals):
        """Return a list with the record's fields that differ, or an empty one.

        ``vals``: what is about to be written; only those fields count, and a value that is there
        already is no conflict. None: every field that was seen counts.
        """
        fields, writers = {}, record.browse()
        for name in self._comparable_names(record, seen, vals):
            field, mine = record._fields[name], None if vals is None else vals[name]
            if field.type in RELATIONS:
                lines = self._differing_lines(record, name, seen[name], mine)
                if lines:
                    fields[name] = {"lines": lines}
            elif self._differs(record, field, seen[name], mine, vals is None):
                fields[name] = {"base": seen[name], "theirs": read_one(record, field)}
                writers = record
        if not fields:
            return []
        return [{"id": record.id, **self._last_write(writers, fields), "fields": fields}]

    @api.model
    def _comparable_names(self, record, seen, vals):
        """Only what this user may read: whoever cannot read a value cannot have seen it."""
        for name in seen if isinstance(seen, dict) else ():
            field = record._fields.get(name)
            if field and (vals is None or name in vals) and record._has_field_access(field, "read"):
                yield name

    @api.model
    def _differs(self, record, field, base, mine, only_shown):
        kind, current = Kind(field.type, digits_of(record, field)), read_plain(record, field)
        if field.type in BINARIES and base != current:
            # What was seen is a size, or the content that this very user has saved before.
            current = read_plain(record.with_context(bin_size=False), field)
        if only_shown:
            return not same(kind, base, current)
        return overwrites(kind, base, current, mine)

    @api.model
    def _differing_lines(self, record, name, seen, commands):
        """Return the lines that differ: the ones that a save touches, or without one all of them.

        Lists may show archived lines, too; of lines that this user may not read nothing is said.
        """
        linked = record.with_context(active_test=False)[name]._filtered_access("read")
        only_shown, lines = commands is None, record[name] & linked
        seen = seen if isinstance(seen, dict) else dict.fromkeys(map(str, seen or ()), False)
        touched = None if only_shown else touched_lines(commands, lines.ids)
        ids = [int(line) for line in seen if only_shown or is_touched(touched, int(line))]
        asked = lines.browse(ids)
        there = asked.exists()
        if touched:
            self.env["amanat.guard"]._lock(there._filtered_access("write"))
        readable = there._filtered_access("read")
        self._read_ahead(readable, seen)
        found = []
        for line in asked:
            removed = touched is not None and line.id not in touched.written
            if line not in there or (only_shown and line not in linked):
                found += [] if removed else [{"id": line.id, "gone": True}]
            elif line in readable:
                mine = None if touched is None or removed else touched.written[line.id]
                found += self._differing(line, seen[str(line.id)], mine)
        unseen = lines.ids if only_shown else touched.others
        found += [{"id": line, "new": True} for line in unseen if str(line) not in seen]
        return found if only_shown else found + self._taken_away(record, name, seen, touched.kept)

    @api.model
    def _taken_away(self, record, name, seen, kept):
        """Return the lines that were seen, and that replacing the list would bring back."""
        # sudo: only to tell which are no longer linked; a hidden one is.
        linked = set(record.sudo().with_context(active_test=False)[name].ids)
        back = record[name].browse(id_ for id_ in kept - linked if str(id_) in seen)
        there = back.exists()
        gone = (back - there) | there._filtered_access("read")
        return [{"id": line, "gone": True} for line in sorted(gone.ids)]

    @api.model
    def _last_write(self, record, fields):
        """Say who wrote last, as far as this user may see that, and when; of lines the newest."""
        if not record:
            lines = [line for found in fields.values() for line in found["lines"]]
            newest = max(lines, key=lambda line: line.get("at") or "")
            return {key: newest.get(key, False) for key in ("by", "own", "at")}
        if not record._log_access:
            return {"by": False, "own": False, "at": False}
        # sudo: of a record that this user may read, two fields that groups might keep back.
        at, writer = plain(record.sudo().write_date), record.sudo().write_uid
        visible = writer.sudo(False).has_access("read")
        return {
            "by": writer.sudo(False).display_name if visible else False,
            "own": writer.id == self.env.uid,
            "at": at,
        }


def is_touched(touched, line):
    return line in touched.written or line in touched.removed or line in touched.others


def digits_of(record, field):
    if field.type == "float":
        digits = field.get_digits(record.env)
        return digits[1] if digits else None
    if field.type == "monetary":
        name = field.get_currency_field(record)
        currency = record[name] if name else None
        return currency.decimal_places if currency else None
    return None


def read_plain(record, field):
    """Return a field's value as JSON carries it, as this user reads it."""
    reader = record if "bin_size" in record.env.context else record.with_context(bin_size=True)
    return plain(reader.read([field.name], load=None)[0][field.name])


def read_one(record, field):
    """Return a field's value as the web client reads it."""
    spec = {field.name: NAMED if field.type in ("many2one", "reference") else {}}
    return plain(record.with_context(bin_size=True).web_read(spec)[0][field.name])


def plain(value):
    return json.loads(json.dumps(value, default=json_default))
