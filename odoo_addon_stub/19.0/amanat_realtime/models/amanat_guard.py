from odoo import api, models
from odoo.tools import SQL

from ..exceptions import RealtimeConflict, RealtimeStale
from .guard_values import is_guarded

BASE = "amanat_base"
SHOWN = "amanat_shown"
PARAMETER = "amanat_realtime.guard"


class AmanatGuard(models.AbstractModel):
    """Refuses what would overwrite, or act upon, values that its author has not seen.

    A request says in its context what it has seen; one that does not is none of our business.
    """

    _name = "amanat.guard"
    _description = "Guard against silent overwrites"

    @api.model
    def _check_save(self, records, vals_by_id, bases):
        """Raise if a save overwrites another value than the one its author began with."""
        named = records.filtered(lambda record: str(record.id) in bases)
        found = self._find(named, bases, vals_by_id)
        if found:
            message = self.env._(
                "%s changed while you were editing. Nothing was saved.", labels(records, found)
            )
            raise RealtimeConflict(message, records._name, found)

    @api.model
    def _check_shown(self, records, shown):
        """Raise if a record is no longer as its user saw it when pressing the button."""
        named = records.filtered(lambda record: str(record.id) in shown)
        found = self._find(named, shown, None)
        if found:
            message = self.env._(
                "%s changed since it was shown to you. Nothing was done.", labels(records, found)
            )
            raise RealtimeStale(message, records._name, found)

    @api.model
    def _find(self, records, seen, vals_by_id):
        """Return what differs, record by record; ``vals_by_id`` None: nothing is written.

        What Odoo refuses anyway is left to it.
        """
        there = records.exists()
        if vals_by_id is not None and there - there._filtered_access("write"):
            return []
        self._lock(there._filtered_access("write"))
        readable = there._filtered_access("read")
        look, found = self.env["amanat.guard.look"], []
        look._read_ahead(readable, seen)
        for record in records:
            if record not in there:
                found.append({"id": record.id, "gone": True})
            elif record in readable:
                vals = None if vals_by_id is None else vals_by_id[record.id]
                found += look._differing(record, seen[str(record.id)], vals)
        return found

    @api.model
    def _lock(self, records):
        """Wait for others who are writing these rows, in order of id.

        A row that was written since this transaction began is a serialization failure, which Odoo
        answers by running the request again: what is compared then is what is committed. Rows that
        refer to these may be written meanwhile.
        """
        if not records or not records._auto or records._table_query:
            return
        records.flush_model()
        self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                SQL.identifier(records._table),
                sorted(records._ids),
            )
        )

    @api.model
    def _guards(self, model):
        """Tell whether the model is live and the parameter does not except it."""
        if not isinstance(self.env[model], self.env.registry["amanat.base.model"]):
            return False
        # sudo: ir.config_parameter is not readable for users; only this switch is read.
        setting = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        return is_guarded(setting, model)


class AmanatBaseModel(models.AbstractModel):
    """Saves of the web client come through here; ``write`` by other code does not."""

    _inherit = "amanat.base.model"

    def web_save(self, vals, specification, next_id=None):
        records, bases = self._guard_bases()
        if bases:
            self.env["amanat.guard"]._check_save(records, dict.fromkeys(self._ids, vals), bases)
        return super(AmanatBaseModel, records).web_save(vals, specification, next_id=next_id)

    def web_save_multi(self, vals_list, specification):
        records, bases = self._guard_bases()
        if bases and len(vals_list) == len(records):
            vals_by_id = dict(zip(self._ids, vals_list, strict=True))
            self.env["amanat.guard"]._check_save(records, vals_by_id, bases)
        return super(AmanatBaseModel, records).web_save_multi(vals_list, specification)

    def _guard_bases(self):
        """Return these records without the key in their context, and what it said, if it counts."""
        if BASE not in self.env.context:
            return self, None
        context = dict(self.env.context)
        bases = context.pop(BASE)
        if not isinstance(bases, dict):
            raise ValueError(f"{BASE} is {{id: {{field: base}}}}, not a {type(bases).__name__}")
        guarded = self.env["amanat.guard"]._guards(self._name)
        return self.with_context(context), bases if guarded else None


def labels(records, found):
    """Name the fields that differ, as users know them; no value is in that sentence."""
    names = dict.fromkeys(name for one in found for name in one.get("fields", ()))
    if not names:
        return records.env._("The record")
    titles = (records._fields[name]._description_string(records.env) for name in names)
    return ", ".join(f"“{title}”" for title in titles)
