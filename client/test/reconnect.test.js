import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceFor } from "../src/close_codes.js";
import { lateDelay, reconnectDelay } from "../src/reconnect.js";

const almostOne = () => 0.9999999;

test("the first attempts follow within a second, later ones are up to thirty apart", () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 7, 8, 20].map((failures) => reconnectDelay(failures, almostOne));
    assert.deepEqual(longest, [500, 1000, 1000, 2000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("the first attempt comes at any moment of half a second, a later one in the later half of its time", () => {
    const shortest = [0, 1, 3, 8].map((failures) => reconnectDelay(failures, () => 0));
    assert.deepEqual(shortest, [0, 500, 1000, 15_000]);
});

test("whoever meets a bridge that is back after two seconds has tried it before the fifth", () => {
    let seed = 7;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let browser = 0; browser < 10_000; browser++) {
        let at = 0;
        for (let failures = 0; at < 2000; failures++) {
            at += reconnectDelay(failures, random);
        }
        assert.ok(at < 4000, `browser ${browser} came at ${at} ms`);
    }
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
