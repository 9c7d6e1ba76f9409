import { defineModels, defineWebModels, fields, models } from "@web/../tests/web_test_helpers";

/** What the tests look at. */
class Deal extends models.Model {
    _name = "deal";
    name = fields.Char();
    amount = fields.Integer();
    note = fields.Char();
    day = fields.Date();
    stage = fields.Selection({
        selection: [
            ["new", "New"],
            ["won", "Won"],
        ],
    });
    partner_id = fields.Many2one({ relation: "res.partner" });
    line_ids = fields.One2many({
        relation: "deal.line",
        relation_field: "deal_id",
        inverse_fname_by_model_name: { "deal.line": "deal_id" },
    });
    _records = [
        { id: 1, day: "2026-11-02", name: "Beta", amount: 10, note: "", stage: "new", line_ids: [1, 2] },
        { id: 2, day: "2026-11-10", name: "Delta", amount: 20, note: "", stage: "new" },
        { id: 3, day: "2026-11-20", name: "Gamma", amount: 30, note: "", stage: "won" },
    ];
}

class Line extends models.Model {
    _name = "deal.line";
    name = fields.Char();
    quantity = fields.Integer();
    deal_id = fields.Many2one({ relation: "deal", inverse_fname_by_model_name: { deal: "line_ids" } });
    _records = [
        { id: 1, name: "Bolt", quantity: 1, deal_id: 1 },
        { id: 2, name: "Nut", quantity: 2, deal_id: 1 },
    ];
}

/** To be called once in a file of tests. */
export function defineDeals() {
    defineWebModels();
    defineModels([Deal, Line]);
}
