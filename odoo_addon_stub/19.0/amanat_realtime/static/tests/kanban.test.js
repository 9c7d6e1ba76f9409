import { advanceTime, expect, queryOne, test, waitFor, waitUntil } from "@odoo/hoot";
import { contains, getKanbanRecordTexts, MockServer, onRpc } from "@web/../tests/web_test_helpers";
import { defineDeals } from "./deals";
import { fakeBridge, openLive, PATIENCE, READ_MS } from "./fake_bridge";

defineDeals();
const bridge = fakeBridge(["deal"]);

const BOARD = {
    type: "kanban",
    resModel: "deal",
    groupBy: ["stage"],
    arch: `
        <kanban default_order="amount">
            <templates>
                <t t-name="card"><field name="name"/> <field name="amount"/></t>
            </templates>
        </kanban>`,
};
const card = (name) => `.o_kanban_record:contains(${name})`;
const columns = () => [getKanbanRecordTexts(0), getKanbanRecordTexts(1)].map((cards) => cards.map((text) => text.split(/\s/)[0]).join());
const reads = (expected) => waitUntil(() => columns().join("|") === expected, PATIENCE);

test("a card follows where it is, and Odoo is not asked", async () => {
    await openLive(bridge, BOARD);
    onRpc("deal", "*", ({ method }) => expect.step(method));
    const before = queryOne(card("Beta"));

    await bridge.write("deal", 1, { name: "Betty" });

    expect(queryOne(card("Betty"))).toBe(before);
    expect(card("Betty")).toHaveClass("o_amanat_card_changed");
    await advanceTime(READ_MS);
    expect.verifySteps([]);
});

test("a card moves to the column where somebody else has put it", async () => {
    await openLive(bridge, BOARD);
    const stays = queryOne(card("Delta"));

    await bridge.write("deal", 1, { stage: "won" });
    await advanceTime(READ_MS);

    await reads("Delta|Beta,Gamma");
    expect(queryOne(card("Delta"))).toBe(stays);
});

test("nothing moves while the user drags a card, and everything does when it is dropped", async () => {
    await openLive(bridge, BOARD);
    const { moveTo, drop } = await contains(card("Delta")).drag();
    await moveTo(".o_kanban_group:eq(1)");

    await bridge.write("deal", 1, { stage: "won" });
    await advanceTime(READ_MS);
    expect(`.o_kanban_group:eq(0) ${card("Beta")}`).toHaveCount(1);

    await drop();
    await advanceTime(READ_MS);
    await waitUntil(() => columns()[0] === "" && columns()[1].split(",").length === 3, PATIENCE);
    expect(MockServer.env.deal.browse(2)[0].stage).toBe("won");
});

test("of two moves of one card the drop counts, and its user is told of the other", async () => {
    await openLive(bridge, BOARD);
    const { moveTo, drop } = await contains(card("Gamma")).drag();
    await moveTo(".o_kanban_group:eq(0)");

    await bridge.write("deal", 3, { stage: false });
    await drop();

    await waitFor(".o_notification:contains(Aziz Karimov moved “Gamma” while you dragged it)", PATIENCE);
    expect(MockServer.env.deal.browse(3)[0].stage).toBe("new");
    await advanceTime(READ_MS);
    await waitUntil(() => columns()[0].includes("Gamma"), PATIENCE);
});
