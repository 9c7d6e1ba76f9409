/** What a view sends and then draws by itself. */
const SAVES = /^(web_save|web_save_multi|unlink|web_resequence|action_archive|action_unarchive)$/;

/**
 * Which records an RPC of a view is about to save. The view draws them, so the receipt for them asks for no
 * read. Any other method may change what no view knows of: its receipt makes lists read.
 *
 * @param {string} url
 * @param {any} params
 * @returns {{model: string, ids: number[]} | undefined} nothing when no view saves, or no record is named
 */
export function savedRecords(url, params) {
    const isButton = url.includes("/web/dataset/call_button");
    const isSave = url.includes("/web/dataset/call_kw") && SAVES.test(params?.method ?? "");
    if (!isButton && !isSave) {
        return undefined;
    }
    const first = params?.args?.[0];
    const ids = (Array.isArray(first) ? first : [first]).filter(Number.isInteger);
    return ids.length > 0 ? { model: params.model, ids } : undefined;
}
