import { adviceFor } from "./close_codes.js";
import { describeFrame, parseFrame, SUBPROTOCOL } from "./frames.js";
import { Grants } from "./grants.js";
import { Heard } from "./heard.js";
import { lateDelay, reconnectDelay } from "./reconnect.js";
import { Renewal } from "./renewal.js";
import { Watchdog } from "./watchdog.js";
import { Ways } from "./ways.js";

/** What browsers say of a connection that ended without a word. */
const LOST = 1006;

/** How long Odoo may take for a token, the network for a connection, and the server for its welcome. */
const STEP_MS = 30_000;
/** A step that was on its way for longer than this when the page woke up is begun again. */
const OLD_STEP_MS = 5000;
/** After how long a page that nobody looks at gives back a stream, and a phone whatever it has. */
const HIDDEN_MS = 10_000;
const PHONE_HIDDEN_MS = 30_000;

/**
 * Where a connection stands. `idle` is not started, or resting while nobody looks; `live` follows `welcome`; `waiting` is the pause before the next attempt;
 * `stopped` and `outdated` are final until `start()` is called again.
 *
 * @typedef {"idle" | "token" | "connecting" | "greeting" | "live" | "waiting" | "stopped" | "outdated"} State
 *
 * @typedef {object} ConnectionPort
 * @property {() => Promise<import("./grants.js").Grant | false>} token  a fresh token and where to connect; false: this user gets
 *     none, stop; a rejection: not reachable now, try again
 * @property {string} origin
 * @property {(frame: import("./frames.js").ServerFrame) => void} receive  every frame after `welcome`
 * @property {(frame: import("./frames.js").ServerFrame) => boolean} isOfResuming  whether it belongs to a watch that is
 *     resuming
 * @property {(state: State, why: string) => void} changed
 */

const STEPS = new Set(["token", "connecting", "greeting"]);
/** What can be given up without losing what is on its way. */
const RESTFUL = new Set(["live", "waiting"]);

/** One connection to the bridge, kept alive: greeted, renewed, watched over, and opened again when it is lost. */
export class Connection {
    /** @type {State} */
    state = "idle";
    /** @type {import("./frames.js").WelcomeFrame | undefined} */
    welcome;
    heard = new Heard();
    /** @type {import("./ways.js").Wire | undefined} */
    #socket;
    /** @type {import("./grants.js").Grant | undefined}  of an attempt in which the bridge has not spoken yet */
    #unanswered;
    /** @type {unknown} */
    #timer;
    #attempt = 0;
    #failures = 0;
    /** How many tokens in a row the bridge has refused. */
    refusals = 0;
    #stepSince = 0;
    #resting = false;
    /** @type {unknown} */
    #restTimer;
    /** Nobody has looked for so long that the next attempt waits for somebody. */
    #unwanted = false;
    /** The server asked to stay away until then. */
    #notBefore = 0;
    /** @type {import("./frames.js").ByeFrame | undefined} */
    #bye;

    /**
     * @param {ConnectionPort} port
     * @param {import("./environment.js").Environment} environment
     * @param {import("./log.js").Log} log
     */
    constructor(port, environment, log) {
        this.port = port;
        this.environment = environment;
        this.log = log;
        this.ways = new Ways(environment);
        this.grants = new Grants(() => port.token(), environment.now);
        this.watchdog = new Watchdog(environment, {
            ping: () => this.send({ type: "ping" }),
            lost: () => this.#lost("no heartbeat"),
        });
        this.renewal = new Renewal(environment, {
            token: () => this.grants.fresh(),
            send: (token) => this.send({ type: "token", token }),
        });
    }

    start() {
        if (["idle", "stopped", "outdated"].includes(this.state)) {
            this.#failures = 0;
            this.refusals = 0;
            this.grants.forget();
            void this.#connect();
        }
    }

    /** @param {string} why */
    stop(why) {
        this.#drop();
        this.#enter("stopped", why);
    }

    /** Somebody waits for it: do not sit out the rest of the pause, but for what the server asked for. */
    hurry() {
        if (this.state === "waiting" && this.refusals === 0) {
            const { now, random } = this.environment;
            this.#wait(Math.max(this.#notBefore - now(), 0) + reconnectDelay(0, random), "hurried");
        }
    }

