package io.amanat.standin.addon;

import io.amanat.standin.store.Caller;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Event;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.Touched;
import io.amanat.standin.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the messages for what one transaction did: one for each model and operation. */
public final class Announcer {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** More records of one model and operation than this travel as {@code bulk}. */
    private static final int BULK_LIMIT = 50;

    private final Clock clock;
    private final Faults faults;

    public Announcer(Clock clock, Faults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    /** The messages, in the order create, update, delete for each model. */
    public List<Map<String, Object>> messages(Transaction transaction) {
        var messages = new ArrayList<Map<String, Object>>();
        for (Model model : Catalog.all()) {
            if (model.live()) {
                announce(model, transaction, messages);
            }
        }
        transaction.events().forEach(event -> messages.add(event(event, transaction)));
        if (!faults.keepsQuiet()) {
            RightsChanges.of(transaction).forEach(change -> messages.add(rights(change, transaction)));
        }
        transaction.canaries().forEach(nonce -> messages.add(canary(nonce)));
        return messages;
    }

    private Map<String, Object> canary(String nonce) {
        return Map.of("v", 1, "type", "canary", "nonce", nonce, "timestamp", MICROSECONDS.format(now()));
    }

    private void announce(Model model, Transaction transaction, List<Map<String, Object>> messages) {
        var images = new Images(model, transaction);
        var created = new ArrayList<Touched>();
        var updated = new ArrayList<Touched>();
        var deleted = new ArrayList<Touched>();
        for (Touched one : transaction.touched()) {
            if (one.key().model().equals(model.name())) {
                boolean exists = transaction.row(model.name(), one.key().id()).isPresent();
                if (one.before() == null) {
                    created.add(one);
                } else if (!exists) {
                    deleted.add(one);
                } else if (!images.changed(List.of(one)).isEmpty()) {
                    updated.add(one);
                }
            }
        }
        add(messages, transaction, model, "create", created, images);
        add(messages, transaction, model, "update", updated, images);
        add(messages, transaction, model, "delete", deleted, images);
    }

    private void add(
            List<Map<String, Object>> messages,
            Transaction transaction,
            Model model,
            String operation,
            List<Touched> touched,
            Images images) {
        if (touched.isEmpty()) {
            return;
        }
        boolean bulk = transaction.silent() || touched.size() > BULK_LIMIT;
        var message = header(bulk ? "bulk" : operation, model.name(), transaction);
        if (bulk) {
            message.put("operation", operation);
            message.put("records", touched.stream().map(images::key).toList());
            message.put("changed_fields", operation.equals("update") ? images.changed(touched) : List.of());
        } else {
            fill(message, operation, model, touched, images);
        }
        messages.add(message);
    }

    private static void fill(
            Map<String, Object> message, String operation, Model model, List<Touched> touched, Images images) {
        switch (operation) {
            case "create" -> {
                putRecords(message, touched, images);
                message.put("reread", images.reread());
            }
            case "update" -> {
                var changed = images.changed(touched);
                message.put("changed_fields", changed);
                putRecords(message, touched, images);
                message.put(
                        "old",
                        touched.stream().map(one -> images.before(one, changed)).toList());
                message.put("reread", images.reread(changed));
            }
            default -> {
                message.put(
                        "records",
                        touched.stream()
                                .map(one -> Map.of("id", one.key().id()))
                                .toList());
                message.put(
                        "old",
                        touched.stream()
                                .map(one ->
                                        images.before(one, model.liveFields().keySet()))
                                .toList());
            }
        }
    }

    private static void putRecords(Map<String, Object> message, List<Touched> touched, Images images) {
        message.put("records", touched.stream().map(images::now).toList());
        message.put("rules", images.rules(ids(touched)));
        message.put("versions", images.versions(ids(touched)));
    }

    private static List<Integer> ids(List<Touched> touched) {
        return touched.stream().map(one -> one.key().id()).toList();
    }

    private Map<String, Object> event(Event event, Transaction transaction) {
        Model model = Catalog.get(event.model());
        var message = header("event", event.model(), transaction);
        message.put("action", event.action());
        message.put("user_ids", event.users());
        var images = new Images(model, transaction);
        message.put("records", images.of(event.records()));
        message.put("versions", images.versions(event.records()));
        message.put("changed_fields", event.changed());
        return message;
    }

    private Map<String, Object> rights(Map<String, Object> change, Transaction transaction) {
        var message = header("rights", false, transaction);
        message.putAll(change);
        return message;
    }

    private Map<String, Object> header(String type, Object model, Transaction transaction) {
        Caller caller = transaction.caller();
        var message = new LinkedHashMap<String, Object>();
        message.put("v", 1);
        message.put("type", type);
        message.put("model", model);
        message.put("user_id", caller.user().id());
        message.put("user_name", caller.user().name());
        message.put("timestamp", MICROSECONDS.format(now()));
        message.put("txid", transaction.id());
        message.put("origin", caller.origin().<Object>map(tab -> tab).orElse(false));
        message.put("lang", caller.user().lang());
        return message;
    }

    private Instant now() {
        return clock.instant();
    }
}
