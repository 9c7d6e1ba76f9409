package io.amanat.standin.http;

import io.amanat.standin.addon.Addon;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.User;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** The routes {@code /xmlrpc/2/common} and {@code /xmlrpc/2/object}. */
final class XmlRoutes {

    private final Parts parts;
    private final Database database;
    private final Methods methods;

    XmlRoutes(Parts parts, Methods methods) {
        this.parts = parts;
        this.database = parts.database();
        this.methods = methods;
    }

    boolean serves(String path) {
        return path.equals("/xmlrpc/2/common") || path.equals("/xmlrpc/2/object");
    }

    void serve(Exchange exchange) {
        exchange.answer(200, "text/xml; charset=utf-8", answer(exchange));
    }

    private String answer(Exchange exchange) {
        try {
            var request = XmlRpc.parse(exchange.body());
            return XmlRpc.response(exchange.path().endsWith("common") ? common(request) : object(exchange, request));
        } catch (OdooError e) {
            return XmlRpc.fault(e.faultCode(), String.valueOf(e.getMessage()));
        } catch (XMLStreamException | IndexOutOfBoundsException | ClassCastException e) {
            return XmlRpc.fault(1, "Traceback: bad request");
        }
    }

    private Object common(XmlRpc.Request request) {
        var params = request.params();
        return switch (request.method()) {
            case "version" ->
                Map.of(
                        "server_version",
                        parts.version(),
                        "server_version_info",
                        parts.versionInfo(),
                        "server_serie",
                        parts.version(),
                        "protocol_version",
                        1);
            case "authenticate", "login" -> authenticate(text(params, 0), text(params, 1), text(params, 2));
            default -> throw OdooError.server("builtins.Exception", "Method not found: " + request.method());
        };
    }

    private Object authenticate(String db, String login, String password) {
        checkDatabase(db);
        return database.signIn(login, password).<Object>map(User::id).orElse(false);
    }

    private Object object(Exchange exchange, XmlRpc.Request request) {
        var params = request.params();
        checkDatabase(text(params, 0));
        User user = database.signIn((Integer) params.get(1), text(params, 2)).orElseThrow(OdooError::accessDenied);
        return methods.call(user, exchange.header("X-Amanat-Origin"), call(request))
                .orElseThrow(() -> OdooError.server("builtins.TypeError", "cannot marshal None"));
    }

    private static Call call(XmlRpc.Request request) {
        var params = request.params();
        return switch (request.method()) {
            case "execute_kw" ->
                new Call(
                        text(params, 3),
                        text(params, 4),
                        params.size() > 5 ? List.copyOf((List<?>) params.get(5)) : List.of(),
                        params.size() > 6 ? Call.map(params.get(6)) : Map.of());
            case "execute" -> new Call(text(params, 3), text(params, 4), params.subList(5, params.size()), Map.of());
            default -> throw OdooError.server("builtins.Exception", "Method not found: " + request.method());
        };
    }

    private static void checkDatabase(String name) {
        if (!name.equals(Addon.DATABASE)) {
            throw OdooError.server(
                    "psycopg2.OperationalError", "FATAL:  database \"%s\" does not exist\n".formatted(name));
        }
    }

    private static String text(List<Object> params, int index) {
        return (String) params.get(index);
    }
}
