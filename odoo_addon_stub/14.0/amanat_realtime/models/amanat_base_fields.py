import logging

from odoo import api, models, tools

from .realtime_fields import (
    RELATIONS,
    RealtimeFields,
    depends_on_reader,
    has_column,
    names_in_domain,
    never_passes,
    related_names,
    relation_table,
)
from .realtime_sql import VERSION, related_ids, row_values, rule_texts

_logger = logging.getLogger("amanat.realtime")


class AmanatBaseFields(models.AbstractModel):
    """What is announced of a live model, and how the database is asked for it."""

    _inherit = "amanat.base.model"

    @api.model
    @tools.ormcache("self._name")
    def _realtime_fields(self):
        """Return the :class:`RealtimeFields` of this model; forgotten when a rule changes."""
        live, rules = self._realtime_live_names(), self._realtime_rule_names()
        parents = self._realtime_parents()
        watched = {*live, *rules, *parents}
        reread = {n for n in ("display_name", *live) if depends_on_reader(self, n)}
        sent = tuple(n for n in live if n not in reread)
        stored = frozenset(
            n for n in watched if self._fields[n].store and self._fields[n].column_type
        )
        return RealtimeFields(
            live=live,
            sent=sent,
            reread=frozenset(reread),
            rules=rules,
            carried=frozenset(n for n in {*sent, *rules} if has_column(self._fields[n])),
            columns=stored,
            relations=frozenset(n for n in watched if self._fields[n].type in RELATIONS),
            parents=parents,
        )

    @api.model
    @tools.ormcache("self._name")
    def _realtime_live_names(self):
        """Return what the model names, less what never passes; ``id`` and name go anyway."""
        names = dict.fromkeys(self.sudo()._get_realtime_fields())
        for name in names:
            if name not in self._fields:
                _logger.warning("%s has no field %s: it is not announced", self._name, name)
        return tuple(
            n
            for n in names
            if n in self._fields
            and n not in ("id", "display_name")
            and not never_passes(self._fields[n])
        )

    @api.model
    @tools.ormcache("self._name")
    def _realtime_rule_names(self):
        """Return the stored fields that record rules look at, and the one that archives."""
        texts = rule_texts(self.env.cr, self._name)
        names = set(self._inherits.values()).union(*map(names_in_domain, texts))
        names |= {root for name in names for root in self._realtime_roots(name)}
        if self._active_name:
            names.add(self._active_name)
        fields = ((name, self._fields.get(name)) for name in names)
        return frozenset(
            name
            for name, field in fields
            if field is not None and field.store and name != "id" and not never_passes(field)
        )

    @api.model
    def _realtime_roots(self, name):
        """Yield the own fields that a related field without a column starts from."""
        field = self._fields.get(name)
        while field is not None and field.related and not field.store:
            field = self._fields.get(related_names(field)[0])
            if field is not None:
                yield field.name

    @api.model
    def _realtime_parents(self):
        """Return, per stored many2one, the live one2many fields of others it shows up in."""
        parents = {}
        for name, field in self._fields.items():
            if field.type != "many2one" or not field.store:
                continue
            shown = tuple(
                (inverse.model_name, inverse.name)
                for inverse in self._field_inverses[field]
                if inverse.type == "one2many" and self._realtime_shows(inverse)
            )
            if shown:
                parents[name] = shown
        return parents

    @api.model
    def _realtime_shows(self, field):
        owner = self.env[field.model_name]
        return owner._realtime_is_live() and field.name in owner._realtime_live_names()

    @api.model
    def _realtime_row_values(self, ids, names):
        return row_values(self.env.cr, self._table, ids, names)

    @api.model
    def _realtime_versions(self, ids):
        """Return ``{id: version}`` of the rows that exist."""
        rows = self._realtime_row_values(ids, [VERSION])
        return {record_id: row[VERSION] for record_id, row in rows.items()}

    @api.model
    def _realtime_related_ids(self, name, ids):
        """Return ``{id: sorted related ids}`` of an x2many; ``None`` if no table tells."""
        where = relation_table(self, self._fields[name])
        return related_ids(self.env.cr, *where, ids) if where else None
