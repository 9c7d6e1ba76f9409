package io.amanat.bridge.app;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Odoo that answers every call with the same text, or not at all. */
final class CannedOdoo implements OdooRpc {

    record Call(String model, String method, Map<String, ?> named) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile @Nullable String answer;

    /** From now on answers this JSON. */
    CannedOdoo answering(String json) {
        answer = json;
        return this;
    }

    /** From now on is out of reach. */
    CannedOdoo away() {
        answer = null;
        return this;
    }

    @Override
    public JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
        calls.add(new Call(model, method, kwargs));
        var json = answer;
        if (json == null) {
            throw new OdooException.Unreachable("Odoo does not answer", null);
        }
        return JsonMapper.shared().readTree(json);
    }

    @Override
    public String version() {
        return "19.0";
    }

    @Override
    public void close() {}
}
