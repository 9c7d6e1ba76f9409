package io.amanat.standin.addon;

import io.amanat.standin.store.Caller;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Field;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.Reader;
import io.amanat.standin.store.Touched;
import io.amanat.standin.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the messages for what one transaction did: one for each model and operation. */
public final class Announcer {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** More records of one model and operation than this travel as {@code bulk}. */
    private static final int BULK_LIMIT = 50;

    /** What record rules look at. */
    private static final List<String> RULE_FIELDS = List.of("company_id");

    /** Columns that every write changes and nobody needs to hear of. */
    private static final Set<String> STAMPS = Set.of("write_date", "write_uid", "create_date", "create_uid");

    private final Clock clock;

    public Announcer(Clock clock) {
        this.clock = clock;
    }

    /** The messages, in the order create, update, delete for each model. */
    public List<Map<String, Object>> messages(Transaction transaction) {
        var messages = new ArrayList<Map<String, Object>>();
        for (Model model : Catalog.all()) {
            if (model.live()) {
                announce(model, transaction, messages);
            }
        }
        return messages;
    }

    private void announce(Model model, Transaction transaction, List<Map<String, Object>> messages) {
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
                } else if (!changed(model, List.of(one)).isEmpty()) {
                    updated.add(one);
                }
            }
        }
        var images = new Images(model, transaction);
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
        boolean bulk = transaction.caller().silent() || touched.size() > BULK_LIMIT;
        var message = header(bulk ? "bulk" : operation, model.name(), transaction);
        if (bulk) {
            message.put("operation", operation);
            message.put("records", touched.stream().map(images::key).toList());
            message.put("changed_fields", operation.equals("update") ? changed(model, touched) : List.of());
        } else {
            fill(message, operation, model, touched, images);
        }
        messages.add(message);
    }

    private static void fill(
            Map<String, Object> message, String operation, Model model, List<Touched> touched, Images images) {
        switch (operation) {
            case "create" ->
                message.put("records", touched.stream().map(images::now).toList());
            case "update" -> {
                var changed = changed(model, touched);
                message.put("changed_fields", changed);
                message.put("records", touched.stream().map(images::now).toList());
                message.put(
                        "old",
                        touched.stream().map(one -> images.before(one, changed)).toList());
                message.put("reread", List.of());
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

    /** A custom event to all tabs of some users. */
    public Map<String, Object> event(
            Transaction transaction,
            String action,
            String model,
            List<Integer> users,
            List<Map<String, Object>> records,
            List<String> changed) {
        var message = header("event", model, transaction);
        message.put("action", action);
        message.put("user_ids", users);
        message.put("records", records);
        message.put("changed_fields", changed);
        return message;
    }

    private Map<String, Object> header(String type, String model, Transaction transaction) {
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

    private static List<String> changed(Model model, List<Touched> touched) {
        var names = new LinkedHashSet<String>();
        touched.forEach(one -> names.addAll(one.changed()));
        names.removeIf(name -> STAMPS.contains(name) || !model.liveFields().containsKey(name));
        return names.stream().sorted().toList();
    }

    /** What messages show of a record before and after. */
    private record Images(Model model, Transaction transaction) {

        Map<String, Object> now(Touched one) {
            var fields = new ArrayList<>(List.of("display_name"));
            fields.addAll(model.liveFields().keySet());
            fields.add("write_date");
            int id = one.key().id();
            return new Reader(transaction)
                    .show(model, id, transaction.row(model.name(), id).orElseThrow(), fields);
        }

        Map<String, Object> before(Touched one, Iterable<String> changed) {
            return new Reader(transaction).show(model, one.key().id(), row(one), withRuleFields(changed));
        }

        Map<String, Object> key(Touched one) {
            return new Reader(transaction).show(model, one.key().id(), row(one), RULE_FIELDS);
        }

        private Map<String, Object> row(Touched one) {
            return one.before() != null
                    ? one.before()
                    : transaction.row(model.name(), one.key().id()).orElseThrow();
        }

        private List<String> withRuleFields(Iterable<String> changed) {
            var names = new LinkedHashSet<String>();
            for (String name : changed) {
                Field field = model.field(name);
                if (field.inverse().isEmpty()) {
                    names.add(name);
                }
            }
            names.addAll(RULE_FIELDS);
            return List.copyOf(names);
        }
    }
}
