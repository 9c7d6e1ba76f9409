/**
 * A request that says what its user has seen of the records concerned. Odoo refuses it when other values are there,
 * and tells which; the user answers, and it is sent once more with what is known then.
 *
 * @typedef {Record<string, any>} Values  by field, as Odoo's web_read gives them
 * @typedef {{id: number, by?: string | false, own?: boolean, at?: string | false, gone?: boolean, new?: boolean,
 *     fields?: Record<string, {base?: any, theirs?: any, lines?: Found[]}>}} Found  what is there of one record now
 * @typedef {{kind: "conflict" | "stale", model: string, records: Found[]}} Refusal
 * @typedef {{vals: Record<string, Values>, bases: Record<string, Values>, shown: Record<string, Values>}} Request
 * @typedef {"mine" | "theirs" | "back"} Answer
 */

const EXCEPTIONS = "odoo.addons.amanat_realtime.exceptions.";
const KINDS = { [`${EXCEPTIONS}RealtimeConflict`]: "conflict", [`${EXCEPTIONS}RealtimeStale`]: "stale" };

const UPDATE = 1;
const DELETE = 2;
const UNLINK = 3;
const SET = 6;

/** @returns {Refusal | undefined} what Odoo has found, if that is why it refused */
export function refusalOf(error) {
    const kind = KINDS[error?.exceptionName];
    const { model, records } = error?.data?.context ?? {};
    return kind && records ? { kind, model, records } : undefined;
}

/**
 * Sends until Odoo accepts, or the user goes back.
 *
 * @template T
 * @param {Request} request
 * @param {(request: Request) => Promise<T>} send
 * @param {(refusal: Refusal, request: Request) => Promise<Answer>} ask
 * @returns {Promise<T>} rejected with Odoo's error, which then says `amanatAnswered`, when the user goes back,
 *     and as it is when nobody could be asked
 */
export async function sendGuarded(request, send, ask) {
    for (;;) {
        try {
            return await send(request);
        } catch (error) {
            const refusal = refusalOf(error);
            if (!refusal) {
                throw error;
            }
            const answer = await ask(refusal, request).catch(() => undefined);
            if (!answer) {
                throw error; // nobody could be asked: Odoo says what it has found
            }
            if (answer === "back") {
                throw Object.assign(error, { amanatAnswered: true });
            }
            request = answered(request, refusal, answer);
        }
    }
}

/** The request as it is sent after an answer: it overwrites what is known now, or leaves it as it is. */
export function answered(request, { kind, records }, answer) {
    if (kind === "stale") {
        return { ...request, shown: told(request.shown, records) };
    }
    if (answer === "mine") {
        return { ...request, bases: told(request.bases, records) };
    }
    const vals = { ...request.vals };
    for (const { id, fields = {} } of records) {
        vals[id] = without(vals[id], fields);
    }
    return { ...request, vals };
}

/** What was seen, with what Odoo has told of it. */
export function told(seen, records) {
    const next = { ...seen };
    for (const { id, gone, fields = {}, new: isNew } of records) {
        if (gone) {
            delete next[id];
        } else {
            next[id] = isNew ? false : { ...next[id], ...toldFields(next[id] || {}, fields) };
        }
    }
    return next;
}

function toldFields(seen, fields) {
    const told_ = Object.entries(fields).map(([name, { theirs, lines }]) => [
        name,
        lines ? told(linesOf(seen[name]), lines) : theirs,
    ]);
    return Object.fromEntries(told_);
}

function linesOf(seen) {
    return Array.isArray(seen) ? Object.fromEntries(seen.map((id) => [id, false])) : seen;
}

/** What is written, less what somebody else has changed. */
export function without(vals, fields) {
    const left = {};
    for (const [name, value] of Object.entries(vals)) {
        if (!(name in fields)) {
            left[name] = value;
        } else if (fields[name].lines) {
            left[name] = withoutLines(value, fields[name].lines);
        }
    }
    return left;
}

function withoutLines(commands, lines) {
    const found = new Map(lines.map((line) => [line.id, line]));
    return commands.flatMap((command) => {
        const [code, id, value] = command;
        if (code === SET) {
            const kept = value.filter((one) => !found.get(one)?.gone);
            return [[SET, id, [...kept, ...lines.filter((line) => !line.gone).map((line) => line.id)]]];
        }
        const line = found.get(id);
        if (!line || ![UPDATE, DELETE, UNLINK].includes(code)) {
            return [command];
        }
        const rest = code === UPDATE && line.fields ? without(value, line.fields) : {};
        return Object.keys(rest).length ? [[UPDATE, id, rest]] : [];
    });
}

/** Whether keeping mine is possible: what is gone cannot be written. */
export function canKeepMine({ records }) {
    const isGone = ({ gone, fields = {} }) =>
        gone || Object.values(fields).some(({ lines = [] }) => lines.some(isGone));
    return !records.some(isGone);
}

/** Whether taking theirs is possible: a record that is gone has no values. */
export function canTakeTheirs({ records }) {
    return !records.some(({ gone }) => gone);
}
