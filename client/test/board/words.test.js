import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { DICTIONARIES, Words, languageOf } from "../../board/words.js";

const BOARD = new URL("../../board/", import.meta.url);
const [first = {}, ...others] = Object.values(DICTIONARIES);

/** @param {string | string[] | undefined} words */
const places = (words) => [...String(words).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

for (const [language, words] of Object.entries(DICTIONARIES)) {
    test(`${language} has the words of the other languages, with the same places for values`, () => {
        for (const other of [first, ...others]) {
            assert.deepEqual(Object.keys(words).sort(), Object.keys(other).sort());
            for (const key of Object.keys(other)) {
                assert.deepEqual(places(words[key]), places(other[key]), key);
                assert.equal(Array.isArray(words[key]) ? words[key].length : 0, Array.isArray(other[key]) ? other[key].length : 0, key);
            }
        }
    });

    test(`${language} leaves nothing empty`, () => {
        Object.entries(words).forEach(([key, value]) => assert.ok([value].flat().every((word) => word.trim()), key));
    });
}

test("Uzbek has its own apostrophes, which no code can take for quotes", () => {
    Object.entries(DICTIONARIES.uz ?? {}).forEach(([key, value]) => assert.doesNotMatch([value].flat().join(), /['`´‘’]/, key));
});

test("whatever the page says has words", async () => {
    const files = (await readdir(BOARD)).filter((name) => name.endsWith(".js"));
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, BOARD), "utf8")));
    const said = texts.flatMap((text) => [...text.matchAll(/\b(?:say|list)\("(\w+)"/g)].map(([, key = ""]) => key));
    assert.ok(said.length > 60);
    said.forEach((key) => assert.ok(key in first, key));
});

test("words that are missing are an error, not an empty place", () => {
    assert.throws(() => new Words("en").say("no_such_words"), /no words for no_such_words in en/);
});

test("the language is the first of the reader's that the page speaks", () => {
    assert.equal(languageOf(["kk-KZ", "uz-Latn-UZ", "en"]), "uz");
    assert.equal(languageOf(["ru-RU"]), "ru");
    assert.equal(languageOf(["de"]), "en");
});
