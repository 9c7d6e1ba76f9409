package io.amanat.standin.store;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What one caller can do with records within one transaction, with Odoo's checks of rights. */
public final class Orm {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final ZoneId TASHKENT = ZoneId.of("Asia/Tashkent");

    private final Transaction transaction;
    private final Caller caller;
    private final Reader reader;
    private final Rights rights;
    private final Clock clock;
    private final Computed computed;
    private final Commands commands;

    Orm(Transaction transaction, Clock clock) {
        this.transaction = transaction;
        this.caller = transaction.caller();
        this.reader = new Reader(transaction);
        this.rights = new Rights(transaction);
        this.clock = clock;
        this.computed = new Computed(transaction);
        this.commands = new Commands(this, transaction);
    }

    public Transaction transaction() {
        return transaction;
    }

    /** The ids of new records, one for each of {@code values}. */
    public List<Integer> create(String modelName, List<Map<String, Object>> values) {
        Model model = Catalog.get(modelName);
        rights.check(caller.user(), model, Operation.CREATE);
        return values.stream().map(one -> createOne(model, one)).toList();
    }

    private int createOne(Model model, Map<String, Object> values) {
        var row = Defaults.of(model, caller, today());
        row.putAll(stored(model, values));
        row.put("create_date", now());
        row.put("create_uid", caller.user().id());
        row.putAll(stamp());
        Defaults.complete(model, row, transaction);
        int id = transaction.insert(model.name(), row);
        commands.apply(model, id, values);
        computed.afterCreate(model, id);
        rights.checkRow(caller, model, id, existing(model, id), Operation.CREATE);
        return id;
    }

    /** Writes the same values to all of these records. */
    public void write(String modelName, List<Integer> ids, Map<String, Object> values) {
        Model model = Catalog.get(modelName);
        rights.check(caller.user(), model, Operation.WRITE);
        for (int id : ids) {
            rights.checkRow(caller, model, id, existing(model, id), Operation.WRITE);
            writeOne(model, id, values);
            rights.checkRow(caller, model, id, existing(model, id), Operation.WRITE);
        }
    }

    private void writeOne(Model model, int id, Map<String, Object> values) {
        var before = existing(model, id);
        var changed = new HashMap<>(stored(model, values));
        changed.entrySet().removeIf(one -> Objects.equals(before.get(one.getKey()), one.getValue()));
        if (!changed.isEmpty()) {
            changed.putAll(stamp());
            transaction.update(new RecordKey(model.name(), id), changed);
        }
        commands.apply(model, id, values);
        computed.afterWrite(model, id, before);
    }

    /** Deletes these records, and with them what cascades. */
    public void unlink(String modelName, List<Integer> ids) {
        Model model = Catalog.get(modelName);
        rights.check(caller.user(), model, Operation.UNLINK);
        ids.forEach(id -> rights.checkRow(caller, model, id, existing(model, id), Operation.UNLINK));
        ids.forEach(id -> new Cascade(transaction, computed).delete(model, id));
    }

    /** These records as {@code read()} gives them; missing ones are left out; no fields named means all readable ones. */
    public List<Map<String, Object>> read(String modelName, List<Integer> ids, List<String> fields) {
        Model model = Catalog.get(modelName);
        rights.check(caller.user(), model, Operation.READ);
        var names = fields.isEmpty() ? readable(model) : fields;
        names.stream()
                .filter(name -> !name.equals("id") && !name.equals("display_name"))
                .forEach(name -> Rights.checkField(caller.user(), model, model.field(name)));
        return ids.stream()
                .filter(id -> transaction.row(modelName, id).isPresent())
                .map(id -> {
                    var row = existing(model, id);
                    rights.checkRow(caller, model, id, row, Operation.READ);
                    return reader.show(model, id, row, names);
                })
                .toList();
    }

    private List<String> readable(Model model) {
        return model.fields().values().stream()
                .filter(field -> Rights.mayRead(caller.user(), field))
                .map(Field::name)
                .toList();
    }

    /** The ids of the records this caller may read that fit the domain, newest first. */
    public List<Integer> search(String modelName, List<?> domain) {
        Model model = Catalog.get(modelName);
        rights.check(caller.user(), model, Operation.READ);
        var wanted = Condition.parse(domain, model);
        var matcher = new Matcher(transaction);
        var sight = rights.sight(new Viewer(caller.user(), caller.companies()), model);
        boolean hideArchived = model.fields().containsKey("active")
                && !caller.archived()
                && wanted.leaves().noneMatch(leaf -> leaf.field().equals("active"));
        return transaction.rows(modelName).entrySet().stream()
                .filter(one -> sight.holds(one.getKey(), one.getValue()))
                .filter(one ->
                        !hideArchived || Boolean.TRUE.equals(one.getValue().get("active")))
                .filter(one -> matcher.fits(model, one.getKey(), one.getValue(), wanted))
                .map(Map.Entry::getKey)
                .toList()
                .reversed();
    }

    private Map<String, Object> stored(Model model, Map<String, Object> values) {
        var stored = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> {
            Field field = model.field(name);
            Rights.checkField(caller.user(), model, field);
            if (!field.readonly() && !field.type().toMany()) {
                stored.put(name, checked(model, field, Values.stored(model, field, value)));
            }
        });
        return stored;
    }

    private Object checked(Model model, Field field, Object value) {
        if (field.type() == FieldType.MANY2ONE
                && value instanceof Integer id
                && transaction.row(field.comodel(), id).isEmpty()) {
            throw OdooError.validation("The operation cannot be completed: another model requires the record: %s.%s %d"
                    .formatted(model.name(), field.name(), id));
        }
        return value;
    }

    Map<String, Object> existing(Model model, int id) {
        return transaction.row(model.name(), id).orElseThrow(() -> OdooError.missing(model.name(), id));
    }

    private Map<String, Object> stamp() {
        return Map.of("write_date", now(), "write_uid", caller.user().id());
    }

    private String now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).format(SECONDS);
    }

    /** The date where the users are. */
    private String today() {
        return LocalDate.ofInstant(clock.instant(), TASHKENT).toString();
    }
}
