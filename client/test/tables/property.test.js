import assert from "node:assert/strict";
import { test } from "node:test";
import { isTemporary } from "../../src/tables/operation.js";
import { FakeClock, settle } from "../fakes.js";
import { FakeBrowser, Page } from "./fakes.js";
import { FakeServer, Session } from "./server.js";

const RUNS = Number(process.env.AMANAT_RUNS ?? 40);
const STEPS = 250;
const FIRST = Number(process.env.AMANAT_SEED ?? 1);

/** A browser of one user: its pages come, go and crash; what it stored stays. */
class Device {
    /** @type {Page[]} */
    pages = [];
    online = true;
    #names = 0;
    /** @type {Map<string, number>}  the place of each operation that was stored */
    places = new Map();
    browser = new FakeBrowser();

    /** @param {string} name @param {FakeServer} server @param {FakeClock} clock @param {() => number} random @param {{locks: boolean, full: boolean}} has */
    constructor(name, server, clock, random, { locks, full }) {
        this.full = full;
        this.name = name;
        this.server = server;
        this.clock = clock;
        this.random = random;
        if (!locks) {
            this.browser.locks = undefined;
        }
    }

    open() {
        const alive = () => this.pages.includes(page);
        const { clock } = this;
        const page = new Page(this.browser, {
            subject: this.name,
            name: `${this.name}${++this.#names}`,
            environment: {
                now: clock.now,
                setTimeout: (/** @type {() => void} */ callback, /** @type {number} */ delay) => clock.setTimeout(() => alive() && callback(), delay),
                clearTimeout: clock.clearTimeout,
                frame: (/** @type {() => void} */ callback) => clock.setTimeout(() => alive() && callback(), 16),
                random: this.random,
                storage: undefined,
            },
        });
        page.token = async () => (this.online ? { token: `x.${btoa(JSON.stringify({ sub: this.name }))}.x`, url: "ws://bridge", expires_in: 1e6 } : Promise.reject(new Error("offline")));
        const { storage } = page.tables;
        const add = storage.add.bind(storage);
        storage.add = async (operation) => (this.full && this.random() < 0.15 ? undefined : add(operation));
        this.pages.push(page);
        void page.tables.start();
        const seen = [page.open({ table: "task", filter: "plan_id=eq.p1" }), page.open({ table: "task" })];
        return Object.assign(page, { seen, sessions: /** @type {Map<any, Session>} */ (new Map()) });
    }

    /** @param {any} page */
    crash(page) {
        this.note();
        this.pages.splice(this.pages.indexOf(page), 1);
        this.#end(page);
        page.end();
    }

    /** What is stored now is to be done, or refused, whatever happens. */
    note() {
        for (const { opId, seq = NaN } of this.pages.flatMap(({ tables }) => tables.queue.operations)) {
            Number.isInteger(seq) && this.places.set(opId, seq);
        }
    }

    get stored() {
        return [...this.places].sort(([, left], [, right]) => left - right).map(([opId]) => opId);
    }

    /** New sockets get through, or do not. */
    connect() {
        for (const page of /** @type {any[]} */ (this.pages)) {
            for (const socket of page.world.sockets) {
                if (!page.sessions.has(socket) && socket.readyState === 0) {
                    this.online ? page.sessions.set(socket, new Session(this.server, socket, this.name)) : socket.refuse();
                }
            }
        }
    }

    lose() {
        for (const page of /** @type {any[]} */ (this.pages)) {
            this.#end(page);
        }
    }

    /** @param {any} page  whose connections end: what it said last may have been heard */
    #end(page) {
        for (const [socket, session] of page.sessions) {
            while (session.inbox.length && this.random() < 0.5) {
                session.hear();
            }
            this.server.sessions.delete(session);
            page.sessions.delete(socket);
            socket.readyState !== 3 && socket.hangUp(1006);
        }
    }

    get sessions() {
        return this.pages.flatMap((page) => [.../** @type {any} */ (page).sessions.values()]);
    }
}

