import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { StreamSocket } from "../src/stream.js";
import { sample, settle } from "./fakes.js";

const URL_OF_SOCKET = "wss://odoo.example.com/amanat.v1/main";
const HELLO = sample("hello");

/** What the page asked for, and how the server answers. */
class FakeServer {
    /** @type {{url: string, body: any, headers: any, init: any, answer: (status: number) => void, break: () => void}[]} */
    requests = [];
    /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
    #stream;

    fetch = (/** @type {any} */ url, /** @type {any} */ init) =>
        /** @type {Promise<Response>} */ (
            new Promise((resolve, reject) => {
                init.signal.addEventListener("abort", () => reject(init.signal.reason));
                this.requests.push({
                    url,
                    init,
                    headers: init.headers,
                    body: JSON.parse(init.body),
                    answer: (status) => resolve(new Response(status === 200 ? this.#body() : null, { status })),
                    break: () => reject(new TypeError("network error")),
                });
            })
        );

    #body() {
        return new ReadableStream({ start: (controller) => void (this.#stream = controller) });
    }

    get last() {
        const request = this.requests.at(-1);
        assert.ok(request);
        return request;
    }

    /** @param {string | Uint8Array} text */
    async say(text) {
        this.#stream?.enqueue(typeof text === "string" ? new TextEncoder().encode(text) : text);
        await settle();
    }

    async cut() {
        this.#stream?.error(new TypeError("network error"));
        await settle();
    }

    async end() {
        this.#stream?.close();
        await settle();
    }
}

/** @type {FakeServer} */
let server;
/** @type {StreamSocket} */
let socket;
/** @type {any[]} */
let heard;

beforeEach(async () => {
    server = new FakeServer();
    heard = [];
    socket = new StreamSocket(URL_OF_SOCKET, server.fetch);
    socket.onopen = () => void heard.push("open");
    socket.onmessage = ({ data }) => void heard.push(JSON.parse(data));
    socket.onclose = ({ code }) => void heard.push(code);
    await settle();
});

async function open() {
    socket.send(JSON.stringify(HELLO));
    server.last.answer(200);
    await settle();
    await server.say('{"type":"stream","key":"k.1"}\n');
    heard = [];
}

test("it is open at once, and only hello opens the answer", () => {
    assert.deepEqual(heard, ["open"]);
    assert.equal(socket.readyState, 1);
    assert.deepEqual(server.requests, []);
});

test("hello goes without its token, which is in a header and in no address", () => {
    socket.send(JSON.stringify(HELLO));
    const { url, body, headers, init } = server.last;
    assert.equal(url, "https://odoo.example.com/amanat.v1/main/stream");
    const { token, ...rest } = HELLO;
    assert.deepEqual(body, rest);
    assert.equal(headers.Authorization, `Bearer ${token}`);
    assert.equal(headers["Content-Type"], "application/json");
    assert.equal(init.method, "POST");
    assert.equal(init.credentials, "omit");
    assert.ok(!init.body.includes(token));
});

test("an address without TLS stays without TLS", () => {
    const plain = new StreamSocket("ws://localhost:8081/amanat.v1", server.fetch);
    plain.send(JSON.stringify(HELLO));
    assert.equal(server.last.url, "http://localhost:8081/amanat.v1/stream");
});

test("every line is a frame, wherever the network cuts it", async () => {
    await open();
    const text = `${JSON.stringify(sample("welcome"))}\n${JSON.stringify({ ...sample("bye"), reason: "Азиз" })}\n`;
    for (const byte of new TextEncoder().encode(text)) {
        await server.say(Uint8Array.of(byte));
    }
    assert.deepEqual(heard, [sample("welcome"), { ...sample("bye"), reason: "Азиз" }]);
});

test("the key is nobody else's business", async () => {
    await open();
    assert.deepEqual(heard, []);
});

test("what is said is proven by token and key, one request at a time and in order", async () => {
    await open();
    socket.send('{"type":"ping"}');
    socket.send(JSON.stringify(sample("watch-list")));
    socket.send(JSON.stringify(sample("unwatch")));
    assert.equal(server.requests.length, 2);
    assert.equal(server.last.url, "https://odoo.example.com/amanat.v1/main/send");
    assert.deepEqual(server.last.body, [{ type: "ping" }]);
    assert.equal(server.last.headers["Amanat-Stream"], "k.1");
    assert.equal(server.last.headers.Authorization, `Bearer ${HELLO.token}`);

    server.last.answer(204);
    await settle();
    assert.deepEqual(server.last.body, [sample("watch-list"), sample("unwatch")]);
});

test("at most sixteen frames go in one request", async () => {
    await open();
    for (let i = 0; i < 20; i++) {
        socket.send(`{"type":"ping","i":${i}}`);
    }
    server.last.answer(204);
    await settle();
    assert.equal(server.last.body.length, 16);
    server.last.answer(204);
    await settle();
    assert.deepEqual(server.last.body.map((/** @type {any} */ { i }) => i), [17, 18, 19]);
});

test("what is said before the key is there waits for it", async () => {
    socket.send(JSON.stringify(HELLO));
    server.last.answer(200);
    await settle();
    socket.send('{"type":"ping"}');
    assert.equal(server.requests.length, 1);
    await server.say('{"type":"stream","key":"k.1"}\n');
    assert.deepEqual(server.last.body, [{ type: "ping" }]);
});

test("an empty line asks for a sign of life, and gets one", async () => {
    await open();
    await server.say("\n");
    assert.deepEqual(server.last.body, []);
    assert.deepEqual(heard, []);
});

test("a renewed token is good for what is said after it", async () => {
    await open();
    socket.send('{"type":"token","token":"new"}');
    assert.equal(server.last.headers.Authorization, `Bearer ${HELLO.token}`);
    server.last.answer(204);
    await settle();
    socket.send('{"type":"ping"}');
    assert.equal(server.last.headers.Authorization, "Bearer new");
});

test("the last line holds the close code", async () => {
    await open();
    await server.say(`${JSON.stringify(sample("bye"))}\n{"type":"close","code":4001}\n`);
    await server.end();
    assert.deepEqual(heard, [sample("bye"), 4001]);
    assert.equal(socket.readyState, 3);
});

test("an answer that ends without a close code is a lost connection", async () => {
    await open();
    await server.end();
    assert.deepEqual(heard, [1006]);
});

test("an answer that breaks off is a lost connection", async () => {
    await open();
    await server.cut();
    assert.deepEqual(heard, [1006]);
});

const REFUSALS = { 401: 4001, 403: 1006, 404: 1006, 429: 4029, 502: 1006 };
for (const [status, code] of Object.entries(REFUSALS)) {
    test(`a stream refused with ${status} is closed with ${code}`, async () => {
        socket.send(JSON.stringify(HELLO));
        server.last.answer(Number(status));
        await settle();
        assert.deepEqual(heard, ["open", code]);
    });
}

test("a stream that the server has forgotten is a lost connection", async () => {
    await open();
    socket.send('{"type":"ping"}');
    server.last.answer(404);
    await settle();
    assert.deepEqual(heard, [1006]);
});

test("what could not be said is a lost connection: nobody knows whether it was heard", async () => {
    await open();
    socket.send('{"type":"ping"}');
    server.last.break();
    await settle();
    assert.deepEqual(heard, [1006]);
});

test("a socket that was left says nothing more, and its requests end", async () => {
    await open();
    socket.send('{"type":"ping"}');
    socket.close();
    await server.say(`${JSON.stringify(sample("welcome"))}\n`);
    assert.deepEqual(heard, []);
    assert.equal(server.last.init.signal.aborted, true);
    assert.equal(socket.readyState, 3);
});

test("a socket that was left before it was open opens nothing", async () => {
    const left = new StreamSocket(URL_OF_SOCKET, server.fetch);
    left.onopen = () => assert.fail();
    left.close();
    await settle();
});
