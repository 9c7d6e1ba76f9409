/** @odoo-module */
/* Amanat Realtime browser client, Apache-2.0. Built from client/ by "npm run build": change it there. */
// @ts-nocheck

// src/close_codes.js
var ADVICE = /* @__PURE__ */ new Map([
  [1002, "stop"],
  [1003, "stop"],
  [1007, "stop"],
  [1009, "stop"],
  [4e3, "stop"],
  [4001, "renew"],
  [4003, "reload"],
  [4008, "reconnect"],
  [4029, "late"]
]);
function adviceFor(code) {
  return ADVICE.get(code) ?? "reconnect";
}

// src/frames.js
var SUBPROTOCOL = "amanat.v1";
function parseFrame(text) {
  try {
    const frame = JSON.parse(String(text));
    return typeof frame?.type === "string" ? frame : void 0;
  } catch {
    return void 0;
  }
}
function describeFrame(frame) {
  const ids = frame.ids ?? frame.records?.map((record) => record.id);
  const words = [frame.type, frame.ref, frame.model, frame.op ?? frame.action, frame.code ?? frame.reason];
  const marks = [ids && `ids ${ids}`, frame.feed && `feed ${frame.feed}`, `offset ${frame.offset ?? "-"}`];
  return [...words, frame.own && "own", ...marks].filter(Boolean).join(" ");
}

// src/grants.js
var KEPT = 0.75;
var MOST_ATTEMPTS = 5;
var Grants = class {
  /** @type {Grant | undefined} */
  #kept;
  #until = 0;
  #attempts = 0;
  /**
   * @param {() => Promise<Grant | false>} ask
   * @param {() => number} now  milliseconds
   */
  constructor(ask, now) {
    this.ask = ask;
    this.now = now;
  }
  /** A token to connect with. */
  async forAttempt() {
    const fits = this.#kept && this.now() < this.#until && this.#attempts < MOST_ATTEMPTS;
    this.#attempts = fits ? this.#attempts + 1 : 1;
    return fits && this.#kept ? this.#kept : this.fresh();
  }
  /** @returns {Promise<Grant | false>} */
  async fresh() {
    const grant = await this.ask();
    this.#kept = grant || void 0;
    this.#until = this.now() + (grant ? grant.expires_in * 1e3 * KEPT : 0);
    return grant;
  }
  accepted() {
    this.#attempts = 0;
  }
  /** It was refused, or the page starts anew. */
  forget() {
    this.#kept = void 0;
  }
};

