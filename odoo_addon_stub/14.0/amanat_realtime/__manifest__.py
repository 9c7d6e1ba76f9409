# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Amanat Realtime",
    "summary": "Announces committed changes to the Amanat bridge, and to nobody else",
    "version": "14.0.1.0.0",
    "author": "Amanat",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["web", "bus"],
    "external_dependencies": {"python": ["cryptography"]},
    "data": [
        "security/amanat_groups.xml",
        "security/ir.model.access.csv",
        "security/amanat_rules.xml",
        "data/ir_config_parameter.xml",
        "data/ir_cron.xml",
        "data/ir_sequence.xml",
        "data/res_users.xml",
        "views/amanat_transfer_views.xml",
    ],
    "demo": ["demo/amanat_demo.xml"],
    "installable": True,
    "application": True,
}
