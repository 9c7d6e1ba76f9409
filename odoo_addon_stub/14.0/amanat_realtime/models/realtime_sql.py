"""What the add-on asks PostgreSQL for, beside what Odoo's models do. Plain functions."""

from psycopg2 import errors, sql

from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

# Odoo runs the transaction again after these: they must not be taken for failures of our own.
RETRIED = tuple(errors.lookup(code) for code in PG_CONCURRENCY_ERRORS_TO_RETRY)
# PostgreSQL's own column: the transaction that wrote this version of the row.
VERSION = "xmin"


def row_values(cr, table, ids, names):
    """Return ``{id: {column: value}}`` as the database holds it now, pending writes or not."""
    names = sorted(names)
    query = sql.SQL("SELECT id{} FROM {} WHERE id = ANY(%s)").format(
        sql.SQL("").join(sql.SQL(", ") + column(name) for name in names), sql.Identifier(table)
    )
    cr.execute(query, [list(ids)])
    return {row[0]: dict(zip(names, row[1:])) for row in cr.fetchall()}


def column(name):
    return sql.SQL("xmin::text") if name == VERSION else sql.Identifier(name)


def related_ids(cr, table, ours, theirs, ids):
    """Return ``{id: sorted related ids}`` of an x2many field as the database holds it now."""
    query = sql.SQL(
        "SELECT {ours}, array_agg({theirs} ORDER BY {theirs}) FROM {table}"
        " WHERE {ours} = ANY(%s) GROUP BY {ours}"
    ).format(
        ours=sql.Identifier(ours), theirs=sql.Identifier(theirs), table=sql.Identifier(table)
    )
    cr.execute(query, [list(ids)])
    return dict(cr.fetchall())


def ids_pointing_at(cr, table, ours, theirs, ids):
    """Return the ids of the rows of ``table`` whose column ``theirs`` is one of ``ids``."""
    query = sql.SQL("SELECT DISTINCT {} FROM {} WHERE {} = ANY(%s)").format(
        sql.Identifier(ours), sql.Identifier(table), sql.Identifier(theirs)
    )
    cr.execute(query, [list(ids)])
    return [row[0] for row in cr.fetchall()]


def rule_texts(cr, model):
    """Return the domains, as they are written, of the record rules for reading of a model."""
    cr.execute(
        """SELECT r.domain_force FROM ir_rule r JOIN ir_model m ON m.id = r.model_id
            WHERE m.model = %s AND r.active AND r.perm_read""",
        [model],
    )
    return [text for (text,) in cr.fetchall()]