// src/heard.js
var PROVES_NOTHING = /* @__PURE__ */ new Set(["ok", "resumed", "behind"]);
var PROVES_ITS_OFFSET = /* @__PURE__ */ new Set(["heartbeat", "pong"]);
var Heard = class {
  epoch = "";
  /** Everything up to here has arrived, but for what is resuming. */
  offset = 0;
  /** The newest offset named at all: what is read from Odoo from now on holds it. */
  newest = 0;
  /** @type {number | undefined}  the offset of events, while those that were missed are on their way */
  #eventsAt;
  /** What `hello` says of it. */
  get resume() {
    return this.epoch ? { resume: { epoch: this.epoch, offset: this.#eventsAt ?? this.offset } } : {};
  }
  /** @param {import("./frames.js").WelcomeFrame} welcome */
  welcomed({ epoch, offset }) {
    this.#eventsAt = this.epoch === epoch ? this.#eventsAt ?? this.offset : void 0;
    Object.assign(this, { epoch, offset, newest: offset });
  }
  /**
   * @param {import("./frames.js").ServerFrame} frame
   * @param {boolean} ofResuming  whether it belongs to a watch that is resuming
   */
  note(frame, ofResuming) {
    if (!("offset" in frame) || typeof frame.offset !== "number") {
      return;
    }
    this.newest = Math.max(this.newest, frame.offset);
    const missed = frame.type === "event" && this.#eventsAt !== void 0;
    if (!ofResuming && !missed && !PROVES_NOTHING.has(frame.type)) {
      this.offset = Math.max(this.offset, frame.offset - (PROVES_ITS_OFFSET.has(frame.type) ? 0 : 1));
    }
    if (frame.type === "resumed" && frame.ref === void 0) {
      this.#eventsAt = void 0;
    }
  }
};

// src/reconnect.js
var LONGEST_MS = [500, 1e3, 1e3, 2e3, 2e3, 4e3, 8e3, 16e3, 3e4];
var LATE_DELAY_MS = 3e4;
function reconnectDelay(failures, random = Math.random) {
  const longest = LONGEST_MS[Math.min(failures, LONGEST_MS.length - 1)] ?? 0;
  return Math.round(longest * (failures ? 0.5 + random() / 2 : random()));
}
function lateDelay(random = Math.random) {
  return LATE_DELAY_MS + Math.round(random() * LATE_DELAY_MS);
}

// src/renewal.js
var EARLIEST = 0.5;
var SPREAD = 0.25;
var RETRY_MS = 5e3;
var Renewal = class {
  /** @type {unknown} */
  #timer;
  #run = 0;
  /**
   * @param {import("./environment.js").Environment} environment
   * @param {{token: () => Promise<{token: string, expires_in: number} | false>, send: (token: string) => void}} port
   */
  constructor(environment, port) {
    this.environment = environment;
    this.port = port;
  }
  /** @param {number} expiresInSeconds */
  start(expiresInSeconds) {
    this.stop();
    const share = EARLIEST + SPREAD * this.environment.random();
    this.#later(expiresInSeconds * 1e3 * share);
  }
  /** @returns {Promise<void>} settled when a new token is sent, or cannot be had just now */
  now() {
    this.environment.clearTimeout(this.#timer);
    return this.#renew(++this.#run);
  }
  stop() {
    this.#run++;
    this.environment.clearTimeout(this.#timer);
  }
  /** @param {number} delayMs */
  #later(delayMs) {
    const run = this.#run;
    this.#timer = this.environment.setTimeout(() => this.#renew(run), delayMs);
  }
  /** @param {number} run */
  async #renew(run) {
    const grant = await this.port.token().catch(() => void 0);
    if (run !== this.#run) {
      return;
    }
    if (grant) {
      this.port.send(grant.token);
      this.start(grant.expires_in);
    } else if (grant === void 0) {
      this.#later(RETRY_MS * (1 + this.environment.random()));
    }
  }
};

// src/watchdog.js
var PATIENCE = 1.5;
var ANSWER_MS = 1e4;
var ANSWER_AWAKE_MS = 3e3;
var TICK_MS = 5e3;
var SLEPT_MS = 1e4;
var Watchdog = class {
  /** @type {unknown} */
  #timer;
  #heardAt = 0;
  #quietMs = 0;
  #due = 0;
  #answered = true;
  /**
   * @param {import("./environment.js").Environment} environment
   * @param {{ping: () => void, lost: () => void}} callbacks
   */
  constructor(environment, callbacks) {
    this.environment = environment;
    this.callbacks = callbacks;
  }
  /** @param {number} heartbeatSeconds  the server promises a frame at least this often */
  start(heartbeatSeconds) {
    this.stop();
    this.#quietMs = heartbeatSeconds * 1e3 * PATIENCE;
    this.heard();
    this.#listen();
  }
  stop() {
    this.environment.clearTimeout(this.#timer);
  }
  /** A frame of any kind arrived. */
  heard() {
    this.#heardAt = this.environment.now();
    this.#answered = true;
  }
  /** The page may have slept: find out soon whether the other side is still there. */
  probe() {
    this.environment.clearTimeout(this.#timer);
    this.#ask(ANSWER_AWAKE_MS);
  }
  #listen() {
    const rest = this.#heardAt + this.#quietMs - this.environment.now();
    const delay = Math.min(Math.max(rest, 0), TICK_MS);
    this.#due = this.environment.now() + delay;
    this.#timer = this.environment.setTimeout(() => this.#check(), delay);
  }
  #check() {
    const now = this.environment.now();
    if (now - this.#due > SLEPT_MS) {
      this.#ask(ANSWER_AWAKE_MS);
    } else if (now - this.#heardAt < this.#quietMs) {
      this.#listen();
    } else {
      this.#ask(ANSWER_MS);
    }
  }
  /** @param {number} patienceMs */
  #ask(patienceMs) {
    this.#answered = false;
    this.callbacks.ping();
    this.#timer = this.environment.setTimeout(() => this.#judge(), patienceMs);
  }
  #judge() {
    if (this.#answered) {
      this.#listen();
    } else {
      this.callbacks.lost();
    }
  }
};

// src/ways.js
var MOST_SILENT = 2;
var MOST_SILENT_KNOWN = 5;
var STREAM_MS = 10 * 6e4;
var KEY = "amanat.stream_until";
var Ways = class {
  /** @type {"socket" | "stream"} */
  #way = "socket";
  /** Whether this attempt is the second one of its moment. */
  #second = false;
  #silent = 0;
  #known = false;
  /** @param {import("./environment.js").Environment} environment */
  constructor(environment) {
    this.environment = environment;
    this.streamUntil = Number(read(environment.storage)) || 0;
  }
  get streamsFirst() {
    return this.environment.now() < this.streamUntil;
  }
  /** Whether the last wire is a stream: over HTTP/1.1 it holds one of the six connections that a browser opens to a host. */
  get streams() {
    return this.#way === "stream";
  }
  /**
   * @param {string} url  of the WebSocket
   * @param {string} protocol
   * @returns {Wire}
   */
  open(url, protocol) {
    if (!this.#second) {
      this.#way = this.streamsFirst ? "stream" : "socket";
    }
    return this.#way === "stream" ? this.environment.stream(url) : this.environment.open(url, protocol);
  }
  /** The bridge has spoken. */
  heard() {
    this.#known = this.#way === "socket";
    this.#silent = this.#known ? 0 : MOST_SILENT - 1;
    if (this.#second) {
      this.#keep(this.#known ? 0 : this.environment.now() + STREAM_MS);
    }
    this.#second = false;
  }
  /**
   * An attempt ended before the bridge had said anything.
   *
   * @returns {boolean} whether the other way is to be tried at once
   */
  silent() {
    const most = this.#known ? MOST_SILENT_KNOWN : MOST_SILENT;
    this.#second = !this.#second && ++this.#silent >= most;
    if (this.#second) {
      this.#way = this.#way === "stream" ? "socket" : "stream";
    }
    return this.#second;
  }
  /** @param {number} until */
  #keep(until) {
    this.streamUntil = until;
    try {
      this.environment.storage?.setItem(KEY, String(until));
    } catch {
    }
  }
};
function read(storage) {
  try {
    return storage?.getItem(KEY);
  } catch {
    return void 0;
  }
}

