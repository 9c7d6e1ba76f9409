"""What each user of the leak test looks at."""

import json

from .truth import key

# A view's own domain; whether the bridge can judge it, it says itself.
DOMAINS = [
    lambda uid, people: [["state", "=", "open"]],
    lambda uid, people: ["|", ["amount", ">", 300.5], ["state", "!=", "draft"]],
    lambda uid, people: [["name", "ilike", "E1"]],
    lambda uid, people: [["owner_id", "=", uid]],
    lambda uid, people: [["tag_ids", "in", people.tags[:1]]],
    lambda uid, people: ["!", ["date", "<", "2026-01-04"]],
    lambda uid, people: [["partner_id", "ilike", "partner 1"]],
    lambda uid, people: [["company_id", "not in", people.companies[:1]]],
    lambda uid, people: [["title", "ilike", "open"]],
    lambda uid, people: [["active", "=", True], ["note", "!=", False]],
    lambda uid, people: [["deadline", "<=", "2026-01-03 10:00:00"]],
]
NARROW = ["name", "step", "state", "amount", "partner_id"]
# Domains on what nobody may look at, and on what only some may.
FORBIDDEN = [["secret_code", "!=", False]]
INTERNAL = [["internal_note", "!=", False]]


def plan(people, deals):
    """Return everybody's watches, with the keys of what is readable and of what matches."""
    return [
        watch
        for number, (uid, user) in enumerate(people.users.items())
        for watch in of_user(number, uid, user, people, deals)
    ]


def of_user(number, uid, user, people, deals):
    own = user["companies"]
    selection = own[1:] if number % 2 else list(reversed(own))
    domain = DOMAINS[number % len(DOMAINS)](uid, people)
    narrow = NARROW if number % 3 == 0 else None
    yield watch(uid, "beacon", "lab.beacon", own)
    yield watch(uid, "deals", "lab.deal", own)
    yield watch(uid, "lines", "lab.line", own)
    yield watch(uid, "vague", "lab.vague", own)
    yield watch(uid, "matching", "lab.deal", own, domain=domain, fields=narrow)
    yield watch(uid, "form", "lab.deal", own, record=deals[number % len(deals)])
    if len(own) > 1:
        yield watch(uid, "selection", "lab.deal", selection)
    yield watch(uid, "forbidden", "lab.deal", own, domain=FORBIDDEN)
    yield watch(uid, "internal", "lab.deal", own, domain=INTERNAL)


def watch(uid, ref, model, companies, domain=None, fields=None, record=None):
    return {
        "uid": uid,
        "ref": ref,
        "model": model,
        "companies": companies,
        "domain": domain,
        "fields": fields,
        "id": record,
        "readable": key(uid, companies, model),
        "matching": key(uid, companies, model, json.dumps(domain)) if domain else None,
    }
