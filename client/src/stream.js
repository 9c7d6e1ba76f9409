/** How many frames go in one request; the server takes no more. */
const MOST_FRAMES = 16;

/** What would be a close code over WebSocket, where the server could not even begin to answer. */
const CODE_OF_STATUS = /** @type {Record<number, number>} */ ({ 401: 4001, 429: 4029 });
const LOST = 1006;

/**
 * The protocol over two HTTP requests, where a proxy lets no WebSocket through (docs/protocol.md): a response that
 * stays open, and one request for what is said. It looks like a WebSocket to whoever uses it, and is `open` at once:
 * the first message, `hello`, opens the response.
 *
 * The token travels in a header: in no address, no body that is kept, no log.
 */
export class StreamSocket {
    /** @type {WebSocket["readyState"]} */
    readyState = 0;
    onopen = () => {};
    /** @type {(event: {data: string}) => void} */
    onmessage = () => {};
    /** @type {(event: {code: number, reason: string}) => void} */
    onclose = () => {};
    onerror = () => {};
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
    constructor(url, fetch) {
        this.url = url.replace(/^ws/, "http").replace(/\/$/, "");
        this.fetch = fetch;
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
                this.#end(LOST);
            } else {
                this.#end(CODE_OF_STATUS[answer.status] ?? LOST);
            }
        } catch {
            this.#end(LOST);
        }
    }

    /** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
    async #read(reader) {
        const decoder = new TextDecoder();
        let rest = "";
        for (;;) {
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
        if (this.#sending || !this.#key || this.readyState !== 1 || (!this.#waiting.length && !alive)) {
            return;
        }
        this.#sending = true;
        const frames = this.#waiting.splice(0, MOST_FRAMES);
        try {
            const { ok, status } = await this.#post("send", `[${frames}]`, { "Amanat-Stream": this.#key });
            if (!ok) {
                return this.#end(CODE_OF_STATUS[status] ?? LOST);
            }
        } catch {
            return this.#end(LOST);
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
            signal: this.#abort.signal,
        });
    }

    /** @param {number} code */
    #end(code) {
        if (this.readyState !== 3) {
            this.close();
            this.onclose({ code, reason: "" });
        }
    }
}
