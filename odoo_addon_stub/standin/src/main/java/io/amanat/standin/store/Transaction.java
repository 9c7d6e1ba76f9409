package io.amanat.standin.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The rows as one transaction sees and changes them. Used by one thread, while it holds the database's lock. */
public final class Transaction {

    /** The key under which a row holds the number of the transaction that wrote it last. */
    private static final String VERSION = "xmin";

    private final Tables tables;
    private final int id;
    private final Caller caller;
    private final Map<RecordKey, Touched> touched = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> redo = new ArrayList<>();
    private final Instant began;
    private final List<String> endedLogins = new ArrayList<>();
    private final List<String> canaries = new ArrayList<>();
    private boolean silent;

    Transaction(Tables tables, int id, Caller caller, Instant began) {
        this.began = began;
        this.tables = tables;
        this.id = id;
        this.caller = caller;
        this.silent = caller.silent();
    }

    public int id() {
        return id;
    }

    public Instant began() {
        return began;
    }

    /** Nothing but ids of what it did is to be announced. */
    public boolean silent() {
        return silent;
    }

    void silence() {
        silent = true;
    }

    /** Sends an event when this commits. */
    public void send(Event event) {
        events.add(event);
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * Says that a login session of the caller ended.
     *
     * @param sid what its tokens call it
     */
    public void endLogin(String sid) {
        endedLogins.add(sid);
    }

    public List<String> endedLogins() {
        return List.copyOf(endedLogins);
    }

    /** Has the bridge send a message to itself when this commits. */
    public void sendCanary(String nonce) {
        canaries.add(nonce);
    }

    public List<String> canaries() {
        return List.copyOf(canaries);
    }

    /** The user with this id, archived or not. */
    public Optional<User> user(int user) {
        return new Users(tables).find(user);
    }

    /** The user with this login, archived or not. */
    public Optional<User> user(String login) {
        return new Users(tables).find(login);
    }

    public Caller caller() {
        return caller;
    }

    /** The name of the model that a rule or access list is for. */
    public String modelName(Map<String, Object> row) {
        return row.get("model_id") instanceof Integer id ? FirstRows.modelName(id) : "";
    }

    /** The database as it was committed last, to be looked at later. */
    public Transaction snapshot() {
        return new Transaction(tables.copy(), id, caller, began);
    }

    /** The row of this record, if it exists. */
    public Optional<Map<String, Object>> row(String model, int record) {
        return Optional.ofNullable(tables.of(model).get(record));
    }

    /** The version of this record's row: another one after every transaction that wrote it. */
    public String version(String model, int record) {
        return String.valueOf(existing(new RecordKey(model, record)).get(VERSION));
    }

    public SortedMap<Integer, Map<String, Object>> rows(String model) {
        return tables.of(model);
    }

    /** What was touched, in the order of first touch; records created and deleted again are not in it. */
    public Collection<Touched> touched() {
        return touched.values().stream()
                .filter(one -> one.before() != null
                        || row(one.key().model(), one.key().id()).isPresent())
                .toList();
    }

    /** The ids that a one2many of this record showed before this transaction, ascending. */
    public List<Integer> childrenBefore(Field field, int record) {
        var children = new TreeSet<>(new Reader(this).children(field, record));
        for (Touched one : touched.values()) {
            if (one.key().model().equals(field.comodel())) {
                boolean shown = one.before() != null
                        && Integer.valueOf(record).equals(one.before().get(field.inverse()));
                children.remove(one.key().id());
                if (shown) {
                    children.add(one.key().id());
                }
            }
        }
        return List.copyOf(children);
    }

    int insert(String model, Map<String, Object> row) {
        int record = tables.nextId(model);
        touched.put(
                new RecordKey(model, record), new Touched(new RecordKey(model, record), null, new LinkedHashSet<>()));
        var versioned = versioned(row);
        change(() -> tables.put(model, record, versioned), () -> tables.remove(model, record));
        return record;
    }

    /** Replaces values of an existing row. */
    void update(RecordKey key, Map<String, Object> values) {
        var before = existing(key);
        var after = new HashMap<>(before);
        after.putAll(values);
        touch(key, before, values.keySet());
        var versioned = versioned(after);
        change(() -> tables.put(key.model(), key.id(), versioned), () -> tables.put(key.model(), key.id(), before));
    }

    void delete(RecordKey key) {
        var before = existing(key);
        touch(key, before, Set.of());
        change(() -> tables.remove(key.model(), key.id()), () -> tables.put(key.model(), key.id(), before));
    }

    /** Says that a field changed which is stored elsewhere, such as a one2many. */
    void touch(RecordKey key, Map<String, Object> before, Set<String> fields) {
        touched.computeIfAbsent(key, _ -> new Touched(key, before, new LinkedHashSet<>()))
                .changed()
                .addAll(fields);
    }

    private void change(Runnable done, Runnable undone) {
        done.run();
        redo.add(done);
        undo.push(undone);
    }

    /** Takes its changes back, so that others do not see them yet. */
    void hide() {
        undo.forEach(Runnable::run);
    }

    /** Makes its changes once more. */
    void show() {
        redo.forEach(Runnable::run);
    }

    /**
     * Nobody changed, since this hid them, the rows that it changed.
     *
     * @param earlier what steps before this one changed, which is left out; this one's is added
     */
    boolean stillFits(Set<RecordKey> earlier) {
        return touched.values().stream()
                .filter(one -> earlier.add(one.key()))
                .allMatch(one -> Objects.equals(
                        one.before(), tables.of(one.key().model()).get(one.key().id())));
    }

    void rollBack() {
        hide();
        undo.clear();
        redo.clear();
        touched.clear();
        events.clear();
        endedLogins.clear();
        canaries.clear();
    }

    private Map<String, Object> versioned(Map<String, Object> row) {
        var versioned = new HashMap<>(row);
        versioned.put(VERSION, id);
        return Map.copyOf(versioned);
    }

    private Map<String, Object> existing(RecordKey key) {
        return row(key.model(), key.id()).orElseThrow(() -> OdooError.missing(key.model(), key.id()));
    }
}
