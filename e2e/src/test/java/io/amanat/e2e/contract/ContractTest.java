package io.amanat.e2e.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Questions that both sides must answer alike. What a test makes is gone after it. */
@Tag("contract")
@ParameterizedClass(name = "{0}")
@EnumSource(Side.class)
abstract class ContractTest {

    static final String TRANSFER = "amanat.transfer";
    static final String MONEY = "amanat.money";
    static final String ORDER = "amanat.order";
    static final String TEST = "amanat.test.realtime";
    static final Map<String, ?> BOTH_COMPANIES = Map.of("allowed_company_ids", List.of(1, 2), "active_test", false);

    final Side side;
    final Target odoo;
    private final List<Client> clients = new ArrayList<>();
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    ContractTest(Side side) {
        this.side = side;
        odoo = side.target();
    }

    /** A client with this user signed in, closed after the test. */
    Client as(String login) {
        return closing(odoo.as(login));
    }

    Client stranger() {
        return closing(odoo.stranger());
    }

    private Client closing(Client client) {
        clients.add(client);
        return client;
    }

    /** A name that no other test uses. */
    String name(String name) {
        return mark + " " + name;
    }

    /** Messages about this record. */
    static Predicate<JsonNode> about(String type, String model, int id) {
        return message -> message.path("type").asString().equals(type)
                && message.path("model").asString().equals(model)
                && message.path("records")
                        .valueStream()
                        .anyMatch(one -> one.path("id").asInt() == id);
    }

    @AfterEach
    void removeAll() {
        try (var admin = odoo.as("admin")) {
            for (String model : List.of(ORDER, TRANSFER, TEST)) {
                var left = admin.callIn(BOTH_COMPANIES, model, "search", List.of(List.of("name", "ilike", mark)));
                if (!left.isEmpty()) {
                    admin.callIn(BOTH_COMPANIES, model, "unlink", left);
                }
            }
        }
        clients.forEach(Client::close);
    }
}
