import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceFor } from "../src/close_codes.js";
import { lateDelay, reconnectDelay } from "../src/reconnect.js";

const almostOne = () => 0.9999999;

test("the longest delay doubles from one second and ends at thirty", () => {
    const longest = [0, 1, 2, 3, 4, 5, 20].map((failures) => reconnectDelay(failures, almostOne));
    assert.deepEqual(longest, [1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});

test("the jitter is full: a lucky browser comes back at once", () => {
    assert.equal(reconnectDelay(10, () => 0), 0);
});

test("who was too many stays away for half a minute to a minute", () => {
    assert.deepEqual([lateDelay(() => 0), lateDelay(almostOne)], [30000, 60000]);
});

test("every close code has the behaviour that the protocol states", () => {
    const advice = [1001, 1006, 1002, 1003, 1007, 1009, 4000, 4001, 4003, 4008, 4029, 4999].map(adviceFor);
    assert.deepEqual(advice, [
        "reconnect", "reconnect", "stop", "stop", "stop", "stop",
        "stop", "renew", "reload", "reconnect", "late", "reconnect",
    ]);
});
