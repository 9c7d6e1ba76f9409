package io.amanat.standin;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.FirstRows;
import io.amanat.standin.store.Model;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Changes who may do what, as the user {@code admin} of the demonstration; every change is announced. */
public final class Administrator {

    private final StandInOdoo odoo;

    Administrator(StandInOdoo odoo) {
        this.odoo = odoo;
    }

    /** The id of a new group. */
    public int addGroup(String name, Integer... implied) {
        return create(Catalog.GROUPS, Map.of("name", name, "implied_ids", replacing(Arrays.asList(implied))));
    }

    /** Puts a user into these groups, and out of all others. */
    public void setGroups(String login, Integer... groups) {
        write(login, Map.of("group_ids", replacing(Arrays.asList(groups))));
    }

    /**
     * The id of a new record rule for reading and writing.
     *
     * @param domain as Odoo holds it: Python, with {@code user}, {@code company_ids} and {@code company_id}
     * @param groups whom it opens records to; none: it limits everybody
     */
    public int addRule(String model, String domain, Integer... groups) {
        return create(
                Catalog.RULES,
                Map.of(
                        "name",
                        domain,
                        "model_id",
                        FirstRows.modelId(Catalog.get(model)),
                        "domain_force",
                        domain,
                        "groups",
                        replacing(Arrays.asList(groups))));
    }

    /** The id of a new record rule that limits what everybody may write, and nothing else. */
    public int addWritingRule(String model, String domain) {
        return create(
                Catalog.RULES,
                Map.of(
                        "name",
                        domain,
                        "model_id",
                        FirstRows.modelId(Catalog.get(model)),
                        "domain_force",
                        domain,
                        "perm_read",
                        false));
    }

    public void changeRule(int rule, String domain) {
        admin().write(Catalog.RULES, List.of(rule), Map.of("domain_force", domain));
    }

    public void removeRule(int rule) {
        admin().unlink(Catalog.RULES, List.of(rule));
    }

    /** Lets this group read a model; the id of the access list. */
    public int allowReading(String model, int group) {
        Model known = Catalog.get(model);
        return create(
                Catalog.ACCESS,
                Map.of("name", model, "model_id", FirstRows.modelId(known), "group_id", group, "perm_read", true));
    }

    /** Deletes every access list of a model: nobody may read it any more. */
    public void forbid(String model) {
        var lists = admin().transaction(orm ->
                orm.search(Catalog.ACCESS, List.of(List.of("model_id", "=", FirstRows.modelId(Catalog.get(model))))));
        admin().unlink(Catalog.ACCESS, lists);
    }

    /** The user's companies from now on, the main one first. */
    public void setCompanies(String login, Integer... companies) {
        write(login, Map.of("company_id", companies[0], "company_ids", replacing(Arrays.asList(companies))));
    }

    public void setLanguage(String login, String lang) {
        write(login, Map.of("lang", lang));
    }

    /** Whether others see at which records this user is; tokens say so from now on. */
    public void showPresence(String login, boolean shown) {
        write(login, Map.of("amanat_presence", shown));
    }

    /** Whether anybody sees who is at which record; tokens say so from now on. */
    public void switchPresence(boolean on) {
        odoo.tokens().switchPresence(on);
    }

    public void changePassword(String login, String password) {
        write(login, Map.of("password", password));
    }

    /** Archives a user. */
    public void deactivate(String login) {
        write(login, Map.of("active", false));
    }

    public void activate(String login) {
        write(login, Map.of("active", true));
    }

    public void delete(String login) {
        admin().unlink(Catalog.USERS, List.of(odoo.as(login).uid()));
    }

    private void write(String login, Map<String, Object> values) {
        admin().write(Catalog.USERS, List.of(odoo.as(login).uid()), values);
    }

    private int create(String model, Map<String, Object> values) {
        return admin().create(model, List.of(values)).getFirst();
    }

    private UserSession admin() {
        return odoo.as("admin");
    }

    private static List<Object> replacing(Collection<Integer> ids) {
        return List.of(List.of(6, 0, List.copyOf(ids)));
    }
}
