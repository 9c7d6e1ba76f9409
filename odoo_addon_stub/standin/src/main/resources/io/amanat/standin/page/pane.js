import { Client, newOrigin } from "./lib/amanat/amanat_client.js";
import { columnOf, COLUMNS } from "./format.js";
import { FrameLog } from "./frame_log.js";
import { MODEL, NoAnswer, Odoo } from "./odoo.js";
import { Table } from "./table.js";

// One person's browser: signs in to Odoo, reads the list, and lets the bridge keep it fresh.
const login = location.pathname.split("/")[2];
const element = (id) => document.getElementById(id);
const FIELDS = ["name", "sender_id", "receiver_id", "state", "amount", "note"];

const origin = newOrigin();
const odoo = new Odoo({ origin, login }, { answered, silent, signedInAgain: () => load().catch(showTrouble) });
const frames = new FrameLog(element("frames"), element("frames-total"));
const table = new Table(element("rows"), { write, remove, refused: (why) => showTrouble(new Error(why)) });
const client = new Client({
    origin,
    token: () => odoo.token(),
    onState: showState,
    environment: frames.environment(),
});

const STATE_TEXT = {
    live: "Live",
    waiting: "Reconnecting; the list stays usable",
    stopped: "Live updates are off",
    outdated: "Reload this page",
};

// How often the screen changed: an answer that was asked for before the last change may be older than it.
let changes = 0;
const READS = 5;

const HURRY_MS = 5000;
const TROUBLE_MS = 6000;
let troubleTimer = 0;
let unanswered = false;

start().catch(showTrouble);
element("create").addEventListener("click", () => create().catch(showTrouble));
setInterval(() => client.hurry(), HURRY_MS); // whoever starts the demonstration again is looking at it

async function start() {
    showUser(await odoo.signIn());
    await load();
    client.start();
    client.watch({ view: "list", model: MODEL, fields: FIELDS }, { update, gone, stale });
}

async function load() {
    table.partners = await odoo.partners();
    table.reconcile(await readList());
}

/** The list as Odoo holds it, read again when something changed meanwhile. */
async function readList() {
    for (let read = 1; ; read++) {
        const before = changes;
        const records = await odoo.read();
        if (before === changes || read === READS) {
            return records;
        }
    }
}

/** Somebody changed something: draw the values that came. */
function update(frame) {
    changes += 1;
    frame.records.forEach((record) => table.draw(record, { highlight: true }));
    drawn(frame.records.map(({ id }) => id));
    const names = frame.records.map((record) => record.display_name).join(", ");
    if (frame.op === "enter") {
        say(`${names} came into sight`);
    } else {
        say(`${who(frame)} ${frame.op === "create" ? "added" : `changed ${labels(frame.changed_fields)} of`} ${names}`);
    }
}

/** Records were deleted, or this person may no longer see them: their rows go, but not what is being typed. */
function gone(frame) {
    changes += 1;
    const rows = frame.records.map(({ id }) => table.leave(id)).filter(Boolean);
    drawn(frame.records.map(({ id }) => id));
    const names = rows.map(({ name }) => name).join(", ");
    const typing = rows.some(({ stays }) => stays) ? "; what you are typing stays until you leave it" : "";
    if (rows.length) {
        say((frame.op === "delete" ? `${who(frame)} deleted ${names}` : `${names} went out of sight`) + typing);
    }
}

function who(frame) {
    return frame.own ? "You, in another tab," : (frame.user?.name ?? "Somebody");
}

/** The bridge cannot say what changed, or may not: read the list again and show the difference. */
async function stale(why) {
    try {
        const removed = table.reconcile(await readList(), { highlight: true });
        if (why !== "opened" && why !== "own") {
            drawn([]);
            say(removed ? `${removed} transfer${removed > 1 ? "s" : ""} left the list` : "The list was read again");
        }
    } catch (error) {
        showTrouble(error);
    }
}

async function write(id, values, before) {
    hideTrouble();
    changes += 1;
    saving(id);
    client.saving(MODEL, [id]);
    try {
        await odoo.call("write", [[id], values]);
        changes += 1;
    } catch (error) {
        showTrouble(error);
        const now = await odoo.read([id]).catch(() => [before]);
        now.forEach((record) => table.draw(record));
        if (!now.length) {
            table.remove(id);
        }
    }
}

async function create() {
    const [sender, receiver] = shuffled(table.partners);
    saving();
    const values = { state: "draft", amount: 0, sender_id: sender?.id, receiver_id: receiver?.id };
    const id = await odoo.call("create", [values]);
    changes += 1;
    (await odoo.read([id])).forEach((record) => table.draw(record));
    table.edit(id, "amount");
}

async function remove(id) {
    saving(id);
    client.saving(MODEL, [id]);
    try {
        await odoo.call("unlink", [[id]]);
        changes += 1;
        table.remove(id);
    } catch (error) {
        showTrouble(error);
    }
}

function showUser({ name }) {
    element("name").textContent = name;
    element("avatar").textContent = name[0];
    document.title = `${name}: transfers`;
}

/** @param {string} state */
function showState(state) {
    const known = state === "outdated" ? "stopped" : state;
    element("connection").dataset.state = known;
    element("connection-text").textContent = STATE_TEXT[state] ?? "Connecting…";
}

/** Shows what went wrong for a while; that Odoo does not answer, until it does. */
function showTrouble(error) {
    clearTimeout(troubleTimer);
    element("trouble").textContent = error.message;
    element("trouble").hidden = false;
    if (!(error instanceof NoAnswer)) {
        troubleTimer = setTimeout(hideTrouble, TROUBLE_MS);
    }
}

function hideTrouble() {
    if (unanswered) {
        showTrouble(new NoAnswer());
    } else {
        element("trouble").hidden = true;
    }
}

function silent() {
    if (!unanswered) {
        unanswered = true;
        showTrouble(new NoAnswer());
    }
}

function answered() {
    if (unanswered) {
        unanswered = false;
        hideTrouble();
    }
}

function say(text) {
    element("news").textContent = text;
}

function labels(fields) {
    const names = new Set(fields.map(columnOf).filter((column) => column in COLUMNS));
    return [...names].map((column) => COLUMNS[column].label).join(", ") || "something";
}

// The page around the two panes measures the time between them.
const instant = () => performance.timeOrigin + performance.now();

function saving(id) {
    parent.postMessage({ type: "saving", from: login, id, at: instant() }, location.origin);
}

function drawn(ids) {
    parent.postMessage({ type: "drawn", to: login, ids, at: instant() }, location.origin);
}

function shuffled(list) {
    return [...list].sort(() => Math.random() - 0.5);
}
