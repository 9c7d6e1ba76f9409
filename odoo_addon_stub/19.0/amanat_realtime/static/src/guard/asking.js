/**
 * What the guard asks with: a dialog, and what it says of a refusal.
 *
 * @typedef {{Dialog: any, propsOf: (refusal: import("./guarded_request.js").Refusal, records: any[]) => object}} Question
 */

/** @type {Question | undefined} */
let offered;

/** @param {Question} question */
export function offerQuestion(question) {
    offered = question;
}

/**
 * @param {() => Promise<unknown>} fetch  brings what offers the question
 * @returns {Promise<Question>}
 */
export async function theQuestion(fetch) {
    if (!offered) {
        await fetch();
    }
    if (!offered) {
        throw new Error("the guard's question is another version's: reload the page");
    }
    return offered;
}