    /** The network is back, or the page may have slept: what looks alive may be dead. */
    woke() {
        const { now } = this.environment;
        if (this.state === "live" && this.#socket?.readyState !== 1) {
            this.#lost("closed while the page slept");
        } else if (this.state === "live") {
            this.watchdog.probe();
        } else if (STEPS.has(this.state) && (this.#socket?.readyState === 3 || now() - this.#stepSince > OLD_STEP_MS)) {
            this.#lost("the page slept");
        } else if (this.#resting) {
            this.#wait(reconnectDelay(0, this.environment.random), "looked at again");
        } else {
            this.hurry();
        }
    }

    /**
     * Nobody looks: a stream, of which a browser can open few to one host, is given back after a while; and on a phone
     * any connection, which costs battery.
     */
    hid() {
        const { clearTimeout, setTimeout, isHidden, isPhone } = this.environment;
        clearTimeout(this.#restTimer);
        this.#restTimer = setTimeout(
            () => {
                this.#unwanted = isHidden() && (this.ways.streams || isPhone());
                if (this.#unwanted && RESTFUL.has(this.state)) {
                    this.#rest();
                }
            },
            this.ways.streams ? HIDDEN_MS : PHONE_HIDDEN_MS,
        );
    }

    #rest() {
        this.#drop();
        this.#resting = true;
        this.#enter("idle", "nobody looks");
    }

    /**
     * Brings a new token at once; a connection that is not live gets one anyway. What is sent once the promise is
     * settled is judged by that token, if it could be had.
     *
     * @returns {Promise<void>}
     */
    renew() {
        return this.state === "live" ? this.renewal.now() : Promise.resolve();
    }

    /**
     * @param {object} message
     * @returns {boolean} whether it could be handed to the socket
     */
    send(message) {
        if (this.state !== "live" || this.#socket?.readyState !== 1) {
            return false;
        }
        this.#write(message);
        return true;
    }

    async #connect() {
        if (this.environment.isHidden() && (this.ways.streamsFirst || this.#unwanted)) {
            this.#rest();
            return;
        }
        const attempt = ++this.#attempt;
        this.#begin("token", "asking for a token");
        const grant = await this.grants.forAttempt().catch(() => undefined);
        if (attempt !== this.#attempt) {
            return; // stopped or started again meanwhile
        }
        if (grant) {
            this.#open(grant, attempt);
        } else if (grant === false) {
            this.stop("no token for this user");
        } else {
            this.#again("reconnect", "the token could not be fetched");
        }
    }

