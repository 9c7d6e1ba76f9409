package io.amanat.e2e.rights;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.app.OdooRights;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** What it costs a bridge that knows nothing to learn what many users of the lab's real Odoo may read. */
final class ColdStart {
    private static final String MODEL = "amanat.transfer";
    private static final String SERVICE_USER = "amanat_bridge";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ColdStart() {}

    /**
     * What it cost.
     *
     * @param calls to Odoo
     */
    record Cost(int calls, double millis) {}

    /** Makes so many users, asks for their rights on one model, and removes them. */
    static Cost measure(Lab lab, int count) throws IOException, InterruptedException {
        var viewers = OdooShell.call("viewers.add", Map.of("count", count)).stream()
                .map(said -> new Viewer(
                        said.path("uid").asLong(),
                        said.path("companies")
                                .valueStream()
                                .map(company -> company.asLong())
                                .toList()))
                .toList();
        try (var odoo = new XmlRpcOdoo(settings(lab))) {
            return ask(new OdooRights(odoo), viewers);
        } finally {
            OdooShell.call("viewers.remove", Map.of());
        }
    }

    private static OdooSettings settings(Lab lab) {
        var password = Objects.requireNonNull(lab.passwords().get(SERVICE_USER));
        return OdooSettings.of(lab.url(), lab.database(), SERVICE_USER, new Secret(password));
    }

    private static Cost ask(RightsOracle odoo, List<Viewer> viewers) {
        var counted = new Counted(odoo);
        var settings = new AccessSettings(PATIENCE, viewers.size(), AccessSettings.DEFAULT.gather());
        try (var book = new RightsBook(counted, settings, new AccessMetrics(), InstantSource.system())) {
            long start = System.nanoTime();
            int answered = book.known(MODEL, viewers, PATIENCE).size();
            double millis = (System.nanoTime() - start) / 1e6;
            if (answered < viewers.size()) {
                throw new IllegalStateException(
                        "Odoo answered for %d of %d viewers; is the lab up?".formatted(answered, viewers.size()));
            }
            return new Cost(counted.calls.get(), millis);
        }
    }

    private record Counted(RightsOracle odoo, AtomicInteger calls) implements RightsOracle {
        Counted(RightsOracle odoo) {
            this(odoo, new AtomicInteger());
        }

        @Override
        public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
            calls.incrementAndGet();
            return odoo.readable(questions, fresh);
        }

        @Override
        public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
            calls.incrementAndGet();
            return odoo.rights(questions, fresh);
        }
    }
}
