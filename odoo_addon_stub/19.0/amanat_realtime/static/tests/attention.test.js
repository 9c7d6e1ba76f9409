import { advanceTime, expect, queryAllTexts, test, waitFor, waitUntil } from "@odoo/hoot";
import { contains, defineMenus, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NavBar } from "@web/webclient/navbar/navbar";
import { defineDeals } from "./deals";
import { beginLive, fakeBridge, openLive, PATIENCE } from "./fake_bridge";

defineDeals();
const bridge = fakeBridge(["deal"]);

const BUTTON = ".o_amanat_status";
const LIST = { type: "list", resModel: "deal", arch: `<list default_order="amount"><field name="name"/><field name="amount"/></list>` };
const amounts = () => queryAllTexts(".o_data_row td[name=amount]").join();

/** The bar above every page, where the button is. */
async function openBar() {
    defineMenus([{ id: 1 }]);
    await beginLive(bridge);
    await mountWithCleanup(NavBar);
    await waitFor(BUTTON, PATIENCE);
}

test("views that are paused stay as they are, the button counts what waits, and pressing it draws that", async () => {
    await openBar();
    await openLive(bridge, LIST);
    expect(BUTTON).toHaveAttribute("title", "Live: press to pause");

    await contains(BUTTON).click();
    await bridge.write("deal", 1, { amount: 15 });
    await bridge.write("deal", 1, { amount: 16 });
    await bridge.write("deal", 2, { amount: 26 });

    expect(amounts()).toBe("10,20,30");
    expect(BUTTON).toHaveAttribute("title", "Paused: press to go on");
    expect(`${BUTTON} .o_amanat_waiting`).toHaveText("2");

    await contains(BUTTON).click();
    await waitUntil(() => amounts() === "16,26,30", PATIENCE);
    expect(`${BUTTON} .o_amanat_waiting`).toHaveCount(0);
    expect(BUTTON).toHaveAttribute("title", "Live: press to pause");
});

test("of a lost connection nothing is said for 5 seconds, the button says it for a minute, then a bar", async () => {
    await openBar();

    bridge.become("waiting");
    await advanceTime(4900);
    expect(BUTTON).toHaveAttribute("title", "Live: press to pause");

    await advanceTime(200);
    expect(`${BUTTON} .o_amanat_chip`).toHaveText("Reconnecting…");
    expect(".o_amanat_outage").toHaveCount(0);

    await advanceTime(55_000);
    expect(".o_amanat_outage").toHaveText(/Realtime interrupted/);
    expect(BUTTON).toHaveAttribute("title", "Realtime interrupted");
    await contains(".o_amanat_outage button:contains(Try again now)").click();
    expect(bridge.hurried).toBe(1);

    bridge.become("live");
    await waitUntil(() => !document.querySelector(".o_amanat_outage"), PATIENCE);
    expect(BUTTON).toHaveAttribute("title", "Live: press to pause");
    expect(".o_amanat_said").toHaveText("Live again");
});