// src/connection.js
var LOST = 1006;
var STEP_MS = 3e4;
var OLD_STEP_MS = 5e3;
var HIDDEN_MS = 1e4;
var PHONE_HIDDEN_MS = 3e4;
var STEPS = /* @__PURE__ */ new Set(["token", "connecting", "greeting"]);
var RESTFUL = /* @__PURE__ */ new Set(["live", "waiting"]);
var Connection = class {
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
  #refusals = 0;
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
      lost: () => this.#lost("no heartbeat")
    });
    this.renewal = new Renewal(environment, {
      token: () => this.grants.fresh(),
      send: (token) => this.send({ type: "token", token })
    });
  }
  start() {
    if (["idle", "stopped", "outdated"].includes(this.state)) {
      this.#failures = 0;
      this.#refusals = 0;
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
    if (this.state === "waiting" && this.#refusals === 0) {
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
    } else if (STEPS.has(this.state) && now() - this.#stepSince > OLD_STEP_MS) {
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
    const { clearTimeout: clearTimeout2, setTimeout: setTimeout2, isHidden: isHidden2, isPhone } = this.environment;
    clearTimeout2(this.#restTimer);
    this.#restTimer = setTimeout2(
      () => {
        this.#unwanted = isHidden2() && (this.ways.streams || isPhone());
        if (this.#unwanted && RESTFUL.has(this.state)) {
          this.#rest();
        }
      },
      this.ways.streams ? HIDDEN_MS : PHONE_HIDDEN_MS
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
    const grant = await this.grants.forAttempt().catch(() => void 0);
    if (attempt !== this.#attempt) {
      return;
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
      this.#socket = this.ways.open(grant.url, SUBPROTOCOL);
      this.#unanswered = grant;
    } catch (error) {
      this.stop(`cannot connect to ${grant.url}: ${error}`);
      return;
    }
    const current = () => attempt === this.#attempt;
    this.#socket.onopen = () => current() && this.#greet(grant.token);
    this.#socket.onmessage = (event2) => current() && this.#receive(event2.data);
    this.#socket.onclose = (event2) => current() && this.#closed(event2.code, event2.reason);
    this.#socket.onerror = () => current() && this.state === "connecting" && this.#lost("could not connect");
  }
  /** @param {string} token */
  #greet(token) {
    this.#begin("greeting", "saying hello");
    this.#write({ type: "hello", token, origin: this.port.origin, ...this.heard.resume });
  }
  /** @param {unknown} data */
  #receive(data2) {
    const frame = parseFrame(data2);
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
      this.#unanswered = void 0;
      this.ways.heard();
    }
  }
  /** @param {import("./frames.js").WelcomeFrame} welcome */
  #welcomed(welcome) {
    this.welcome = welcome;
    this.heard.welcomed(welcome);
    this.grants.accepted();
    this.#failures = 0;
    this.#refusals = 0;
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
    const soon = () => pause + reconnectDelay(pause ? 0 : this.#failures++, random);
    this.#notBefore = now() + pause;
    switch (advice) {
      case "reconnect":
        return this.#wait(soon(), why);
      case "renew":
        this.grants.forget();
        return this.#wait(this.#refusals++ && !pause ? lateDelay(random) : soon(), why);
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
    this.#bye = void 0;
    this.#unanswered = void 0;
    this.#socket?.close();
    this.#socket = void 0;
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
};

// src/stream.js
var MOST_FRAMES = 16;
var CODE_OF_STATUS = (
  /** @type {Record<number, number>} */
  { 401: 4001, 429: 4029 }
);
var LOST2 = 1006;
var StreamSocket = class {
  /** @type {WebSocket["readyState"]} */
  readyState = 0;
  onopen = () => {
  };
  /** @type {(event: {data: string}) => void} */
  onmessage = () => {
  };
  /** @type {(event: {code: number, reason: string}) => void} */
  onclose = () => {
  };
  onerror = () => {
  };
  #abort = new AbortController();
  #token = "";
  /** @type {string | undefined} */
  #key;
  /** @type {string[]} */
  #waiting = [];
  #sending = false;
  /**
   * @param {string} url  of the WebSocket that is blocked
   * @param {typeof globalThis.fetch} fetch
   */
  constructor(url, fetch2) {
    this.url = url.replace(/^ws/, "http").replace(/\/$/, "");
    this.fetch = fetch2;
    queueMicrotask(() => {
      if (this.readyState === 0) {
        this.readyState = 1;
        this.onopen();
      }
    });
  }
  /** @param {string} text  one frame */
  send(text) {
    if (!this.#token) {
      void this.#open(text);
    } else {
      this.#waiting.push(text);
      void this.#flush();
    }
  }
  /** As a WebSocket that is left: nothing it still says is heard. */
  close() {
    this.#waiting = [];
    this.readyState = 3;
    this.#abort.abort();
  }
  /** @param {string} text */
  async #open(text) {
    const { token, ...hello } = JSON.parse(text);
    this.#token = token;
    try {
      const answer = await this.#post("stream", JSON.stringify(hello), {});
      if (answer.ok && answer.body) {
        await this.#read(answer.body.getReader());
        this.#end(LOST2);
      } else {
        this.#end(CODE_OF_STATUS[answer.status] ?? LOST2);
      }
    } catch {
      this.#end(LOST2);
    }
  }
  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
  async #read(reader) {
    const decoder = new TextDecoder();
    let rest = "";
    for (; ; ) {
      const { done, value } = await reader.read();
      if (done || this.readyState !== 1) {
        return;
      }
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach((line) => this.#line(line));
    }
  }
  /** @param {string} line */
  #line(line) {
    if (this.readyState !== 1) {
      return;
    }
    if (line === "") {
      void this.#flush(true);
    } else if (line.startsWith('{"type":"stream"')) {
      this.#key = JSON.parse(line).key;
      void this.#flush();
    } else if (line.startsWith('{"type":"close"')) {
      this.#end(JSON.parse(line).code);
    } else {
      this.onmessage({ data: line });
    }
  }
  /**
   * One request at a time, so that what is said arrives in order.
   *
   * @param {boolean} [alive]  the server asks for a sign of life: say something, if only nothing
   */
  async #flush(alive = false) {
    if (this.#sending || !this.#key || this.readyState !== 1 || !this.#waiting.length && !alive) {
      return;
    }
    this.#sending = true;
    const frames = this.#waiting.splice(0, MOST_FRAMES);
    try {
      const { ok, status } = await this.#post("send", `[${frames}]`, { "Amanat-Stream": this.#key });
      if (!ok) {
        return this.#end(CODE_OF_STATUS[status] ?? LOST2);
      }
    } catch {
      return this.#end(LOST2);
    } finally {
      this.#sending = false;
    }
    this.#renewed(frames);
    void this.#flush();
  }
  /**
   * A new token is good for what is said after it.
   *
   * @param {string[]} frames
   */
  #renewed(frames) {
    const renewal = frames.findLast((frame) => frame.startsWith('{"type":"token"'));
    this.#token = renewal ? JSON.parse(renewal).token : this.#token;
  }
  /**
   * @param {string} path
   * @param {string} body
   * @param {Record<string, string>} headers
   */
  #post(path, body, headers) {
    return this.fetch(`${this.url}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.#token}`, ...headers },
      body,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: this.#abort.signal
    });
  }
  /** @param {number} code */
  #end(code) {
    if (this.readyState !== 3) {
      this.close();
      this.onclose({ code, reason: "" });
    }
  }
};

