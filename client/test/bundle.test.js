import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSmall, bundle, committedBundle } from "../build.js";

test("the add-on ships exactly what client/src says", async () => {
    assert.equal(await committedBundle(), await bundle(), "run `npm run build` in client/ and commit the result");
});

test("the bundle keeps its budget", async () => {
    assertSmall(await bundle());
});

test("Odoo takes the bundle for a module, and a browser can import it", async () => {
    const text = await bundle();
    assert.match(text, /^\/\*\* @odoo-module \*\//);
    const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
    assert.deepEqual(Object.keys(module).sort(), ["Client", "createLog", "newOrigin", "reconnectDelay"]);
});