for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
    test(`whatever happens, devices agree with the server in the end (seed ${seed})`, async () => {
        const random = randomFrom(seed);
        const chance = (/** @type {number} */ of) => random() < of;
        const one = (/** @type {any[]} */ of) => of[Math.floor(random() * of.length)];
        const clock = new FakeClock();
        const server = new FakeServer(random);
        const devices = ["a", "b"].map((name) => new Device(name, server, clock, random, { locks: seed % 3 !== 0, full: seed % 4 === 0 }));
        devices.forEach((device) => device.open());

        for (let step = 0; step < STEPS; step++) {
            const device = one(devices);
            const page = one(device.pages);
            device.connect();
            if (page && chance(0.25)) {
                act(page, random);
            }
            if (chance(0.03)) {
                device.online = !device.online;
                device.lose();
            } else if (chance(0.02)) {
                device.lose();
            } else if (page && chance(0.03)) {
                device.crash(page);
            }
            if (!device.pages.length || (device.pages.length < 3 && chance(0.02))) {
                device.open();
            }
            for (const session of devices.flatMap(({ sessions }) => sessions)) {
                for (let turn = 0; turn < 4; turn++) {
                    one([() => session.hear(), () => session.follow(), () => session.deliver(), () => session.deliver()])();
                }
            }
            chance(0.5) ? await settle() : await clock.pass(random() * 400);
            devices.forEach((each) => each.note());
        }

        devices.forEach((device) => {
            device.online = true;
            device.pages.length || device.open();
        });
        const idle = async () => {
            devices.forEach((device) => device.connect());
            for (const session of devices.flatMap(({ sessions }) => sessions)) {
                for (const step of ["hear", "follow", "deliver"]) {
                    for (let turn = 0; turn < 50; turn++) {
                        session[step]();
                    }
                }
            }
            await clock.pass(500);
            devices.forEach((each) => each.note());
            return devices.every(({ pages }) => pages.every(({ tables }) => tables.connection === "live" && tables.pending === 0));
        };
        for (let turn = 0; turn < 400 && !(await idle()); turn++);
        for (let turn = 0; turn < 20; turn++) {
            await idle();
        }

        for (const device of devices) {
            for (const page of /** @type {any[]} */ (device.pages)) {
                assert.equal(page.tables.pending, 0, "nothing waits");
                const [inPlan, all] = page.seen.map((/** @type {any} */ { rows }) => rows.map(plain));
                const rows = [...server.rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
                assert.deepEqual(all, rows, `${device.name} shows what the server has`);
                assert.deepEqual(inPlan, rows.filter(({ plan_id }) => plan_id === "p1"));
                assert.deepEqual(page.world.warnings, []);
            }
            const cancelled = device.stored.filter((opId) => !server.order.includes(opId) && !server.refused.has(opId));
            assert.ok(!server.order.some((opId) => server.refused.has(opId)), "what was refused was not done");
            const dependants = cancelled.filter((opId) => written.get(opId)?.every((id) => !isTemporary(id)));
            assert.deepEqual(dependants, [], "what was stored was done, refused, or depended on what was refused");
            const done = server.order.filter((opId) => device.stored.includes(opId));
            assert.deepEqual(done, device.stored.filter((opId) => done.includes(opId)), "in order");
        }
        assert.equal(new Set(server.order).size, server.order.length, "once");
        assert.ok(!JSON.stringify([...server.rows.values()]).includes("temp:"));
    });
}

/** @type {Map<string, unknown[]>}  which rows each operation names */
const written = new Map();

/** The user does something. @param {any} page @param {() => number} random */
function act(page, random) {
    const one = (/** @type {any[]} */ of) => of[Math.floor(random() * of.length)];
    const row = one([...page.seen[1].rows, ...page.seen[1].rows.filter((/** @type {any} */ it) => it.$temp)]);
    const title = random() < 0.1 ? "bad" : `t${Math.floor(random() * 1000)}`;
    const plan_id = one(["p1", "p1", "p2"]);
    const kinds = [
        () => ({ table: "task", op: "insert", values: { title, plan_id, parent: row && random() < 0.5 ? row.id : null } }),
        () => row && { table: "task", op: "update", id: row.id, values: { title } },
        () => row && { table: "task", op: "update", id: row.id, values: { plan_id } },
        () => row && random() < 0.5 && { table: "task", op: "delete", id: row.id },
        () => {
            const id = `temp:${page.tables.world.uuid()}`;
            return [{ table: "task", op: "insert", id, values: { title: "first", plan_id } }, { table: "task", op: "insert", values: { title, plan_id, parent: id } }];
        },
    ];
    const write = one(kinds)();
    if (write) {
        const { opId } = page.tables.write(write);
        written.set(opId, [write].flat().flatMap(({ id, values }) => [id, values?.parent]));
    }
}

/** @param {any} row */
function plain(row) {
    return Object.fromEntries(Object.entries(row).filter(([name]) => name === "$temp" || name === "$error" || !name.startsWith("$")).filter(([name]) => name !== "$error"));
}

/** @param {number} seed */
function randomFrom(seed) {
    let state = seed * 2654435761;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}
