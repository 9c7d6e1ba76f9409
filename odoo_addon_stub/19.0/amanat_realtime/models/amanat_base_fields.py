import logging

from odoo import api, models, tools
from odoo.tools import SQL

from .realtime_fields import (
    RELATIONS,
    VERSION,
    RealtimeFields,
    depends_on_reader,
    has_column,
    holds_several_values,
    names_in_domain,
    never_passes,
)
from .realtime_names import name_depends_on_reader

_logger = logging.getLogger("amanat.realtime")

VERSION_AS_TEXT = SQL("%s::text", SQL.identifier(VERSION))


class AmanatBaseFields(models.AbstractModel):
    """What is announced of a live model, and how the database is asked for it."""

    _inherit = "amanat.base.model"

    @api.model
    @tools.ormcache("self._name")
    def _realtime_fields(self):
        """Return the :class:`RealtimeFields` of this model; forgotten when a rule changes."""
        live = self._realtime_live_names()
        rules = self._realtime_rule_names()
        parents = self._realtime_parents({*live, *rules})
        watched = {*live, *rules, *parents}
        reread = {n for n in ("display_name", *live) if self._realtime_depends_on_reader(n)}
        sent = tuple(n for n in live if n not in reread)
        return RealtimeFields(
            live=live,
            sent=sent,
            reread=frozenset(reread),
            rules=rules,
            carried=frozenset(n for n in {*sent, *rules} if self._realtime_carries(n)),
            columns=frozenset(n for n in watched if has_column(self._fields[n])),
            relations=frozenset(n for n in watched if self._fields[n].type in RELATIONS),
            parents=parents,
        )

    @api.model
    def _realtime_depends_on_reader(self, name):
        """Tell whether two users may read different values of this field, or names in it."""
        field = self._fields[name]
        if name == "display_name":
            return name_depends_on_reader(self, own=True)
        if field.type == "many2one" and name_depends_on_reader(self.env[field.comodel_name]):
            return True
        return depends_on_reader(field)

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
        rows = self.env.execute_query(
            SQL(
                """SELECT r.domain_force FROM ir_rule r JOIN ir_model m ON m.id = r.model_id
                    WHERE m.model = %s AND r.active AND r.perm_read""",
                self._name,
            )
        )
        names = set(self._inherits.values()).union(*(names_in_domain(text) for (text,) in rows))
        names |= {root for name in names for root in self._realtime_roots(name)}
        names.add(self._active_name)
        return frozenset(
            name
            for name in names
            if (field := self._fields.get(name)) is not None
            and field.store
            and name != "id"
            and not never_passes(field)
        )

    @api.model
    def _realtime_roots(self, name):
        """Yield the own fields that a related field without a column starts from."""
        field = self._fields.get(name)
        while field is not None and field.related and not field.store:
            field = self._fields.get(field.related.split(".")[0])
            if field is not None:
                yield field.name

    @api.model
    def _realtime_carries(self, name):
        """Tell whether messages hold what the database compares, before and after any change."""
        field = self._fields[name]
        if field.type in RELATIONS:
            return self._realtime_hears_of(field)
        return has_column(field) and not holds_several_values(field)

    @api.model
    def _realtime_hears_of(self, field):
        """Tell whether whatever changes this x2many field passes live models, and is noted."""
        if not self._realtime_relation_table(field.name):
            return False
        if not field.get_comodel_domain(self).is_true():
            return False
        if field.type == "many2many":
            return relations_with(self.env.registry, field.relation) == 1
        comodel = self.env[field.comodel_name]
        inverse = comodel._fields[field.inverse_name]
        plain = not field.compute and not holds_several_values(inverse)
        return plain and comodel._realtime_is_live()

    @api.model
    def _realtime_parents(self, watched):
        """Return, per many2one or many2many, the x2many fields of others it shows up in."""
        parents = {}
        for name, field in self._fields.items():
            mirrored = field.type == "many2one" or (field.type == "many2many" and name in watched)
            if not field.store or not mirrored:
                continue
            shown = tuple(
                (inverse.model_name, inverse.name)
                for inverse in self.pool.field_inverses[field]
                if inverse.type in RELATIONS and self._realtime_shows(inverse)
            )
            if shown:
                parents[name] = shown
        return parents

    @api.model
    def _realtime_shows(self, field):
        owner = self.env[field.model_name]
        if not owner._realtime_is_live():
            return False
        return field.name in {*owner._realtime_live_names(), *owner._realtime_rule_names()}

    @api.model
    def _realtime_row_values(self, ids, names):
        """Return ``{id: {column: value}}`` as the database holds it now, pending writes or not."""
        columns = ["id", *sorted(names)]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(
                    VERSION_AS_TEXT if n == VERSION else SQL.identifier(n) for n in columns
                ),
                SQL.identifier(self._table),
                list(ids),
            )
        )
        return {row[0]: dict(zip(columns[1:], row[1:], strict=True)) for row in rows}

    @api.model
    def _realtime_versions(self, ids):
        """Return ``{id: version}`` of the rows that exist."""
        rows = self._realtime_row_values(ids, [VERSION])
        return {record_id: row[VERSION] for record_id, row in rows.items()}

    @api.model
    def _realtime_related_ids(self, name, ids):
        """Return ``{id: sorted related ids}`` of an x2many field as the database holds it now."""
        where = self._realtime_relation_table(name)
        if not where:
            return {}
        table, ours, theirs = map(SQL.identifier, where)
        rows = self.env.execute_query(
            SQL(
                "SELECT %(ours)s, array_agg(%(theirs)s ORDER BY %(theirs)s) FROM %(table)s"
                " WHERE %(ours)s = ANY(%(ids)s) GROUP BY %(ours)s",
                ours=ours,
                theirs=theirs,
                table=table,
                ids=list(ids),
            )
        )
        return dict(rows)

    @api.model
    def _realtime_relation_table(self, name):
        """Return table and columns (our id, related id) of an x2many field; none if computed."""
        field = self._fields[name]
        if not field.store:
            return None
        if field.type == "many2many":
            return field.relation, field.column1, field.column2
        comodel = self.env[field.comodel_name]
        inverse = comodel._fields.get(field.inverse_name)
        return (comodel._table, inverse.name, "id") if inverse and has_column(inverse) else None


def relations_with(registry, table):
    """Return how many stored fields, of any model, keep their ids in this relation table."""
    return sum(
        field.type == "many2many" and field.store and field.relation == table
        for model in registry.values()
        if not model._abstract
        for field in model._fields.values()
    )
