import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Heard } from "../src/heard.js";
import { sample } from "./fakes.js";

const { epoch, offset: BEGIN } = sample("welcome");
/** @type {Heard} */
let heard;

beforeEach(() => {
    heard = new Heard();
    heard.welcomed(sample("welcome"));
});

/**
 * @param {string} name
 * @param {number} offset
 */
function note(name, offset, ofResuming = false) {
    heard.note({ ...sample(name), offset }, ofResuming);
}

test("who has heard nothing has nothing to resume", () => {
    assert.deepEqual(new Heard().resume, {});
});

test("a heartbeat proves everything up to its offset", () => {
    note("heartbeat", 1060);
    assert.deepEqual(heard.resume, { resume: { epoch, offset: 1060 } });
});

for (const name of ["list_update", "list_update-leave", "form_update", "receipt", "reset", "event"]) {
    test(`${name} proves what came before it: of its change, more may follow`, () => {
        note(name, 1060);
        assert.equal(heard.offset, 1059);
    });
}

for (const name of ["ok-watch", "resumed", "resumed-events"]) {
    test(`${name} proves nothing of what others wait for`, () => {
        note(name, 1060);
        assert.equal(heard.offset, BEGIN);
    });
}

test("what belongs to a watch that is resuming proves nothing", () => {
    note("list_update", 1060, true);
    assert.equal(heard.offset, BEGIN);
});

test("whatever names an offset says how new an answer of Odoo will be", () => {
    note("ok-watch", 1050);
    assert.equal(heard.newest, 1050);
    note("list_update", 1060, true);
    assert.equal(heard.newest, 1060);
});

test("an older frame takes nothing back", () => {
    note("heartbeat", 1060);
    note("list_update", 1050);
    assert.equal(heard.offset, 1060);
});

test("events stay where they were until they are resumed, over however many sessions", () => {
    note("heartbeat", 1060);
    for (let session = 0; session < 2; session++) {
        heard.welcomed({ ...sample("welcome"), offset: 1090 });
        note("event", 1085);
        note("heartbeat", 1095);
        assert.equal(heard.resume.resume?.offset, 1060);
    }
    note("resumed", 1090);
    assert.equal(heard.resume.resume?.offset, 1060);
    note("resumed-events", 1090);
    assert.equal(heard.resume.resume?.offset, 1095);
});

test("an event that was missed proves nothing of what is newer", () => {
    heard.welcomed({ ...sample("welcome"), offset: 1050 });
    note("event", 1090);
    assert.equal(heard.offset, 1050);
});

test("in another epoch older offsets mean nothing, and no event is waited for", () => {
    note("heartbeat", 1060);
    heard.welcomed({ ...sample("welcome"), epoch: "p2", offset: 3 });
    assert.deepEqual(heard.resume, { resume: { epoch: "p2", offset: 3 } });
    note("heartbeat", 4);
    assert.deepEqual(heard.resume, { resume: { epoch: "p2", offset: 4 } });
});
