package io.amanat.standin;

import io.amanat.standin.store.Caller;
import io.amanat.standin.store.Event;
import io.amanat.standin.store.OpenTransaction;
import io.amanat.standin.store.Orm;
import io.amanat.standin.store.User;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One user at work, without HTTP in between, with the rights of the moment. Immutable; safe to share between threads. */
public final class UserSession {

    private final StandInOdoo odoo;
    private final int uid;
    private final String browser;
    private final UnaryOperator<Caller> from;

    UserSession(StandInOdoo odoo, int uid, String browser, UnaryOperator<Caller> from) {
        this.odoo = odoo;
        this.uid = uid;
        this.browser = browser;
        this.from = from;
    }

    /** The user's id. */
    public int uid() {
        return uid;
    }

    /** The same user in a browser tab. */
    public UserSession withOrigin(String tab) {
        return new UserSession(odoo, uid, browser, caller -> from.apply(caller).withOrigin(tab));
    }

    /** The same user, announcing nothing but ids. */
    public UserSession silently() {
        return new UserSession(odoo, uid, browser, caller -> from.apply(caller).silently());
    }

    /** The same user, logged in with another browser, too. */
    public UserSession inBrowser(String name) {
        return new UserSession(odoo, uid, name, from);
    }

    private User user() {
        return odoo.store()
                .user(uid)
                .orElseThrow(() -> new IllegalStateException("the user %d is deleted".formatted(uid)));
    }

    /** The ids of new records. */
    public List<Integer> create(String model, List<Map<String, Object>> values) {
        return transaction(orm -> orm.create(model, values));
    }

    public void write(String model, List<Integer> ids, Map<String, Object> values) {
        transaction(orm -> {
            orm.write(model, ids, values);
            return true;
        });
    }

    public void unlink(String model, List<Integer> ids) {
        transaction(orm -> {
            orm.unlink(model, ids);
            return true;
        });
    }

    public List<Map<String, Object>> read(String model, List<Integer> ids, List<String> fields) {
        return transaction(orm -> orm.read(model, ids, fields));
    }

    /** Several steps that are committed together, or, if one throws, not at all. */
    public <T> T transaction(Function<Orm, T> steps) {
        return odoo.store().transact(from.apply(Caller.of(user())), steps);
    }

    /** Begins a transaction that nobody sees anything of before it is committed. */
    public OpenTransaction open() {
        return odoo.store().open(from.apply(Caller.of(user())));
    }

    /** Sends a custom event about records to all tabs of the users with these ids. */
    public void sendEvent(String action, List<Integer> users, String model, List<Integer> records) {
        transaction(orm -> {
            orm.transaction().send(new Event(action, model, users, records, List.of()));
            return true;
        });
    }

    /** A token for the bridge, as if a browser had asked for one. */
    public String token() {
        return odoo.tokens().sign(user(), session());
    }

    /** Logs out the login that {@link #token} is of. */
    public void logOut() {
        transaction(orm -> {
            orm.transaction().endLogin(odoo.tokens().sid(session()));
            return true;
        });
    }

    /** Where a browser has a part of its session's id. */
    private String session() {
        return "%s of user %d".formatted(browser, uid);
    }
}
