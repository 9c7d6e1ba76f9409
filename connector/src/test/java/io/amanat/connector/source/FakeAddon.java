package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The add-on's methods over a bus in memory; not installed unless a test says so. Shared by the threads of a source. */
final class FakeAddon implements OdooRpc {

    final BlockingQueue<String> nonces = new LinkedBlockingQueue<>();
    private final FakeRows rows = new FakeRows();
    private volatile boolean installed;
    private volatile boolean broken;
    private volatile boolean guarding;

    FakeAddon install() {
        installed = true;
        return this;
    }

    /** Keeps everybody else off its channels. */
    void guards() {
        guarding = true;
    }

    void breaks(boolean now) {
        broken = now;
    }

    synchronized long send(long txid, long record) {
        return rows.send(txid, record);
    }

    synchronized void restored(String incarnation) {
        rows.incarnation = incarnation;
    }

    @Override
    public synchronized JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
        if (!installed) {
            throw new OdooException.ModuleMissing("amanat.bridge." + method + " does not exist");
        }
        if (broken) {
            throw new OdooException.Unreachable("Odoo is away: is Odoo running?", null);
        }
        return switch (method) {
            case "poll" -> poll(Long.parseLong(String.valueOf(kwargs.get("after"))));
            case "canary" -> {
                nonces.add((String) kwargs.get("nonce"));
                yield Samples.json(state().replaceFirst(",$", "}").replaceFirst("^", "{"));
            }
            default -> Samples.json("{'bus_retention': 86400, 'channel_guard': %s}".formatted(guarding));
        };
    }

    private JsonNode poll(long after) {
        var notifications = JsonMapper.shared().createArrayNode();
        for (var row : rows.after(after).messages()) {
            var message = Map.of("type", row.type(), "payload", row.payload());
            notifications
                    .addObject()
                    .put("id", row.id())
                    .put("message", JsonMapper.shared().writeValueAsString(message));
        }
        return JsonMapper.shared()
                .readTree(("{" + state() + "\"more\": false, \"notifications\": ").replace('\'', '"') + notifications
                        + "}");
    }

    private String state() {
        return "'lowest': false, 'highest': %d, 'oldest_transaction': 0.0, 'incarnation': '%s',"
                .formatted(rows.sequence, rows.incarnation);
    }

    @Override
    public String version() {
        return "19.0";
    }

    @Override
    public void close() {}
}
