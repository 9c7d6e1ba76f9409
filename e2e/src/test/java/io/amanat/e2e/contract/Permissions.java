package io.amanat.e2e.contract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Users, groups, access lists and record rules of one test, made by the administrator over the wire and gone after it. */
final class Permissions {

    private static final Map<String, ?> ARCHIVED_TOO = Map.of("active_test", false);
    private static final String PASSWORD = "of a user that a test made";

    /** A user that a test made. */
    record Member(int id, String login) {

        Map<String, ?> asViewer(Integer... companies) {
            return Map.of("uid", id, "companies", List.of(companies));
        }
    }

    private final Client admin;
    private final String mark;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /**
     * Nothing was made yet.
     *
     * @param mark what every name begins with
     */
    Permissions(Client admin, String mark) {
        this.admin = admin;
        this.mark = mark;
    }

    int group(String name) {
        return create("res.groups", Map.of("name", mark + name));
    }

    /** A user of the first company with the rights of {@code aziz}, and in these groups besides. */
    Member member(String login, Integer... groups) {
        return member(login, List.of(1), groups);
    }

    Member member(String login, List<Integer> companies, Integer... groups) {
        var all = new ArrayList<>(groupsOf("aziz"));
        all.addAll(Arrays.asList(groups));
        int id = create(
                "res.users",
                Map.of(
                        "name",
                        mark + login,
                        "login",
                        mark + login,
                        "password",
                        PASSWORD,
                        "company_id",
                        companies.getFirst(),
                        "company_ids",
                        replacing(companies),
                        "group_ids",
                        replacing(all)));
        return new Member(id, mark + login);
    }

    /** The groups that somebody is in, without what they imply. */
    List<Integer> groupsOf(String login) {
        return admin.call("res.users", "search_read", List.of(List.of("login", "=", login)), List.of("group_ids"))
                .path(0)
                .path("group_ids")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
    }

    /** A rule for reading and writing; without groups it is for everybody. */
    int rule(String model, String domain, Integer... groups) {
        return create(
                "ir.rule",
                Map.of(
                        "name",
                        mark + domain,
                        "model_id",
                        model(model),
                        "domain_force",
                        domain,
                        "groups",
                        replacing(Arrays.asList(groups))));
    }

    /** A rule for writing alone, for everybody. */
    int writingRule(String model, String domain) {
        return create(
                "ir.rule",
                Map.of("name", mark + domain, "model_id", model(model), "domain_force", domain, "perm_read", false));
    }

    /** Lets this group read a model. */
    int access(String model, int group) {
        return create(
                "ir.model.access",
                Map.of("name", mark + model, "model_id", model(model), "group_id", group, "perm_read", true));
    }

    private int model(String name) {
        return admin.call("ir.model", "search", List.of(List.of("model", "=", name)))
                .path(0)
                .asInt();
    }

    void write(String model, int id, Map<String, ?> values) {
        admin.write(model, id, values);
    }

    void delete(String model, int id) {
        admin.call(model, "unlink", List.of(id));
    }

    /** Signs in as this user. */
    void signIn(Client client, Target target, Member member) {
        var answer = client.authenticate(target.database(), member.login(), PASSWORD);
        if (answer.has("error")) {
            throw new AssertionError(member.login() + " cannot sign in: " + Client.errorName(answer));
        }
    }

    private int create(String model, Map<String, ?> values) {
        int id = admin.create(model, values);
        undo.push(() -> {
            if (!admin.callIn(ARCHIVED_TOO, model, "search", List.of(List.of("id", "=", id)))
                    .isEmpty()) {
                delete(model, id);
            }
        });
        return id;
    }

    static List<List<Object>> replacing(List<Integer> ids) {
        return List.of(List.of(6, 0, ids));
    }

    /** Everything that was made is deleted, the newest first. */
    void undo() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