// src/wakes.js
function followWakes(woke, hid) {
  const { document } = globalThis;
  globalThis.addEventListener?.("online", woke);
  globalThis.addEventListener?.("pageshow", ({ persisted }) => persisted && woke());
  document?.addEventListener("resume", woke);
  document?.addEventListener("visibilitychange", () => isHidden() ? hid() : woke());
}
function isHidden() {
  return globalThis.document?.visibilityState === "hidden";
}

// src/environment.js
function browserEnvironment() {
  return {
    open: (url, protocol) => new WebSocket(url, protocol),
    stream: (url) => new StreamSocket(url, (input, init) => fetch(input, init)),
    storage: tabStorage(),
    now: () => Date.now(),
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (timer) => clearTimeout(timer),
    random: Math.random,
    followWakes,
    isHidden,
    isPhone: () => globalThis.matchMedia?.("(hover: none) and (pointer: coarse)").matches ?? false
  };
}
function tabStorage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return void 0;
  }
}

// src/log.js
var SWITCH = "amanat.debug";
function createLog({ storage = globalThis.localStorage, sink = console } = {}) {
  let warned = false;
  const debug = (...words) => {
    if (isDebugging(storage)) {
      sink.debug("[amanat]", ...words);
    }
  };
  return {
    debug,
    warnOnce: (message) => {
      if (warned) {
        debug(message);
      } else {
        warned = true;
        sink.warn(`[amanat] ${message}`);
      }
    }
  };
}
function isDebugging(storage = globalThis.localStorage) {
  try {
    return Boolean(storage?.getItem(SWITCH));
  } catch {
    return false;
  }
}

// src/own_changes.js
var MAX_AGE_MS = 6e4;
var MAX_ENTRIES = 1e3;
var OwnChanges = class {
  /** @type {Map<string, {saves: number, crossed: boolean, at: number}>} */
  #pending = /* @__PURE__ */ new Map();
  /** @param {() => number} now  milliseconds */
  constructor(now) {
    this.now = now;
  }
  /**
   * This tab sent a save.
   *
   * @param {string} model
   * @param {number[]} ids
   */
  sent(model, ids) {
    this.#forgetOld();
    for (const id of ids) {
      const key = `${model},${id}`;
      const before = this.#pending.get(key);
      this.#pending.delete(key);
      this.#pending.set(key, { saves: (before?.saves ?? 0) + 1, crossed: before?.crossed ?? false, at: this.now() });
    }
  }
  /**
   * Somebody else's values for these records are being drawn.
   *
   * @param {string} model
   * @param {number[]} ids
   */
  drawn(model, ids) {
    for (const id of ids) {
      const entry = this.#pending.get(`${model},${id}`);
      if (entry) {
        entry.crossed = true;
      }
    }
  }
  /**
   * A receipt arrived.
   *
   * @param {string} model
   * @param {number[]} ids
   * @returns {{expected: boolean, crossed: boolean}} whether this tab had sent a save naming all of them, and
   *     whether somebody else's values were drawn meanwhile
   */
  confirmed(model, ids) {
    this.#forgetOld();
    const entries = ids.map((id) => this.#confirm(`${model},${id}`));
    return {
      expected: entries.every((entry) => entry !== void 0),
      crossed: entries.some((entry) => entry?.crossed)
    };
  }
  /** @param {string} key */
  #confirm(key) {
    const entry = this.#pending.get(key);
    if (entry && entry.saves > 1) {
      this.#pending.set(key, { ...entry, saves: entry.saves - 1 });
    } else {
      this.#pending.delete(key);
    }
    return entry;
  }
  /**
   * A new session began: of what was committed before it, no receipt comes. For a save that still is on its way, the
   * receipt is then not expected, and the view reads what it already shows.
   */
  forget() {
    this.#pending.clear();
  }
  #forgetOld() {
    const oldest = this.now() - MAX_AGE_MS;
    for (const [key, entry] of this.#pending) {
      if (entry.at >= oldest && this.#pending.size <= MAX_ENTRIES) {
        break;
      }
      this.#pending.delete(key);
    }
  }
};

