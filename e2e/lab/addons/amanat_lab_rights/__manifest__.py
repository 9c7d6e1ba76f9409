# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Amanat Realtime: models for testing rights",
    "summary": "Live models with every kind of field and rule; installed in the lab only",
    "version": "19.0.1.0.0",
    "author": "Amanat",
    "license": "LGPL-3",
    "category": "Hidden",
    "depends": ["amanat_realtime"],
    "data": ["security/groups.xml", "security/ir.model.access.csv"],
    "installable": True,
}
