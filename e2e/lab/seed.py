"""Makes the lab's companies, languages, users and records; run by `odoo shell`, as often as wanted.

What an earlier run printed comes in on descriptor 3, so that passwords stay; the JSON object
printed is what `lab info` shows.
"""

import json
import os
import random
import secrets

known = json.loads(os.fdopen(3).read() or "{}")
passwords = {user["login"]: user["password"] for user in known.get("users", [])}
if known.get("service_user"):
    passwords[known["service_user"]["login"]] = known["service_user"]["password"]

# Odoo 17 and older have no Command, and call it groups_id.
GROUPS = "group_ids" if "group_ids" in env["res.users"]._fields else "groups_id"

SERVICE_LOGIN = "amanat_bridge"
USER, MANAGER = "amanat_realtime.group_user", "amanat_realtime.group_manager"
INTERNAL, PORTAL = "base.group_user", "base.group_portal"
TASHKENT, SAMARKAND = "Amanat Tashkent", "Amanat Samarkand"
USERS = [
    ("aziz", "Aziz Karimov", "en_US", [TASHKENT], [INTERNAL, USER]),
    ("bobur", "Бобур Рашидов", "en_US", [TASHKENT], [INTERNAL, USER]),
    ("malika", "Малика Юсупова", "ru_RU", [TASHKENT, SAMARKAND], [INTERNAL, USER]),
    ("dilnoza", "Dilnoza Toʻrayeva", "uz_UZ", [SAMARKAND], [INTERNAL, USER]),
    ("gulnora", "Gulnora Aʼzamova", "en_US", [TASHKENT, SAMARKAND], [INTERNAL, MANAGER]),
    ("sardor", "Сардор Алиев", "en_US", [TASHKENT], [INTERNAL]),
    ("portal1", "Portal Customer", "en_US", [TASHKENT], [PORTAL]),
]


def main():
    languages("ru_RU", "uz_UZ")
    companies = make_companies()
    users = [administrator(companies)] + [make_user(companies, *row) for row in USERS]
    if "amanat.transfer" in env:
        make_transfers(companies[TASHKENT], 40)
        make_transfers(companies[SAMARKAND], 5)
        parameters = env["ir.config_parameter"]
        parameters.set_param("amanat_realtime.bridge_url", os.environ["AMANAT_BRIDGE_URL"])
    service = service_user()
    if hasattr(env["ir.qweb"], "_pregenerate_assets_bundles"):
        env["ir.qweb"]._pregenerate_assets_bundles()
    env.cr.commit()
    print("\n" + json.dumps({"users": users, "service_user": service}))


def languages(*codes):
    found = env["res.lang"].with_context(active_test=False).search([("code", "in", codes)])
    missing = found.filtered(lambda language: not language.active)
    wizard = env["base.language.install"]
    if missing and "lang_ids" in wizard._fields:
        wizard.create({"lang_ids": linked(missing)}).lang_install()
    for language in missing if "lang" in wizard._fields else ():
        wizard.create({"lang": language.code}).lang_install()


def linked(records):
    return [(6, 0, records.ids)]


def make_companies():
    main_company = env.ref("base.main_company")
    main_company.name = TASHKENT
    other = named("res.company", SAMARKAND, currency_id=main_company.currency_id.id)
    return {TASHKENT: main_company, SAMARKAND: other}


def named(model, name, **values):
    found = env[model].search([("name", "=", name)], limit=1)
    return found or env[model].create({"name": name, **values})


def administrator(companies):
    admin = env.ref("base.user_admin")
    admin.company_ids = [(4, company.id) for company in companies.values()]
    if manager := env.ref(MANAGER, raise_if_not_found=False):
        admin[GROUPS] = [(4, manager.id)]
    return describe(admin)


def make_user(companies, login, name, lang, company_names, group_ids):
    allowed = env["res.company"].union(*(companies[company] for company in company_names))
    groups = env["res.groups"].union(*(group for group in map(find, group_ids) if group))
    active = env["res.lang"].search([("code", "=", lang)])
    values = {
        "login": login,
        "name": name,
        "email": f"{login}@amanat.example",
        "lang": lang if active else "en_US",
        "tz": "Asia/Tashkent",
        "company_id": allowed[0].id,
        "company_ids": linked(allowed),
        GROUPS: linked(groups),
    }
    everyone = env["res.users"].with_context(active_test=False, no_reset_password=True)
    user = everyone.search([("login", "=", login)])
    if user:
        user.write(values)
    else:
        user = everyone.create(values)
    return describe(user)


def find(xmlid):
    return env.ref(xmlid, raise_if_not_found=False)


def describe(user):
    return {
        "login": user.login,
        "password": set_password(user),
        "name": user.name,
        "groups": sorted(ids[0] for ids in user[GROUPS]._get_external_ids().values() if ids),
        "companies": user.company_ids.mapped("name"),
        "company_ids": user.company_ids.ids,
        "lang": user.lang,
        "uid": user.id,
    }


def set_password(user):
    """Hashing takes a while, so a password that already fits stays as it is."""
    password = passwords.get(user.login) or secrets.token_urlsafe(12)
    env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
    stored = env.cr.fetchone()[0]
    if not stored or not user._crypt_context().verify(password, stored):
        user.password = password
    return password


def service_user():
    user = env.ref("amanat_realtime.user_bridge", raise_if_not_found=False)
    if not user:
        return None
    user.active = True
    return {"login": user.login, "password": set_password(user), "uid": user.id}


NOTES = ["Перевод родителям", "Bozor uchun toʻlov", "За аренду склада", "Rent, second half"]
NAMES = ["Акбар Тошматов", "Oʻktam Gʻaniyev", "Шахноза Мирзаева", "Jasur Bek Trading"]


def make_transfers(company, wanted):
    transfers = env["amanat.transfer"].with_company(company).sudo()
    have = transfers.with_context(active_test=False).search_count([("company_id", "=", company.id)])
    people = [named("res.partner", name) for name in NAMES]
    managers = env["res.users"].search(
        [("login", "in", ["aziz", "dilnoza", "gulnora"]), ("company_ids", "in", company.ids)]
    )
    draw = random.Random(have)
    transfers.create([
        {
            "company_id": company.id,
            "state": draw.choice(["draft", "open", "done", "cancelled"]),
            "amount": draw.randrange(10_000, 9_000_000) / 100,
            "sender_id": draw.choice(people).id,
            "receiver_id": draw.choice(people).id,
            "manager_id": draw.choice(managers).id,
            "note": draw.choice(NOTES),
            "internal_note": "Проверено менеджером",
            "secret_code": secrets.token_hex(4),
        }
        for _ in range(wanted - have)
    ])


main()
