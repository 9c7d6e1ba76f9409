package io.amanat.e2e.leak;

import io.amanat.e2e.lab.Conversation;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The users of the lab's Odoo at work: what they do and what Odoo lets everybody read after each step. A process in the lab
 * (the add-on {@code amanat_lab_rights}); closing removes all that it made.
 */
final class Play implements AutoCloseable {
    private final Conversation conversation;

    private Play(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Makes so many users, with records to play with; the seed decides everything they do. */
    static Play start(long seed, int users) throws IOException {
        return new Play(Conversation.start("leak", port -> """
                        from odoo.addons.amanat_lab_rights.play import conversation
                        conversation.run(env, {"port": %d, "seed": %d, "users": %d})
                        """.formatted(port, seed, users)));
    }

    JsonNode ask(String what) {
        return conversation.ask(what);
    }

    JsonNode ask(String what, Map<String, ?> with) {
        return conversation.ask(what, with);
    }

    /** Ends it; what it made is gone when this returns. */
    @Override
    public void close() {
        conversation.close();
    }
}
