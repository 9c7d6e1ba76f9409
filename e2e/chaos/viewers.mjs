// Many tabs in one process, each with the browser's own client: what `bench chaos` watches with. One line of JSON asks,
// one answers. Every tab keeps a screen, drawn by frames and read again from Odoo only when the client says so.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Client, newOrigin } from "../../client/src/index.js";

const { WebSocket } = createRequire(new URL("../../client/package.json", import.meta.url))("ws");

const MODEL = "amanat.transfer";
const FIELDS = ["name", "state", "amount", "note", "company_id", "manager_id", "active"];
const READ_AGAIN_MS = 500;
const READ_MS = 15_000;
/** A commit is noted a moment after it; a look back finds it within the tolerated lateness. */
const SOONEST_MS = 1_000;
const LATEST_MS = 150_000;

/** One tab: a list, all of it or what matches a domain, and what its user has on screen. */
class Tab {
    rows = new Map();
    resets = {};
    resumed = 0;
    frames = 0;
    again = 0;
    beat = 0;
    seen = new Set();
    drawn = new Set();
    repeated = 0;
    gone = new Set();
    covered = [];
    #held;
    #reading;
    #pauseUntil = 0;
    #grant;

    constructor({ odoo, origin, bridge, cookie, companies, domain, stale, kind, whole }) {
        Object.assign(this, { odoo, origin, bridge, cookie, companies, domain, expired: stale, kind, whole });
        this.client = new Client({
            origin: newOrigin(),
            token: () => this.token(),
            environment: { open: (url, protocol) => this.open(protocol), followWakes: () => {} },
            log: { debug() {}, warnOnce: (text) => process.stderr.write(text + "\n") },
        });
    }

    start() {
        this.client.start();
        const spec = { view: "list", model: MODEL, fields: FIELDS, ...(this.domain.length ? { domain: this.domain } : {}) };
        this.client.watch(spec, {
            update: (frame) => this.hear(frame, () => frame.records.forEach((record) => this.draw(record))),
            gone: (frame) => {
                frame.records.forEach(({ id }) => this.gone.add(id));
                this.hear(frame, () => frame.records.forEach(({ id }) => this.rows.delete(id)));
            },
            stale: (why) => this.stale(why),
            refused: (error) => process.stderr.write(`refused: ${JSON.stringify(error)}\n`),
        });
    }

    async token() {
        if (this.useExpired) {
            this.useExpired = false;
            return { token: this.expired, url: this.bridge, expires_in: 300 };
        }
        const grant = await this.post("/amanat_realtime/token", {});
        this.#grant = grant;
        return { ...grant, url: this.bridge };
    }

    open(protocol) {
        const socket = new WebSocket(this.bridge, protocol, { origin: this.origin, perMessageDeflate: false });
        socket.on("error", () => {});
        socket.on("message", (data) => {
            if (data.toString().startsWith('{"type":"resumed","ref"')) {
                this.resumed++;
                this.covered.push(Date.now());
            }
        });
        socket.on("open", () => this.slow());
        this.socket = socket;
        return socket;
    }

    /** Stops reading its socket for a while, as a browser does that is busy or asleep. */
    pause(ms) {
        this.#pauseUntil = Date.now() + ms;
        this.slow();
    }

    slow() {
        const left = this.#pauseUntil - Date.now();
        const socket = this.socket;
        if (left > 0 && socket?.readyState === WebSocket.OPEN) {
            socket.pause();
            setTimeout(() => socket.readyState <= WebSocket.CLOSING && socket.resume(), left);
        }
    }

    /** Goes on with a token that has run out, as a laptop does that slept. */
    comeBackExpired() {
        this.useExpired = true;
        this.client.stop();
        this.client.connection.grants?.forget?.();
        this.client.start();
    }

    hear(frame, apply) {
        this.frames++;
        for (const { note } of frame.records) {
            if (note) {
                this.repeated += this.drawn.has(note) ? 1 : 0;
                this.drawn.add(note);
                this.note(note);
            }
        }
        if (this.#held) {
            this.#held.push(apply);
        }
        apply();
    }

    note(note) {
        const [kind, number] = note.split(" ");
        if (kind === "beat") {
            this.beat = Math.max(this.beat, Number(number));
        } else if (kind === "mark") {
            this.seen.add(note);
        }
    }

    draw(record) {
        this.rows.set(record.id, { ...this.rows.get(record.id), ...record });
    }

    async stale(why) {
        this.resets[why] = (this.resets[why] ?? 0) + 1;
        this.covered.push(Date.now());
        await this.reread();
    }

    /** How often it had to read again; the first read of all is none of these. */
    get resetCount() {
        return Object.entries(this.resets).reduce((sum, [why, count]) => sum + (why === "opened" ? 0 : count), 0);
    }

    /**
     * What became of a committed value: drawn or read; overtaken by a later one of its record that was; made good by reading again
     * or by a resume soon after; or none of this.
     */
    fate({ at, id, note }, ofRecord, number) {
        if (this.seen.has(note)) {
            return "delivered";
        }
        if (ofRecord.slice(number + 1).some((next) => (next.note ? this.seen.has(next.note) : this.gone.has(id)))) {
            return "overtaken";
        }
        return this.covered.some((moment) => moment >= at - SOONEST_MS && moment <= at + LATEST_MS) ? "covered" : "missed";
    }

