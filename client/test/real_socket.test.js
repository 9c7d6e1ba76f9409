import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { Client } from "../src/client.js";
import { browserEnvironment } from "../src/environment.js";
import { sample } from "./fakes.js";

const ANSWERS = new Map(
    Object.entries({
        hello: () => sample("welcome"),
        watch: ({ ref = "" }) => ({ ...sample("ok-watch"), ref }),
    }),
);

test("over a real WebSocket a change reaches the view", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    server.on("connection", (socket) => {
        socket.on("message", (text) => {
            const message = JSON.parse(String(text));
            socket.send(JSON.stringify(ANSWERS.get(message.type)?.(message)));
            if (message.type === "watch") {
                socket.send(JSON.stringify(sample("list_update")));
            }
        });
    });
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const client = new Client({
        token: async () => ({ token: "t", url: `ws://127.0.0.1:${port}/amanat.v1`, expires_in: 300 }),
        origin: sample("hello").origin,
        environment: {
            ...browserEnvironment(),
            open: (url, protocol) => /** @type {any} */ (new WebSocket(url, protocol)),
        },
    });
    const frame = await new Promise((update) => {
        client.watch({ view: "list", model: "amanat.transfer" }, { update });
        client.start();
    });
    assert.deepEqual(frame, sample("list_update"));
    client.stop();
    server.close();
});
