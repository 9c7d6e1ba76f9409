package io.amanat.connector.change;

/**
 * A column of a published table.
 *
 * @param type as PostgreSQL prints its name, without modifiers, fit for a cast under any search path: {@code uuid},
 *     {@code timestamp with time zone}, {@code public.task_status}, {@code text[]}
 * @param kind what its values are like; of a domain, those of the type beneath it
 */
public record Column(String name, String type, Kind kind) {

    /** What the values of a column are like, and so which JSON they become. */
    public enum Kind {
        /** Whole, exact or floating numbers: a JSON number, or a string where it is none ({@code NaN}). */
        NUMBER,
        /** Text of any length. */
        TEXT,
        BOOL,
        UUID,
        /** A date, a time of day, or both: a string in ISO 8601, UTC where it has a zone. */
        MOMENT,
        /** One word of several: a string. */
        ENUM,
        /** {@code json} or {@code jsonb}: as it is. */
        JSON,
        /** An array of any type: a JSON array. */
        ARRAY,
        /** Whatever else: a string as PostgreSQL prints it. */
        OTHER
    }
}
