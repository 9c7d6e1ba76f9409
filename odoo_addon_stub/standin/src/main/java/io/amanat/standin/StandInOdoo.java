package io.amanat.standin;

import io.amanat.standin.addon.Addon;
import io.amanat.standin.addon.Announcer;
import io.amanat.standin.addon.Faults;
import io.amanat.standin.addon.Tokens;
import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.SocketHub;
import io.amanat.standin.http.ApiKeys;
import io.amanat.standin.http.Parts;
import io.amanat.standin.http.Wire;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.User;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** An Odoo with the add-on, in this process and in memory, on loopback. Safe to share between threads. */
public final class StandInOdoo implements AutoCloseable {

    /** Messages are stored as Python's {@code json.dumps} writes them. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Faults faults = new Faults();
    private final BusFaults busFaults;
    private final Bus bus;
    private final SocketHub hub;
    private final Tokens tokens;
    private final Announcer announcer;
    private final Database database;
    private final StandInSettings settings;
    private final ApiKeys keys = new ApiKeys();
    private final Wire wire;
    private volatile Optional<String> bridgeUrl = Optional.empty();

    private StandInOdoo(StandInSettings settings) {
        this.settings = settings;
        bus = new Bus(settings.clock());
        hub = new SocketHub(bus, settings.clock());
        busFaults = new BusFaults(bus, hub);
        tokens = new Tokens(settings.clock());
        announcer = new Announcer(settings.clock(), faults);
        database = new Database(settings.clock(), this::announce);
        DemoData.fill(this, settings.transfers());
        wire = Wire.open(
                settings.port(),
                new Parts(
                        settings.series().version(),
                        database,
                        bus,
                        hub,
                        tokens,
                        keys,
                        faults,
                        settings.clock(),
                        busFaults::unavailable,
                        () -> bridgeUrl));
    }

    /**
     * Starts one.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static StandInOdoo start(StandInSettings settings) {
        return new StandInOdoo(settings);
    }

    private Runnable announce(Transaction transaction) {
        var messages = announcer.messages(transaction).stream()
                .map(payload -> JSON.writeValueAsString(enveloped(payload)))
                .toList();
        return bus.take(Addon.PRIVATE, messages, transaction.caller().user().id(), transaction.began());
    }

    /** Where it listens, for instance {@code http://127.0.0.1:8080}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + wire.port());
    }

    public String database() {
        return Addon.DATABASE;
    }

    /** The login of the user that the bridge signs in as; its password is the same. */
    public String serviceLogin() {
        return Addon.SERVICE_LOGIN;
    }

    /** Sets the bridge's address that browsers are told; until then, the panes of the demo page are not served. */
    public void bridgeUrl(String url) {
        bridgeUrl = Optional.of(url);
    }

    /** The id of a new company. */
    public int addCompany(String name) {
        return database.add(Catalog.COMPANIES, Map.of("name", name, "active", true));
    }

    /** The id of a new partner. */
    public int addPartner(String name) {
        return database.add(Catalog.PARTNERS, Map.of("name", name));
    }

    /** The id of a new user. */
    public int addUser(NewUser user) {
        Set<Group> groups = Set.of(
                switch (user.right()) {
                    case PORTAL -> Group.PORTAL;
                    case INTERNAL -> Group.INTERNAL;
                    case USER -> Group.USER;
                    case MANAGER -> Group.MANAGER;
                });
        return addUser(user, groups);
    }

    int addUser(NewUser user, Set<Group> groups) {
        int partner =
                database.add(Catalog.PARTNERS, Map.of("name", user.name(), "email", user.login() + "@amanat.example"));
        var row = new HashMap<String, Object>();
        row.put("name", user.name());
        row.put("login", user.login());
        row.put("password", user.login());
        row.put("lang", user.lang());
        row.put("partner_id", partner);
        row.put("company_id", user.companies().getFirst());
        row.put("company_ids", user.companies());
        row.put("group_ids", groups.stream().map(Group::id).sorted().toList());
        row.put("amanat_presence", true);
        row.put("active", true);
        return database.add(Catalog.USERS, row);
    }

    /** Acts as this user. */
    public UserSession as(String login) {
        User user = database.user(login)
                .orElseThrow(() -> new IllegalArgumentException("no user has the login '%s'".formatted(login)));
        return new UserSession(this, user.id(), "browser", caller -> caller);
    }

    /** Changes who may do what, and has that announced. */
    public Administrator administrator() {
        return new Administrator(this);
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** What is to go wrong with the bus. */
    public BusFaults busFaults() {
        return busFaults;
    }

    /**
     * Sends a message on the plain channel {@code realtime_updates}, in a transaction of its own, as other add-ons do that announce
     * changes with the same names.
     *
     * @param login who sends it
     * @return the id of its row
     */
    public int sendPlain(String login, Map<String, ?> message) {
        boolean raw = settings.series() == Series.ODOO_14;
        var text = JSON.writeValueAsString(raw ? message : enveloped(message));
        bus.take(
                        Addon.plain(settings.series().version()),
                        List.of(text),
                        as(login).uid(),
                        settings.clock().instant())
                .run();
        return bus.newest();
    }

    private static Map<String, Object> enveloped(Map<String, ?> payload) {
        return Map.of("type", "realtime_updates", "payload", payload);
    }

    /** A new API key of this user. */
    public String apiKey(String login) {
        return keys.make(as(login).uid());
    }

    /** Is not reached by anybody until {@link #comeBack}; websockets are closed as by a server that stops. Data and logins stay. */
    public void goAway() {
        hub.closeAll(1001, "Server is stopping");
        wire.pause();
    }

    /** Is reached again, at the same port. */
    public void comeBack() {
        wire.resume();
    }

    /** Goes away and comes back. */
    public void restart() {
        goAway();
        comeBack();
    }

    /** What it holds now: everything committed, and the bus. */
    public Backup backup() {
        return new Backup(database.copy(), bus.copy());
    }

    /** Restarts with what it held then, as after PostgreSQL restored a backup: another incarnation, and ids come again. */
    public void restore(Backup backup) {
        become(backup, true);
    }

    /** Restarts with what it held then, as after the machine's disk was put back: nothing but the ids tells. */
    public void rewind(Backup backup) {
        become(backup, false);
    }

    private void become(Backup backup, boolean restored) {
        goAway();
        database.become(backup.database(), restored);
        bus.restore(backup.bus());
        comeBack();
    }

    /** Until the faults are healed, the rules, groups and users of now count, unless somebody asks with {@code fresh}. */
    public void answerStaleRights() {
        as(Addon.SERVICE_LOGIN).transaction(orm -> {
            faults.remember(orm.transaction());
            return true;
        });
    }

    Database store() {
        return database;
    }

    Tokens tokens() {
        return tokens;
    }

    @Override
    public void close() {
        hub.close();
        wire.close();
    }
}