    /** One re-read at a time; one that was asked for meanwhile follows. What was heard while reading goes on top. */
    async reread() {
        if (this.#reading) {
            this.again++;
            this.#reading = "again";
            return;
        }
        do {
            this.#reading = "once";
            this.#held = [];
            const rows = await this.readUntilAnswered();
            rows.forEach(({ note }) => note && this.note(note));
            this.rows = new Map(rows.map((row) => [row.id, row]));
            this.#held.forEach((apply) => apply());
            this.#held = undefined;
        } while (this.#reading === "again");
        this.#reading = undefined;
    }

    async readUntilAnswered() {
        for (;;) {
            await new Promise((resolve) => setTimeout(resolve, Math.random() * READ_AGAIN_MS));
            try {
                return await this.read();
            } catch {
                // Odoo is away: that is what is tested
            }
        }
    }

    async read() {
        const specification = Object.fromEntries(FIELDS.map((name) => [name, name.endsWith("_id") ? { fields: { display_name: {} } } : {}]));
        const answer = await this.post(`/web/dataset/call_kw/${MODEL}/web_search_read`, {
            model: MODEL,
            method: "web_search_read",
            args: [],
            kwargs: { domain: this.domain, specification, context: this.context },
        });
        return answer.records;
    }

    /** Without a domain everything is watched; a domain that does not name `active` leaves archived records out. */
    get context() {
        return { allowed_company_ids: this.companies, ...(this.domain.length ? {} : { active_test: false }) };
    }

    async post(path, params) {
        const response = await fetch(this.odoo + path, {
            method: "POST",
            headers: { "Content-Type": "application/json", Cookie: this.cookie },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
            signal: AbortSignal.timeout(READ_MS),
        });
        const { result, error } = await response.json();
        if (error) {
            throw new Error(error.data?.message ?? error.message);
        }
        return result;
    }

    /** What is on screen and not in Odoo, or the other way round. */
    async differences() {
        const truth = new Map((await this.read()).map((row) => [row.id, row]));
        const differences = [];
        for (const id of new Set([...truth.keys(), ...this.rows.keys()])) {
            const [mine, odoos] = [this.rows.get(id), truth.get(id)];
            const other = FIELDS.filter((name) => JSON.stringify(mine?.[name]) !== JSON.stringify(odoos?.[name]));
            if (!mine || !odoos || other.length) {
                differences.push({ id, shown: !!mine, there: !!odoos, fields: other, mine: mine?.note, odoos: odoos?.note });
            }
        }
        return differences;
    }

    get settled() {
        return this.#reading === undefined && this.client.state === "live";
    }
}

/** @type {Tab[]} */
let tabs = [];

const COMMANDS = {
    async begin({ viewers }) {
        tabs = viewers.map((viewer) => new Tab(viewer));
        tabs.forEach((tab) => tab.start());
        return {};
    },
    /** How far everybody is, and how many are not live. */
    async far() {
        return {
            beat: Math.min(...tabs.map((tab) => tab.beat)),
            live: tabs.filter((tab) => tab.client.state === "live").length,
            unsettled: tabs.filter((tab) => !tab.settled).length,
        };
    },
    async pause({ tabs: which, ms }) {
        which.forEach((index) => tabs[index].pause(ms));
        return {};
    },
    async expire({ tabs: which }) {
        which.forEach((index) => tabs[index].comeBackExpired());
        return {};
    },
    async compare() {
        const all = [];
        for (const [index, tab] of tabs.entries()) {
            const differences = await tab.differences();
            all.push(...differences.map((difference) => ({ tab: index, ...difference })));
        }
        return { differences: all };
    },
    async resets() {
        return { resets: tabs.map((tab) => tab.resetCount) };
    },
    /** What became of every committed value in every tab whose user can see it: all of them, or what others like it saw. */
    async account({ committed }) {
        const byRecord = new Map();
        for (const entry of committed) {
            byRecord.set(entry.id, [...(byRecord.get(entry.id) ?? []), entry]);
        }
        const count = { delivered: 0, overtaken: 0, covered: 0, missed: 0 };
        const missed = [];
        for (const [index, tab] of tabs.entries()) {
            const alike = tabs.filter(({ kind }) => kind === tab.kind);
            for (const [number, entry, entries] of [...byRecord.values()].flatMap((all) => all.map((one, i) => [i, one, all]))) {
                if (entry.note && (tab.whole || alike.some(({ seen }) => seen.has(entry.note)))) {
                    const fate = tab.fate(entry, entries, number);
                    count[fate]++;
                    if (fate === "missed") {
                        missed.push({ tab: index, ...entry });
                    }
                }
            }
        }
        return { ...count, examples: missed.slice(0, 20) };
    },
    async figures() {
        const resets = {};
        for (const tab of tabs) {
            for (const [why, count] of Object.entries(tab.resets)) {
                resets[why] = (resets[why] ?? 0) + count;
            }
        }
        return {
            frames: tabs.reduce((sum, tab) => sum + tab.frames, 0),
            repeated: tabs.reduce((sum, tab) => sum + tab.repeated, 0),
            resumed: tabs.reduce((sum, tab) => sum + tab.resumed, 0),
            resets,
            seen: [...new Set(tabs.flatMap((tab) => [...tab.seen]))],
        };
    },
    async end() {
        tabs.forEach((tab) => tab.client.stop());
        return {};
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { do: what, ...rest } = JSON.parse(line);
    try {
        console.log(JSON.stringify(await COMMANDS[what](rest)));
    } catch (error) {
        console.log(JSON.stringify({ error: String(error?.stack ?? error) }));
    }
}
process.exit(0);