// src/presence.js
var Presences = class {
  /** @type {Map<import("./watches.js").Watch, Map<number, Presence>>}  only records where somebody is */
  #known = /* @__PURE__ */ new Map();
  /** @param {(watch: import("./watches.js").Watch, presence: Presence) => void} tell */
  constructor(tell) {
    this.tell = tell;
  }
  /**
   * @param {import("./watches.js").Watch} watch
   * @param {import("./frames.js").PresenceFrame} frame
   * @param {number | undefined} me  this user, who is left out
   */
  told(watch, { model, id, people, more = 0 }, me) {
    const others = people.filter(({ user }) => user.id !== me).map(({ user, editing }) => ({ ...user, ...editing && { editing } }));
    this.#note(watch, { model, id, people: others, more });
  }
  /**
   * Records are out of sight: nobody is there any more, as far as this view is concerned.
   *
   * @param {import("./watches.js").Watch} watch
   * @param {number[]} ids
   */
  gone(watch, ids) {
    for (const id of ids) {
      const known = this.#known.get(watch)?.get(id);
      if (known) {
        this.#note(watch, { ...known, people: [], more: 0 });
      }
    }
  }
  /** Nothing is known any more; the next session tells it anew. */
  lost() {
    for (const [watch, known] of this.#known) {
      this.gone(watch, [...known.keys()]);
    }
  }
  /** @param {import("./watches.js").Watch} watch */
  forget(watch) {
    this.#known.delete(watch);
  }
  /**
   * @param {import("./watches.js").Watch} watch
   * @param {Presence} presence
   */
  #note(watch, presence2) {
    const known = this.#known.get(watch) ?? /* @__PURE__ */ new Map();
    const somebody = presence2.people.length > 0 || presence2.more > 0;
    if (somebody) {
      this.#known.set(watch, known.set(presence2.id, presence2));
    } else if (!known.delete(presence2.id)) {
      return;
    }
    this.tell(watch, presence2);
  }
};

// src/touches.js
var RETRY_AFTER_MS = 2e3;
var Touch = class {
  /** @type {number | undefined} */
  feed;
  failures = 0;
  /** @type {unknown} */
  retry;
  /** What waits to be said. */
  due = false;
  /**
   * @param {string} ref
   * @param {TouchSpec} spec
   * @param {TouchHandlers} handlers
   */
  constructor(ref, spec, handlers) {
    this.ref = ref;
    this.spec = spec;
    this.handlers = handlers;
  }
};
var Touches = class {
  /** @type {Map<string, Touch>} */
  #byRef = /* @__PURE__ */ new Map();
  #refs = 0;
  /**
   * @param {{send: (message: object) => boolean}} port
   * @param {Pick<import("./environment.js").Environment, "setTimeout" | "clearTimeout" | "random">} environment
   * @param {import("./log.js").Log} log
   */
  constructor(port, environment, log) {
    this.port = port;
    this.environment = environment;
    this.log = log;
  }
  /**
   * @param {TouchSpec} spec
   * @param {TouchHandlers} handlers
   * @returns {{set: (fields: string[]) => void, end: () => void}}
   */
  add(spec, handlers) {
    const touch = new Touch(`touch-${++this.#refs}`, spec, handlers);
    this.#byRef.set(touch.ref, touch);
    this.#say(touch);
    return {
      set: (fields) => this.#set(touch, fields),
      end: () => this.#end(touch)
    };
  }
  /**
   * Several fields that are touched at once are said in one message.
   *
   * @param {Touch} touch
   * @param {string[]} fields
   */
  #set(touch, fields) {
    const same = fields.length === touch.spec.fields.length && fields.every((it) => touch.spec.fields.includes(it));
    touch.spec = { ...touch.spec, fields };
    if (!same && !touch.due) {
      touch.due = true;
      this.environment.setTimeout(() => touch.due && this.#say(touch), 0);
    }
  }
  /** @param {Touch} touch */
  #say(touch) {
    touch.due = false;
    this.environment.clearTimeout(touch.retry);
    if (this.#byRef.has(touch.ref)) {
      this.port.send({ type: "touch", ref: touch.ref, ...touch.spec });
    }
  }
  /** @param {Touch} touch */
  #end(touch) {
    this.environment.clearTimeout(touch.retry);
    if (this.#byRef.delete(touch.ref)) {
      this.port.send({ type: "untouch", ref: touch.ref });
    }
  }
  lost() {
    for (const touch of this.#byRef.values()) {
      touch.feed = void 0;
    }
  }
  /** A new session knows of nothing that is edited. */
  sayAll() {
    for (const touch of this.#byRef.values()) {
      this.#say(touch);
    }
  }
  /** @param {import("./frames.js").OkFrame} ok */
  opened({ ref, feed, fields = [] }) {
    const touch = this.#byRef.get(ref);
    if (touch && feed !== void 0) {
      Object.assign(touch, { feed, failures: 0 });
      this.#tell(touch, (handlers) => handlers.opened?.(fields));
    }
  }
  /** @param {import("./frames.js").ConflictFrame} frame */
  conflict(frame) {
    for (const touch of this.#of(frame.feed)) {
      const touched = (name) => touch.spec.fields.includes(name);
      const fields = Object.fromEntries(Object.entries(frame.fields).filter(([name]) => touched(name)));
      const reread = frame.reread?.filter(touched);
      if (Object.keys(fields).length) {
        this.#tell(touch, (handlers) => handlers.conflict?.({ ...frame, fields, ...reread && { reread } }));
      }
    }
  }
  /** @param {import("./frames.js").ResetFrame} reset */
  reset({ feed, reason }) {
    for (const touch of this.#of(feed)) {
      this.#tell(touch, (handlers) => handlers.stale?.(reason));
    }
  }
  /**
   * @param {import("./frames.js").ErrorFrame} error
   * @returns {boolean} whether it was about a touch
   */
  failed(error) {
    const touch = this.#byRef.get(error.ref ?? "");
    if (touch && error.code === "unavailable") {
      const delay = RETRY_AFTER_MS + reconnectDelay(touch.failures++, this.environment.random);
      touch.retry = this.environment.setTimeout(() => this.#say(touch), delay);
    } else if (touch) {
      this.#byRef.delete(touch.ref);
      this.#tell(touch, (handlers) => handlers.refused?.(error));
    }
    return touch !== void 0;
  }
  /** @param {number} feed */
  #of(feed) {
    return [...this.#byRef.values()].filter((touch) => touch.feed === feed);
  }
  /**
   * @param {Touch} touch
   * @param {(handlers: TouchHandlers) => void} message
   */
  #tell(touch, message) {
    try {
      message(touch.handlers);
    } catch (error) {
      this.log.warnOnce(`an edit of ${touch.spec.model} failed: ${error}`);
    }
  }
};

