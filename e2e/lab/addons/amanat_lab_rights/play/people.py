"""The companies, users, rules and records of the leak test: made before it, removed after it."""

import secrets

from odoo import Command

MARK = "Lab rights"
LOGIN = "lab_"
ADDON = "amanat_lab_rights"
LANGUAGES = ("en_US", "ru_RU", "uz_UZ")
OF_COMPANY = "['|', ('company_id', '=', False), ('company_id', 'in', company_ids)]"

# What members of each group see: model, then the rule's domain; None stands for everybody.
RULES = [
    ("lab.deal", None, OF_COMPANY),
    ("lab.line", None, OF_COMPANY),
    ("lab.vague", None, OF_COMPANY),
    ("lab.deal", "own", "[('owner_id', '=', user.id)]"),
    ("lab.deal", "open", "[('state', '=', 'open')]"),
    ("lab.deal", "branch", "[('branch_id.manager_id', '=', user.id)]"),
    ("lab.deal", "tree", "[('branch_id', 'child_of', [{branch}])]"),
    ("lab.deal", "tag", "[('tag_ids.name', '=', 'vip')]"),
    ("lab.deal", "amount", "['|', ('amount', '>=', 500), ('date', '!=', False)]"),
    ("lab.deal", "word", "['&', ('name', 'ilike', 'E'), '!', ('name', '=like', '%7')]"),
    ("lab.deal", "all", "[(1, '=', 1)]"),
    ("lab.line", "own", "[('owner_id', '=', user.id)]"),
    ("lab.line", "open", "[('paid', '=', False)]"),
    ("lab.line", "all", "[(1, '=', 1)]"),
    ("lab.vague", "own", "['|', ('owner_id', '=', user.id), ('title', 'ilike', 'open')]"),
    ("lab.vague", "open", "[('title', 'not ilike', 'shut')]"),
]
GROUP_SETS = [
    ["all"],
    ["own"],
    ["open"],
    ["own", "open"],
    ["branch"],
    ["tree"],
    ["tag"],
    ["amount"],
    ["word"],
    ["reader"],
    ["own", "internal"],
    ["open", "internal", "finance"],
    ["all", "finance"],
    ["branch", "tag", "internal"],
    [],
    ["portal", "own"],
    ["portal", "tag", "word"],
]
COMPANY_SETS = [(0, 1, 2), (0,), (1,), (0, 1), (2,), (2, 0), (1, 2)]


def group(env, name):
    if name == "portal":
        return env.ref("base.group_portal")
    return env.ref(f"{ADDON}.group_{name}")


def make(env, count):
    """Make everybody and everything, and return the :class:`People`."""
    sweep(env)
    companies = env["res.company"].create([{"name": f"{MARK} {letter}"} for letter in "ABC"])
    people = People(companies.ids)
    make_users(env, people, count)
    make_records(env, people)
    branch = people.branches[1]
    for model, name, domain in RULES:
        env["ir.rule"].create(rule(env, model, name, domain.format(branch=branch)))
    return people


def rule(env, model, name, domain):
    return {
        "name": f"{MARK}: {name or 'companies'}",
        "model_id": env["ir.model"]._get_id(model),
        "domain_force": domain,
        "groups": [Command.set(group(env, name).ids if name else [])],
    }


class People:
    """Who and what there is to play with; ids only, so that it outlives a transaction."""

    def __init__(self, companies):
        self.companies = companies
        self.users = {}
        self.password = secrets.token_urlsafe(12)
        self.partners, self.branches, self.tags, self.countries = [], [], [], []

    @property
    def everybody(self):
        return list(self.users)


def make_users(env, people, count):
    values = [user_values(env, people, number) for number in range(count)]
    users = env["res.users"].with_context(no_reset_password=True).create(values)
    hashed = users._crypt_context().hash(people.password)
    # One password for all of them: hashing takes its time, and it is a lab.
    env.cr.execute("UPDATE res_users SET password = %s WHERE id = ANY(%s)", [hashed, users.ids])
    for number, user in enumerate(users):
        people.users[user.id] = {
            "login": user.login,
            "groups": GROUP_SETS[number % len(GROUP_SETS)],
            "companies": user.company_ids.ids,
        }


def user_values(env, people, number):
    groups = GROUP_SETS[number % len(GROUP_SETS)]
    shift = number // len(GROUP_SETS)
    companies = [
        people.companies[i] for i in COMPANY_SETS[(number + shift) % len(COMPANY_SETS)]
    ]
    if number == 0:
        companies = people.companies
    standing = [] if "portal" in groups else [env.ref("base.group_user").id]
    return {
        "login": f"{LOGIN}{number}",
        "name": f"{MARK} user {number}",
        "lang": LANGUAGES[number % len(LANGUAGES)],
        "company_id": companies[0],
        "company_ids": [Command.set(companies)],
        "group_ids": [
            Command.set([*standing, *(group(env, name).id for name in [*groups, "beacon"])])
        ],
    }


def make_records(env, people):
    people.partners = env["res.partner"].create(
        [{"name": f"{MARK} partner {n}", "company_id": c} for n, c in enumerate(people.companies)]
    ).ids
    people.countries = [env.ref("base.uz").id, env.ref("base.kz").id]
    people.tags = env["lab.tag"].create([{"name": name} for name in ("vip", "plain", "cold")]).ids
    managers = [uid for uid, user in people.users.items() if "branch" in user["groups"]]
    parents = [None, None, 1, 1, 2]
    for number, parent in enumerate(parents):
        branch = env["lab.branch"].create(
            {
                "name": f"Branch {number}",
                "manager_id": managers[number % len(managers)] if managers else False,
                "parent_id": people.branches[parent] if parent is not None else False,
            }
        )
        people.branches.append(branch.id)
    env["lab.beacon"].create({"name": "beacon"})


def sweep(env):
    """Remove what this run, or an earlier one that was killed, has made."""
    env = env(context={"active_test": False, "tracking_disable": True})
    env["ir.rule"].search([("name", "=like", f"{MARK}%")]).unlink()
    for model in ("lab.line", "lab.deal", "lab.vague", "lab.beacon", "lab.tag"):
        env[model].search([]).unlink()
    env["lab.branch"].search([], order="id desc").unlink()
    users = env["res.users"].search([("login", "=like", "lab\\_%")])
    partners = users.partner_id
    users.unlink()
    companies = env["res.company"].search([("name", "=like", f"{MARK}%")])
    partners |= companies.partner_id
    partners |= env["res.partner"].search([("name", "=like", f"{MARK}%")])
    env["ir.sequence"].search([("company_id", "in", companies.ids)]).unlink()
    companies.unlink()
    partners.exists().unlink()
