import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { assertSmall, bundles, committed } from "../build.js";

test("the add-on ships exactly what client/src says", async () => {
    for (const [name, text] of await bundles()) {
        assert.equal(await committed(name), text, "run `npm run build` in client/ and commit the result");
    }
});

test("the bundles keep their budget", async () => {
    assertSmall(await bundles());
});

test("Odoo takes the bundle for a module, and a browser can import it", async () => {
    const text = (await bundles()).get("amanat_client.js") ?? "";
    assert.match(text, /^\/\*\* @odoo-module \*\//);
    assert.match(text, /^export \{[\w\s,]+\}/m);
    const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
    assert.deepEqual(Object.keys(module).sort(), ["Client", "createLog", "newOrigin", "reconnectDelay"]);
});

test("another worker has another address: browsers keep the old one for days", async () => {
    const files = await bundles();
    const version = createHash("sha256").update(files.get("amanat_worker.js") ?? "").digest("hex").slice(0, 12);
    assert.ok(files.get("amanat_client.js")?.includes(version));
});
