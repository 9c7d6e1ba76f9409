package io.amanat.connector.odoo;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Remote calls into one Odoo database as one user. Safe to share between threads; calls block and belong on virtual threads.
 * By XML-RPC or JSON-2.
 */
public interface OdooRpc extends AutoCloseable {

    /**
     * Calls a public method of a model.
     *
     * @param args positional arguments: strings, numbers, booleans, lists and string-keyed maps of these; JSON-2 knows none
     * @param kwargs named arguments, likewise
     * @return the result as JSON; Odoo's {@code False} and {@code None} are {@code false}
     * @throws OdooException of the subtype that says what failed and what to do
     */
    JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs);

    /** The server's version, for instance {@code 19.0}; needs no login. */
    String version();

    @Override
    void close();
}