// src/watches.js
var RETRY_AFTER_MS2 = 2e3;
var Watch = class {
  /** @type {"asked" | "open" | "refused" | "closed"} */
  state = "asked";
  /** @type {number | undefined} */
  feed;
  openedBefore = false;
  /** @type {Position | undefined}  what this watch brings to the next session */
  position;
  /** @type {string | undefined}  while what it missed is on its way: the rights by which that is judged */
  resuming;
  /** What it misses comes with a reset only. */
  behind = false;
  failures = 0;
  /** @type {unknown}  while Odoo could not be asked: when to ask for this watch again */
  retry;
  /**
   * @param {string} ref
   * @param {import("./frames.js").WatchSpec} spec
   * @param {WatchHandlers} handlers
   * @param {Mark | undefined} readAt
   */
  constructor(ref, spec, handlers, readAt) {
    this.ref = ref;
    this.spec = spec;
    this.handlers = handlers;
    this.readAt = readAt;
  }
};
var Watches = class {
  /** @type {Map<string, Watch>} */
  #byRef = /* @__PURE__ */ new Map();
  #refs = 0;
  /**
   * @param {WatchPort} port
   * @param {import("./environment.js").Environment} environment
   * @param {import("./log.js").Log} log
   */
  constructor(port, environment, log) {
    this.port = port;
    this.environment = environment;
    this.log = log;
  }
  /**
   * @param {import("./frames.js").WatchSpec} spec
   * @param {WatchHandlers} handlers
   * @param {Mark} [readAt]  where the client stood when the view began to read; without it, or when anything
   *     happened since, the view hears `stale("opened")`
   * @returns {Watch}
   */
  add(spec, handlers, readAt) {
    const watch = new Watch(`${spec.view}-${++this.#refs}`, spec, handlers, readAt);
    this.#byRef.set(watch.ref, watch);
    this.#ask(watch);
    return watch;
  }
  /** @param {Watch} watch */
  remove(watch) {
    watch.state = "closed";
    if (this.#byRef.delete(watch.ref)) {
      this.port.send({ type: "unwatch", ref: watch.ref });
    }
  }
  /** The connection is gone: what is resuming keeps its position, the others stand where the connection did. */
  lost() {
    for (const watch of this.#byRef.values()) {
      this.#follow(watch);
      Object.assign(watch, { state: "asked", feed: void 0, resuming: void 0, behind: false });
    }
  }
  /** A new session knows no watch: ask for each again. */
  askAll() {
    for (const watch of this.#byRef.values()) {
      this.#ask(watch);
    }
  }
  /** @param {import("./frames.js").OkFrame} ok */
  opened(ok) {
    const watch = this.#byRef.get(ok.ref);
    if (!watch || ok.feed === void 0) {
      return;
    }
    const resuming = this.#canResume(watch) ? ok.rights : void 0;
    const fresh = resuming !== void 0 || !watch.openedBefore && this.#nothingSince(watch.readAt, ok.offset);
    const why = watch.openedBefore ? "reconnected" : "opened";
    Object.assign(watch, { state: "open", feed: ok.feed, openedBefore: true, failures: 0, resuming });
    if (resuming === void 0) {
      this.#standAt(watch, ok.offset, ok.rights);
    }
    this.tell(watch, (handlers) => handlers.opened?.({ filtered: ok.filtered === true }));
    if (!fresh) {
      this.tell(watch, (handlers) => handlers.stale?.(why));
    }
  }
  /**
   * Everything that a watch missed has arrived.
   *
   * @param {import("./frames.js").ResumedFrame} resumed
   */
  resumed({ ref, offset }) {
    const watch = ref === void 0 ? void 0 : this.#byRef.get(ref);
    if (watch?.resuming !== void 0 && !watch.behind) {
      this.#standAt(watch, offset, watch.resuming);
    }
  }
  /**
   * What is committed after this offset cannot be told until a reset comes: until then the watch stays there.
   *
   * @param {import("./frames.js").BehindFrame} behind
   */
  behind({ feed, offset }) {
    for (const watch of this.#byRef.values()) {
      if (watch.feed === feed && watch.position) {
        this.#follow(watch);
        watch.position.offset = Math.min(watch.position.offset, offset);
        watch.resuming ??= watch.position.rights;
        watch.behind = true;
      }
    }
  }
  /** @param {import("./frames.js").ResetFrame} reset */
  reset({ feed, offset, reason }) {
    for (const watch of this.#byRef.values()) {
      if (watch.feed === feed && watch.resuming !== void 0) {
        this.#standAt(watch, offset, watch.resuming);
      } else if (watch.feed === feed && watch.position) {
        watch.position.offset = Math.max(watch.position.offset, offset);
      }
    }
    this.tellAll(
      (watch) => watch.feed === feed,
      (handlers) => handlers.stale?.(reason)
    );
  }
  /** @param {number | undefined} feed */
  isResuming(feed) {
    return feed !== void 0 && [...this.#byRef.values()].some((it) => it.feed === feed && it.resuming !== void 0);
  }
  /**
   * @param {Watch} watch
   * @param {number | undefined} offset
   * @param {string | undefined} rights  a server that gives none knows no `resume`
   */
  #standAt(watch, offset, rights) {
    const known = offset !== void 0 && rights !== void 0;
    watch.position = known ? { epoch: this.port.heard.epoch, offset, rights } : void 0;
    Object.assign(watch, { resuming: void 0, behind: false });
  }
  /**
   * Takes an open watch to where its connection stands, unless something of it is still on its way.
   *
   * @param {Watch} watch
   */
  #follow({ state, position, resuming }) {
    if (state === "open" && position && resuming === void 0) {
      position.offset = Math.max(position.offset, this.port.heard.offset);
    }
  }
  /**
   * Offsets of another epoch mean nothing.
   *
   * @param {Watch} watch
   */
  #canResume(watch) {
    return watch.position?.epoch === this.port.heard.epoch;
  }
  /** @param {import("./frames.js").ErrorFrame} error */
  failed(error) {
    const watch = error.ref ? this.#byRef.get(error.ref) : void 0;
    if (!watch) {
      this.log.debug("error", error.code, error.message);
    } else if (error.code === "unavailable") {
      const delay = RETRY_AFTER_MS2 + reconnectDelay(watch.failures++, this.environment.random);
      watch.retry = this.environment.setTimeout(() => watch.state === "asked" && this.#ask(watch), delay);
    } else {
      watch.state = "refused";
      this.#byRef.delete(watch.ref);
      this.#refuse(watch, error);
    }
  }
  /**
   * @param {Watch} watch
   * @param {import("./frames.js").ErrorFrame} error
   */
  #refuse(watch, error) {
    if (!watch.handlers.refused) {
      this.log.warnOnce(`a view of ${watch.spec.model} is not kept fresh: ${error.message} (${error.code})`);
    }
    this.tell(watch, (handlers) => handlers.refused?.(error));
  }
  /**
   * @param {(watch: Watch) => boolean} concerned
   * @param {(handlers: WatchHandlers, watch: Watch) => void} message
   */
  tellAll(concerned, message) {
    for (const watch of [...this.#byRef.values()].filter(concerned)) {
      this.tell(watch, message);
    }
  }
  /**
   * A view that fails must not keep the others from hearing.
   *
   * @param {Watch} watch
   * @param {(handlers: WatchHandlers, watch: Watch) => void} message
   */
  tell(watch, message) {
    try {
      message(watch.handlers, watch);
    } catch (error) {
      this.log.warnOnce(`a view of ${watch.spec.model} failed: ${error}`);
    }
  }
  /** @param {Watch} watch */
  #ask(watch) {
    this.environment.clearTimeout(watch.retry);
    const resume = this.#canResume(watch) ? { resume: watch.position } : {};
    this.port.send({ type: "watch", ref: watch.ref, ...watch.spec, ...resume });
  }
  /**
   * @param {Mark | undefined} mark
   * @param {number | undefined} offset
   */
  #nothingSince(mark, offset) {
    return mark !== void 0 && mark.epoch === this.port.heard.epoch && mark.offset === offset;
  }
};

