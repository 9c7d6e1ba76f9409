import { expect, queryAllTexts, test } from "@odoo/hoot";
import { clickSave, contains, MockServer, mountView, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { StaticList } from "@web/model/relational_model/static_list";
import { defineDeals } from "./deals";
import { beginLive, fakeBridge, openLive } from "./fake_bridge";

defineDeals();
const bridge = fakeBridge(["deal"]);
// as if the next version of Odoo had another; modules are this file's own
delete StaticList.prototype._applyCommands;

const FORM = { type: "form", resModel: "deal", resId: 1, arch: `<form><field name="name"/><field name="amount"/></form>` };
const LIST = { type: "list", resModel: "deal", arch: `<list default_order="amount"><field name="amount"/></list>` };
const amount = ".o_field_widget[name=amount] input";

test("where Odoo has not what forms need, they are as Odoo made them, the console says so once, and lists are live", async () => {
    patchWithCleanup(console, { warn: (text) => expect.step(text) });
    await beginLive(bridge);
    await mountView(FORM);
    await openLive(bridge, LIST);
    expect.verifySteps(["[amanat] this Odoo lacks StaticList._applyCommands: forms show what Odoo last read"]);

    await bridge.write("deal", 1, { amount: 15 });
    expect(queryAllTexts(".o_data_row td[name=amount]")).toEqual(["15", "20", "30"]);
    expect(amount).toHaveValue("10");

    await contains(amount).edit("11");
    await clickSave();
    expect(MockServer.env.deal.browse(1)[0].amount).toBe(11);
    expect.verifySteps([]);
});
