package io.amanat.standin.http;

import io.amanat.standin.addon.BridgeModel;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The routes {@code /json/2/<model>/<method>}: named arguments in, a bare result out, an API key instead of a login. */
final class Json2Routes {

    /** What is answered instead of a result. */
    private static final class Refused extends RuntimeException {
        private final int status;
        private final String name;
        private final List<Object> arguments;

        Refused(int status, String name, String message, List<Object> arguments) {
            super(message);
            this.status = status;
            this.name = name;
            this.arguments = arguments;
        }

        static Refused http(int status, String name, String message) {
            return new Refused(status, "werkzeug.exceptions." + name, message, List.of(message, status));
        }
    }

    private static final Pattern PATH = Pattern.compile("/json/2/([^/]+)/([^/]+)");
    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+(.+)");

    private final Database database;
    private final Methods methods;
    private final ApiKeys keys;

    Json2Routes(Database database, Methods methods, ApiKeys keys) {
        this.database = database;
        this.methods = methods;
        this.keys = keys;
    }

    boolean serves(String path) {
        return path.equals("/json/2") || path.startsWith("/json/2/");
    }

    void serve(Exchange exchange) {
        try {
            Object result = result(exchange);
            exchange.answer(200, "application/json; charset=utf-8", Json.MAPPER.writeValueAsBytes(result));
        } catch (Refused e) {
            refuse(exchange, e);
        } catch (OdooError e) {
            var message = String.valueOf(e.getMessage());
            refuse(exchange, new Refused(status(e), e.python(), message, List.of(message)));
        }
    }

    private Object result(Exchange exchange) {
        var path = PATH.matcher(exchange.path());
        if (!path.matches() || !exchange.request().getMethod().equals("POST")) {
            throw Refused.http(404, "NotFound", "Did you mean POST /json/2/<model>/<method>?");
        }
        User user = user(exchange);
        var arguments = new LinkedHashMap<>(arguments(exchange.body()));
        String model = path.group(1);
        String method = path.group(2);
        check(model, method, arguments);
        return methods.call(user, exchange.header("X-Amanat-Origin"), new Call(model, method, List.of(), arguments))
                .orElse(Json.MAPPER.nullNode());
    }

    private User user(Exchange exchange) {
        var bearer = BEARER.matcher(exchange.header("Authorization").orElse(""));
        if (!bearer.matches()) {
            exchange.response().getHeaders().put("WWW-Authenticate", "Bearer ");
            throw Refused.http(
                    401, "Unauthorized", "User not authenticated, use an API Key with a Bearer Authorization header.");
        }
        Optional<User> user = keys.user(bearer.group(1)).flatMap(database::user).filter(User::active);
        if (user.isEmpty()) {
            exchange.response().getHeaders().put("WWW-Authenticate", "Bearer ");
        }
        return user.orElseThrow(() -> Refused.http(401, "Unauthorized", "Invalid apikey"));
    }

    /** What is no object counts as none. */
    private static Map<String, Object> arguments(String body) {
        try {
            return !body.isEmpty() && Json.MAPPER.readTree(body) instanceof ObjectNode object
                    ? Json.map(object)
                    : Map.of();
        } catch (JacksonException e) {
            throw Refused.http(400, "BadRequest", "could not parse the body as json: " + e.getOriginalMessage());
        }
    }

    private static void check(String model, String method, Map<String, Object> arguments) {
        boolean bridge = model.equals(BridgeModel.NAME);
        if (!bridge && Catalog.find(model).isEmpty()) {
            throw Refused.http(404, "NotFound", "the model '%s' does not exist".formatted(model));
        }
        if (bridge && !method.startsWith("_")) {
            checkBridge(method, arguments);
        }
    }

    private static void checkBridge(String method, Map<String, Object> arguments) {
        var known = BridgeModel.parameters(method)
                .orElseThrow(() -> Refused.http(
                        404, "NotFound", "The method '%s.%s' does not exist".formatted(BridgeModel.NAME, method)));
        if (arguments.remove("ids") instanceof List<?> ids && !ids.isEmpty()) {
            throw Refused.http(
                    422, "UnprocessableEntity", "cannot call %s.%s with ids".formatted(BridgeModel.NAME, method));
        }
        known.missing(arguments.keySet()).ifPresent(name -> {
            throw Refused.http(422, "UnprocessableEntity", "missing a required argument: '%s'".formatted(name));
        });
        known.unexpected(arguments.keySet()).ifPresent(name -> {
            throw Refused.http(422, "UnprocessableEntity", "got an unexpected keyword argument '%s'".formatted(name));
        });
    }

    private static int status(OdooError error) {
        return switch (error.python()) {
            case "odoo.exceptions.AccessError", "odoo.exceptions.AccessDenied" -> 403;
            case "odoo.exceptions.MissingError" -> 404;
            case "odoo.exceptions.ValidationError", "odoo.exceptions.UserError" -> 422;
            default -> 500;
        };
    }

    private static void refuse(Exchange exchange, Refused refused) {
        var body = new LinkedHashMap<String, Object>();
        body.put("name", refused.name);
        body.put("message", refused.getMessage());
        body.put("arguments", refused.arguments);
        body.put("context", Map.of());
        body.put("debug", "Traceback (most recent call last):\n");
        exchange.answer(refused.status, "application/json; charset=utf-8", Json.MAPPER.writeValueAsBytes(body));
    }
}
