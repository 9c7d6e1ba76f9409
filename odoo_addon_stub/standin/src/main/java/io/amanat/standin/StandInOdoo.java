package io.amanat.standin;

import io.amanat.standin.addon.Addon;
import io.amanat.standin.addon.Announcer;
import io.amanat.standin.addon.Faults;
import io.amanat.standin.addon.Tokens;
import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.SocketHub;
import io.amanat.standin.http.Wire;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.User;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** An Odoo 19 with the add-on, in this process and in memory, on loopback. Safe to share between threads. */
public final class StandInOdoo implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Faults faults = new Faults();
    private final Bus bus;
    private final SocketHub hub;
    private final Tokens tokens;
    private final Announcer announcer;
    private final Database database;
    private final Wire wire;
    private volatile Optional<String> bridgeUrl = Optional.empty();

    private StandInOdoo(StandInSettings settings) {
        bus = new Bus(settings.clock());
        hub = new SocketHub(bus, settings.clock());
        tokens = new Tokens(settings.clock());
        announcer = new Announcer(settings.clock(), faults);
        database = new Database(settings.clock(), this::announce);
        DemoData.fill(this, settings.transfers());
        wire = Wire.open(settings.port(), database, bus, hub, tokens, faults, () -> bridgeUrl);
    }

    /**
     * Starts one.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static StandInOdoo start(StandInSettings settings) {
        return new StandInOdoo(settings);
    }

    private void announce(Transaction transaction) {
        var messages = announcer.messages(transaction).stream()
                .map(payload -> JSON.writeValueAsString(Map.of("type", "realtime_updates", "payload", payload)))
                .toList();
        bus.append(Addon.PRIVATE, messages);
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

    /** Cuts all websockets of the bus without a word, as a network failure would. */
    public void dropWebsockets() {
        hub.dropAll();
    }

    @Override
    public void close() {
        hub.close();
        wire.close();
    }
}
