"""What Odoo says about random records and random domains, one JSON object a line; nothing is kept.

Lines: {"model", "fields", "parent"} per model, {"model", "image"} per record, and per domain
{"model", "domain", "open", "search", "filtered"}. "open" names what the domain leaves to Odoo on
purpose, or is null; the last two are the ids that match, or null where Odoo refuses the domain.
"""

import json
import logging
import random
import sys

from domains import Maker, as_json
from records import MODELS, Described, add_custom_fields, create

OPEN_SHARE = 0.2
SIZES = [1, 1, 1, 2, 3, 4, 6]
ZONES = [False, "UTC", "Asia/Tashkent", "Pacific/Kiritimati", "Pacific/Pago_Pago"]


def run(env, settings):
    logging.disable(logging.CRITICAL)
    chance = random.Random(settings["seed"])
    env = env(
        context={
            "active_test": False,
            "tracking_disable": True,
            "no_reset_password": True,
            "realtime_skip": True,
            "tz": chance.choice(ZONES),
        }
    )
    try:
        add_custom_fields(env)
        names = [name for name in MODELS if name in env]
        for name in names:
            create(env, chance, name, settings["records"])
        env.flush_all()
        for name in names:
            answer(Described(env, chance, name), settings)
    finally:
        env.cr.rollback()
        sys.stdout.flush()


def answer(described, settings):
    """Asks Odoo about random domains on the newest records of one model."""
    name, chance = described.model._name, described.chance
    ids = described.model.search([], order="id desc", limit=settings["sample"]).ids
    if not ids:
        return
    line(described.describe())
    for image in described.read(ids):
        line({"model": name, "image": image})
    maker = Maker(described)
    for _ in range(settings["domains"]):
        size = chance.choice(SIZES)
        make = maker.open_domain if chance.random() < OPEN_SHARE else maker.domain
        left, domain = make(size)
        search, filtered = answers(described.model, ids, domain)
        line(
            {"model": name, "domain": domain, "open": left, "search": search, "filtered": filtered}
        )


def answers(model, ids, domain):
    try:
        with model.env.cr.savepoint(flush=False):
            search = model.search([("id", "in", ids)] + domain, order="id").ids
    except Exception:  # noqa: BLE001 - whatever it is, Odoo refuses the domain
        return None, None
    try:
        with model.env.cr.savepoint(flush=False):
            filtered = model.browse(ids).filtered_domain(domain).ids
    except Exception:  # noqa: BLE001
        filtered = None
    return search, filtered


def line(what):
    sys.stdout.write("JSONL " + json.dumps(what, ensure_ascii=True, default=as_json) + "\n")
