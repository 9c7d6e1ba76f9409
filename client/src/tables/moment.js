const MOMENT = /^(\d{4}-\d\d-\d\dT[\d:]+)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * A timestamp as PostgreSQL prints it in JSON, with all its digits: texts with and without fractions do not compare.
 *
 * @param {unknown} text
 * @returns {number} microseconds; NaN for anything else
 */
export function microsOf(text) {
    const [, seconds, fraction = "", zone] = MOMENT.exec(String(text)) ?? [];
    return Date.parse(`${seconds}${zone}`) * 1000 + Number(fraction.padEnd(6, "0"));
}
