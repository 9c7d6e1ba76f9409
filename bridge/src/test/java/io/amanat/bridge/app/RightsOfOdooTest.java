package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.StringNode;

/** The book of rights over the real wire. */
@Timeout(60)
class RightsOfOdooTest {

    private static final String TRANSFER = "amanat.transfer";
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Change.Rights RULES =
            new Change.Rights("rules", Optional.empty(), Optional.of(Set.of(TRANSFER)), Optional.empty());

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));
    private final XmlRpcOdoo rpc = new XmlRpcOdoo(
            OdooSettings.of(odoo.url(), odoo.database(), odoo.serviceLogin(), new Secret(odoo.serviceLogin())));
    private final AccessMetrics metrics = new AccessMetrics();
    private final RightsBook book =
            new RightsBook(new OdooRights(rpc), AccessSettings.DEFAULT, metrics, InstantSource.system());
    private final Viewer aziz = viewer("aziz");
    private final Viewer bobur = viewer("bobur");

    @AfterEach
    void stop() {
        book.close();
        rpc.close();
        odoo.close();
    }

    @Test
    void usersWithEqualRightsAreOneClassAndAManagerIsAnother() {
        var known = book.known(TRANSFER, List.of(aziz, bobur, viewer("gulnora"), viewer("sardor")), LONG);

        assertThat(known.get(aziz)).isSameAs(known.get(bobur)).isNotEqualTo(known.get(viewer("gulnora")));
        assertThat(book.ask(TRANSFER, aziz).fields()).doesNotContain("internal_note", "secret_code");
        assertThat(book.ask(TRANSFER, viewer("gulnora")).fields()).contains("internal_note");
        assertThat(known.get(viewer("sardor"))).isEqualTo(Rights.none(TRANSFER));
        assertThat(odoo.faults().calls("rights")).isEqualTo(1);
    }

    @Test
    void anAnswerThatWasOldWhenItCameIsNotBelieved() {
        odoo.faults().hold("rights");
        assertThat(book.known(TRANSFER, List.of(aziz), Duration.ZERO)).isEmpty();
        await().until(() -> odoo.faults().calls("rights") == 1);

        odoo.administrator().addRule(TRANSFER, "[('state', '=', 'open')]");
        book.forget(RULES);
        odoo.faults().heal();

        assertThat(book.ask(TRANSFER, aziz).verdict(state("draft"))).isEqualTo(Verdict.NO);
        assertThat(odoo.faults().calls("rights")).isEqualTo(2);
    }

    @Test
    void anOdooThatHasNotHeardOfAChangeYetIsAskedToForget() {
        odoo.answerStaleRights();
        odoo.administrator().addRule(TRANSFER, "[('state', '=', 'open')]");
        book.forget(RULES);

        assertThat(book.ask(TRANSFER, aziz).verdict(state("draft"))).isEqualTo(Verdict.NO);
    }

    @Test
    void aRuleThatRaisesDeniesWhomItConcernsAndNobodyElse() {
        int group = odoo.administrator().addGroup("Odd rules");
        odoo.administrator().addRule(TRANSFER, "[('state', '=', user.nothing_like_this)]", group);
        odoo.administrator().setGroups("bobur", groupsOf("bobur", group));

        var known = book.known(TRANSFER, List.of(aziz, bobur), LONG);

        assertThat(known.get(bobur)).isEqualTo(Rights.none(TRANSFER));
        assertThat(book.ask(TRANSFER, aziz).read()).isTrue();
        assertThat(book.trouble(TRANSFER, bobur).orElseThrow()).startsWith("the record rules of this model raise ");
        assertThat(metrics.denials()).isEqualTo(1);
    }

    @Test
    void domainsThatAreNoneDenyEverybodyTheyAreAbout() {
        odoo.faults().answerDomain(List.of(List.of("state", "resembles", "open")));

        assertThat(book.ask(TRANSFER, aziz)).isEqualTo(Rights.none(TRANSFER));
    }

    @Test
    void whyWhoIsDeniedIsLoggedOnceForAllOfThemAndWithoutValues() {
        odoo.faults().answerDomain(List.of(List.of("state", "resembles", "confidential")));
        try (var log = new Logged("io.amanat.bridge.access")) {
            book.known(TRANSFER, List.of(aziz, bobur), LONG);
            await().until(() -> metrics.denials() == 2);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("and maybe others may read nothing of amanat.transfer", "is not as agreed (domain: ")
                    .doesNotContain("confidential");
        }
    }

    private Viewer viewer(String login) {
        var said = rpc.call("amanat.bridge", "viewer", List.of(login), Map.of());
        var companies =
                said.path("companies").valueStream().map(it -> it.asLong()).toList();
        return new Viewer(said.path("uid").asLong(), companies);
    }

    private Integer[] groupsOf(String login, int more) {
        var said =
                odoo.as("admin").read("res.users", List.of((int) viewer(login).userId()), List.of("group_ids"));
        var groups = new ArrayList<Integer>();
        if (said.getFirst().get("group_ids") instanceof List<?> ids) {
            ids.forEach(id -> groups.add((Integer) id));
        }
        groups.add(more);
        return groups.toArray(Integer[]::new);
    }

    private static Image state(String state) {
        return new Image(new RecordRef.Serial(1), Map.of("state", StringNode.valueOf(state)));
    }
}
