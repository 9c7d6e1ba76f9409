package io.amanat.bridge.access.domain;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A search condition in Odoo's language, as a tree. Immutable; says nothing yet about the types of the fields it names. */
public sealed interface Domain {

    /** Every record, or none. */
    record Constant(boolean value) implements Domain {}

    /** The records that do not match. */
    record Not(Domain domain) implements Domain {}

    /** The records that match all of these. */
    record And(List<Domain> domains) implements Domain {
        public And {
            domains = List.copyOf(domains);
        }
    }

    /** The records that match at least one of these. */
    record Or(List<Domain> domains) implements Domain {
        public Or {
            domains = List.copyOf(domains);
        }
    }

    /**
     * A field compared with a value.
     *
     * @param field its name, or a path of names with dots
     * @param operator neither {@code any} nor {@code not any}
     */
    record Condition(String field, Operator operator, JsonNode value) implements Domain {}

    /** The records with at least one related record that matches: {@code any}. */
    record Any(String field, Domain domain) implements Domain {}

    /**
     * Reads a domain as Odoo writes it: a list in prefix form ({@code ["|", ["a", "=", 1], ["b", "!=", false]]}) or a boolean.
     *
     * @throws DomainException if Odoo would not take it for a domain, or if it is too large to be judged
     */
    static Domain parse(JsonNode text) throws DomainException {
        return DomainParser.parse(text);
    }

    /** Prepares this domain for being asked about many records of one model. */
    default Decider compile(ModelFields fields) {
        return Compiler.compile(this, fields);
    }
}
