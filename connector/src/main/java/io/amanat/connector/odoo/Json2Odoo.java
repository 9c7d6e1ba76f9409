package io.amanat.connector.odoo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;

/**
 * Calls Odoo 19 and later by JSON-2 ({@code /json/2/<model>/<method>}), with an API key of the service user in place of a password.
 * Arguments are named; each call is a request of its own, and nobody signs in.
 */
public final class Json2Odoo implements OdooRpc {

    private static final String JSON = "application/json";

    private final OdooSettings settings;
    private final OdooHttp http;
    private final Faults faults;
    private final ObjectMapper json = JsonMapper.shared();

    /**
     * Nothing is opened before the first call.
     *
     * @param settings with the API key as the password
     */
    public Json2Odoo(OdooSettings settings) {
        this.settings = settings;
        this.http = new OdooHttp(settings);
        this.faults = new Faults(settings);
    }

    @Override
    public JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
        if (!args.isEmpty()) {
            throw new IllegalArgumentException("%s.%s: JSON-2 knows named arguments only".formatted(model, method));
        }
        var what = model + "." + method;
        var headers = Map.of(
                "Authorization", "bearer " + settings.password().reveal(), "X-Odoo-Database", settings.database());
        var answer = http.post(
                "/json/2/%s/%s".formatted(model, method),
                JSON,
                json.writeValueAsBytes(kwargs),
                headers,
                (status, body) -> refuse(what, status, body));
        var result = read(what, answer);
        return result.isNull() ? BooleanNode.FALSE : result;
    }

    private JsonNode read(String what, OdooHttp.Answer answer) {
        try {
            var result = json.readTree(answer.body());
            if (!result.isMissingNode()) {
                return result;
            }
            throw unreadable(what, null);
        } catch (JacksonException e) {
            throw unreadable(what, e);
        }
    }

    private static OdooException unreadable(String what, @Nullable Exception cause) {
        return new OdooException.Failed(
                what + ": Odoo's answer is not readable JSON; is something in between changing it?", cause);
    }

    /** Odoo's own refusals name the exception; the traceback beside it is passed over. */
    private void refuse(String what, int status, byte[] body) {
        JsonNode error;
        try {
            error = json.readTree(body);
        } catch (JacksonException e) {
            return;
        }
        var name = error.path("name").asString("");
        if (!name.isEmpty()) {
            throw refused(what, status, name, error.path("message").asString("no reason given"));
        }
    }

    private OdooException refused(String what, int status, String name, String message) {
        return switch (name) {
            case "odoo.exceptions.AccessError" -> faults.translate(what, Faults.ACCESS_ERROR, message);
            case "odoo.exceptions.AccessDenied", "werkzeug.exceptions.Unauthorized" -> wrongKey();
            case "werkzeug.exceptions.Forbidden" ->
                new OdooException.AccessDenied(what + ": Odoo refuses this: " + line(message));
            case "werkzeug.exceptions.NotFound" ->
                new OdooException.ModuleMissing(
                        "%s: database '%s' does not know it (%s): install or update the module amanat_realtime there"
                                .formatted(what, settings.database(), line(message)));
            default -> status == 401 ? wrongKey() : faults.translate(what, Faults.USER_ERROR, message);
        };
    }

    private OdooException wrongKey() {
        return new OdooException.WrongPassword(
                "Odoo does not take the API key of '%s' for database '%s': check that it is whole, not expired or removed,"
                                .formatted(settings.login(), settings.database())
                        + " and that the user is active");
    }

    private static String line(String message) {
        return Faults.lastLine(message);
    }

    @Override
    public String version() {
        var body = json.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", Map.of()));
        var answer = http.post("/web/webclient/version_info", JSON, body.getBytes(StandardCharsets.UTF_8), Map.of());
        return read("version", answer).path("result").path("server_version").asString("unknown");
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "Odoo at %s, database %s, by JSON-2".formatted(settings.url(), settings.database());
    }
}