// src/client.js
var Client = class {
  /** @type {Map<string, Set<EventCallback>>} */
  #listeners = /* @__PURE__ */ new Map();
  /** @param {ClientOptions} options */
  constructor({ token, origin, onState = () => {
  }, environment = {}, log = createLog() }) {
    const world = { ...browserEnvironment(), ...environment };
    this.log = log;
    this.onState = onState;
    this.connection = new Connection(
      {
        token,
        origin,
        receive: (frame) => this.#receive(frame),
        isOfResuming: (frame) => "feed" in frame && this.watches.isResuming(frame.feed),
        changed: (state, why) => this.#changed(state, why)
      },
      world,
      log
    );
    this.watches = new Watches(
      { send: (message) => this.connection.send(message), heard: this.connection.heard },
      world,
      log
    );
    this.touches = new Touches({ send: (message) => this.connection.send(message) }, world, log);
    this.presences = new Presences(
      (watch, presence2) => this.watches.tell(watch, (handlers) => handlers.presence?.(presence2))
    );
    this.ownChanges = new OwnChanges(world.now);
    world.followWakes(
      () => this.connection.woke(),
      () => this.connection.hid()
    );
  }
  get state() {
    return this.connection.state;
  }
  start() {
    this.connection.start();
  }
  stop() {
    this.connection.stop("stopped by the page");
  }
  /** Somebody waits for it: reconnect soon. A page that slept, or whose network is back, does so by itself. */
  hurry() {
    this.connection.hurry();
  }
  /** Brings a new token at once: what this user may watch has changed. A failure is not reported. */
  renew() {
    return this.connection.renew();
  }
  /**
   * How far the client has heard; taken before a view reads and given to `watch`, it saves the re-read when
   * nothing happened in between.
   *
   * @returns {import("./watches.js").Mark | undefined}
   */
  mark() {
    const { epoch, newest } = this.connection.heard;
    return this.state === "live" ? { epoch, offset: newest } : void 0;
  }
  /**
   * Watches until the returned function is called, across reconnects: what was missed comes as `update` and `gone`, or
   * the view hears `stale`. With a domain the view hears what comes into
   * and goes out of it, where the server can judge that.
   *
   * @param {import("./frames.js").WatchSpec} spec
   * @param {import("./watches.js").WatchHandlers} handlers
   * @param {import("./watches.js").Mark} [readAt]
   * @returns {() => void} ends the watch
   */
  watch(spec, handlers, readAt) {
    const watch = this.watches.add(spec, handlers, readAt);
    return () => {
      this.presences.forget(watch);
      this.watches.remove(watch);
    };
  }
  /**
   * Says that this tab's user edits these fields of a record, until ended, across reconnects: others may be told, and
   * whoever changes them is heard of as a conflict.
   *
   * @param {import("./touches.js").TouchSpec} spec
   * @param {import("./touches.js").TouchHandlers} [handlers]
   * @returns {{set: (fields: string[]) => void, end: () => void}}  `set`: which fields it is now
   */
  touch(spec, handlers = {}) {
    return this.touches.add(spec, handlers);
  }
  /** Whether users are shown to each other at all, as far as the bridge has said. */
  get showsPresence() {
    return this.connection.welcome?.presence === true;
  }
  /**
   * Says that this tab is sending a save of these records, before it is sent.
   *
   * @param {string} model
   * @param {number[]} ids
   */
  saving(model, ids) {
    this.ownChanges.sent(model, ids);
  }
  /**
   * Listens to the custom event `action`, sent by `res.users._send_realtime_notification`.
   *
   * @param {string} action
   * @param {EventCallback} callback
   * @returns {() => void} ends listening
   */
  on(action, callback) {
    const callbacks = this.#listeners.get(action) ?? /* @__PURE__ */ new Set();
    this.#listeners.set(action, callbacks.add(callback));
    return () => callbacks.delete(callback);
  }
  /**
   * @param {import("./connection.js").State} state
   * @param {string} why
   */
  #changed(state, why) {
    if (state === "live") {
      this.ownChanges.forget();
      this.watches.askAll();
      this.touches.sayAll();
    } else {
      this.watches.lost();
      this.touches.lost();
      this.presences.lost();
    }
    this.onState(state, why);
  }
  /** @param {import("./frames.js").ServerFrame} frame */
  #receive(frame) {
    try {
      HANDLERS[frame.type]?.(this, frame, this.#listeners);
    } catch (error) {
      this.log.warnOnce(`a frame of type ${frame.type} could not be used: ${error}`);
    }
  }
};
var HANDLERS = {
  ok: (client, frame) => {
    client.touches.opened(frame);
    client.watches.opened(frame);
  },
  resumed: (client, frame) => client.watches.resumed(frame),
  error: (client, frame) => client.touches.failed(frame) || client.watches.failed(frame),
  list_update: data,
  form_update: data,
  receipt,
  conflict: (client, frame) => client.touches.conflict(frame),
  presence,
  reset: (client, frame) => {
    client.touches.reset(frame);
    client.watches.reset(frame);
  },
  behind: (client, frame) => client.watches.behind(frame),
  event
};
function data(client, frame) {
  client.ownChanges.drawn(frame.model, frame.records.map((record) => record.id));
  client.watches.tellAll(
    (watch) => watch.feed === frame.feed,
    (handlers, watch) => {
      if (isGone(frame)) {
        client.presences.gone(watch, frame.records.map((record) => record.id));
      }
      hear(handlers, frame);
    }
  );
}
function presence(client, frame) {
  client.watches.tellAll(
    (watch) => watch.feed === frame.feed && watch.spec.presence === true,
    (_handlers, watch) => client.presences.told(watch, frame, client.connection.welcome?.user.id)
  );
}
function hear(handlers, frame) {
  if (!isGone(frame)) {
    handlers.update?.(frame);
  } else if (handlers.gone) {
    handlers.gone(frame);
  } else {
    handlers.stale?.(frame.op);
  }
}
function isGone(frame) {
  return frame.op === "leave" || frame.op === "delete";
}
function receipt(client, frame) {
  const { expected, crossed } = client.ownChanges.confirmed(frame.model, frame.ids);
  client.watches.tellAll(
    (watch) => watch.spec.model === frame.model,
    (handlers) => {
      handlers.receipt?.(frame, { expected });
      if (crossed) {
        handlers.stale?.("own");
      }
    }
  );
}
function event(client, frame, listeners) {
  for (const callback of [...listeners.get(frame.action) ?? []]) {
    try {
      callback(frame);
    } catch (error) {
      client.log.warnOnce(`a listener of the event ${frame.action} failed: ${error}`);
    }
  }
}

// src/origin.js
var BYTES = 16;
function newOrigin(source = globalThis.crypto) {
  const bytes = source.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
export {
  Client,
  createLog,
  newOrigin,
  reconnectDelay
};
