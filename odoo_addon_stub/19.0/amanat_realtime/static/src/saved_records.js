/** Methods that only read. What is not listed may write; a wrong guess costs one re-read, not a change. */
const READS = /^(web_)?(read|search|name_search|name_get|onchange|get_|fields_|has_|default_get|check_|formatted_read|display_name)/;

/**
 * Which records an RPC of the web client is about to save.
 *
 * @param {string} url
 * @param {any} params
 * @returns {{model: string, ids: number[]} | undefined} nothing when it only reads or names no records
 */
export function savedRecords(url, params) {
    if (!/\/web\/dataset\/call_(kw|button)/.test(url) || READS.test(params?.method ?? "")) {
        return undefined;
    }
    const first = params?.args?.[0];
    const ids = (Array.isArray(first) ? first : [first]).filter(Number.isInteger);
    return ids.length > 0 ? { model: params.model, ids } : undefined;
}
