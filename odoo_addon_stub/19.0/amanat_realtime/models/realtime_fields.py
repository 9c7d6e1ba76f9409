"""Which fields may travel, and which ones decide who may see a record. Plain functions."""

import ast
import re
from typing import NamedTuple

# The bridge applies the same list again; it is stated in docs/addon-contract.md.
NEVER_PASS_PARTS = re.compile(
    r"passw|passphrase|secret(?!ar)|token|credential|apikey|privatekey", re.IGNORECASE
)
NEVER_PASS_WORDS = frozenset(
    ["key", "keys", "pwd", "pin", "otp", "totp", "cvv", "cvc", "salt", "signature"]
)
NEVER_PASS_TYPES = frozenset(["binary", "image", "properties_definition"])
RELATIONS = frozenset(["one2many", "many2many"])
NO_ACCESS = "."
# PostgreSQL's own column: the transaction that wrote this version of the row.
VERSION = "xmin"


class RealtimeFields(NamedTuple):
    """What is announced of one model.

    ``live`` may travel, ``sent`` are those whose value is the same for every reader, ``reread``
    the others, with ``display_name`` if it is not; ``rules`` decide who sees a record, and
    ``carried`` are those whose value before and after every change is sent to the bridge;
    ``columns`` and ``relations`` are watched for changes; ``parents`` are the x2many fields of
    other records, live or in their rules, that a field's value shows up in:
    ``{field: ((model, field), ...)}``.
    """

    live: tuple
    sent: tuple
    reread: frozenset
    rules: frozenset
    carried: frozenset
    columns: frozenset
    relations: frozenset
    parents: dict

    @property
    def rule_columns(self):
        return self.rules & self.columns & self.carried

    @property
    def rule_relations(self):
        return self.rules & self.relations & self.carried

    @property
    def only_rules(self):
        """The fields of rules that records do not hold."""
        return (self.rules & self.carried).difference(self.sent)

    @property
    def parent_columns(self):
        return self.parents.keys() - self.relations

    @property
    def parent_relations(self):
        return self.parents.keys() & self.relations


def never_passes(field):
    """Tell whether the field must never leave Odoo: binaries and what its name calls a secret."""
    names = [field.name, *((field.related or "").split(".") if field.related else [])]
    return (
        field.type in NEVER_PASS_TYPES
        or field.groups == NO_ACCESS
        or any(is_secret_name(name) for name in names)
    )


def is_secret_name(name):
    words = name.lower().split("_")
    return bool(NEVER_PASS_PARTS.search(name.replace("_", ""))) or not NEVER_PASS_WORDS.isdisjoint(
        words
    )


def depends_on_reader(field):
    """Tell whether two users may read different values of this field on the same record.

    Record rules shorten an x2many field to the related records that its reader may see. For the
    name that comes with a many2one see ``realtime_names``.
    """
    return not field.store or field.type in RELATIONS or holds_several_values(field)


def has_column(field):
    return bool(field.store and field.column_type)


def holds_several_values(field):
    """Tell whether one column holds a value per language, company or parent record."""
    return bool(field.translate or field.company_dependent or field.type == "properties")


def names_in_domain(text):
    """Return the first part of every text in a rule's domain that could name a field.

    Too many names do no harm: the caller keeps those that are fields of the model. What cannot be
    parsed lets nobody read who is under that rule.
    """
    try:
        tree = ast.parse((text or "").strip() or "[]", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {
        node.value.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