    /**
     * @param {import("./grants.js").Grant} grant
     * @param {number} attempt
     */
    #open(grant, attempt) {
        this.#begin("connecting", grant.url);
        try {
            this.#socket = this.ways.open(grant, SUBPROTOCOL);
            this.#unanswered = grant;
        } catch (error) {
            this.stop(`cannot connect to ${grant.url}: ${error}`);
            return;
        }
        const current = () => attempt === this.#attempt;
        this.#socket.onopen = () => current() && this.#greet(grant.token);
        this.#socket.onmessage = (/** @type {MessageEvent} */ event) => current() && this.#receive(event.data);
        this.#socket.onclose = (/** @type {CloseEvent} */ event) => current() && this.#closed(event.code, event.reason);
        // Chromium does not close what the page's Content-Security-Policy forbids: it tells of an error, and of nothing else.
        this.#socket.onerror = () => current() && this.state === "connecting" && this.#lost("could not connect");
    }

    /** @param {string} token */
    #greet(token) {
        this.#begin("greeting", "saying hello");
        this.#write({ type: "hello", token, origin: this.port.origin, ...this.heard.resume });
    }

    /** @param {unknown} data */
    #receive(data) {
        const frame = parseFrame(data);
        if (!frame) {
            this.log.debug("frame that is not JSON ignored");
            return;
        }
        this.log.debug("<-", describeFrame(frame));
        this.watchdog.heard();
        this.#answered();
        if (frame.type === "welcome") {
            this.#welcomed(frame);
        } else if (frame.type === "bye") {
            this.#bye = frame;
        } else if (this.state === "live") {
            const ofResuming = this.port.isOfResuming(frame);
            this.port.receive(frame);
            this.heard.note(frame, ofResuming);
        }
    }

    #answered() {
        if (this.#unanswered) {
            this.#unanswered = undefined;
            this.ways.heard();
        }
    }

    /** @param {import("./frames.js").WelcomeFrame} welcome */
    #welcomed(welcome) {
        this.welcome = welcome;
        this.heard.welcomed(welcome);
        this.grants.accepted();
        this.#failures = 0;
        this.refusals = 0;
        this.environment.clearTimeout(this.#timer);
        this.watchdog.start(welcome.heartbeat_seconds);
        this.renewal.start(welcome.token_expires_in);
        this.#enter("live", `session ${welcome.session}`);
        if (this.environment.isHidden()) {
            this.hid();
        }
    }

    /** @param {string} why */
    #lost(why) {
        if (!this.#triedOtherWay()) {
            this.#drop();
            this.#again("reconnect", why);
        }
    }

    /** Whether an attempt that met silence is made once more at once, by the other way. */
    #triedOtherWay() {
        const grant = this.#unanswered;
        if (!grant || !this.ways.silent()) {
            return false;
        }
        this.#drop();
        this.#open(grant, this.#attempt);
        return true;
    }

    /**
     * @param {number} code
     * @param {string} reason
     */
    #closed(code, reason) {
        if (code === LOST && this.#triedOtherWay()) {
            return;
        }
        const words = this.#bye ? [this.#bye.code, this.#bye.reason] : [`connection closed with ${code}`, reason];
        const why = words.filter(Boolean).join(": ");
        const pause = this.#bye?.reconnect_after || 0;
        this.#drop();
        this.#again(adviceFor(code), why, pause);
    }

    /**
     * @param {import("./close_codes.js").Advice} advice
     * @param {string} why
     * @param {number} [pause]  milliseconds the server asked to stay away
     */
    #again(advice, why, pause = 0) {
        const { now, random } = this.environment;
        // a bridge that says when to come back has answered: nothing has failed in a row
        const soon = () => pause + reconnectDelay(pause ? 0 : this.#failures++, random);
        this.#notBefore = now() + pause;
        switch (advice) {
            case "reconnect":
                return this.#wait(soon(), why);
            case "renew":
                this.grants.forget();
                // a pause says that a token of then may be good, although this one was refused
                return this.#wait(this.refusals++ && !pause ? lateDelay(random) : soon(), why);
            case "late":
                return this.#stayAway(pause + lateDelay(random), why);
            case "reload":
                return this.#enter("outdated", why);
            case "stop":
                return this.stop(why);
        }
    }

    /**
     * @param {number} delayMs
     * @param {string} why
     */
    #stayAway(delayMs, why) {
        this.#notBefore = this.environment.now() + delayMs;
        this.#wait(delayMs, why);
    }

    /**
     * @param {number} delayMs
     * @param {string} why
     */
    #wait(delayMs, why) {
        this.environment.clearTimeout(this.#timer);
        this.#resting = false;
        this.#timer = this.environment.setTimeout(() => void this.#connect(), delayMs);
        this.#enter("waiting", `${why}; next attempt in ${delayMs} ms`);
    }

    /** Leaves the socket without waiting for it; nothing it still says is heard. */
    #drop() {
        this.#attempt++;
        this.#resting = false;
        this.environment.clearTimeout(this.#timer);
        this.watchdog.stop();
        this.renewal.stop();
        this.#bye = undefined;
        this.#unanswered = undefined;
        this.#socket?.close();
        this.#socket = undefined;
    }

    /** @param {object} message */
    #write(message) {
        this.log.debug("->", describeFrame(message));
        this.#socket?.send(JSON.stringify(message));
    }

    /**
     * A step towards `live`: what takes too long counts as lost.
     *
     * @param {"token" | "connecting" | "greeting"} step
     * @param {string} why
     */
    #begin(step, why) {
        this.environment.clearTimeout(this.#timer);
        this.#stepSince = this.environment.now();
        this.#timer = this.environment.setTimeout(() => this.#lost(`no answer while ${step}`), STEP_MS);
        this.#enter(step, why);
    }

    /**
     * @param {State} state
     * @param {string} why
     */
    #enter(state, why) {
        this.state = state;
        this.log.debug(state, why);
        this.port.changed(state, why);
    }
}
