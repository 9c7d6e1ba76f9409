package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.WatchSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is made of a wish to watch. */
class WatchTest {

    private static final String LIST = "{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'%s}";

    private final House house = new House().token("aziz", 7, "laptop", 1L, 2L);
    private final Tab tab = Tab.open(house.sessions, 'a').hello("aziz");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void itIsAskedForWithDomainOrderAndCompanies() {
        tab.say(LIST.formatted(
                        ",'fields':['name'],'domain':[['state','=','open']],'order':'date desc, id','companies':[2]"))
                .expect("ok");

        assertThat(house.asked)
                .containsExactly(new House.Asked(
                        new WatchSpec(
                                "amanat.transfer",
                                OptionalLong.empty(),
                                Optional.of(Set.of("name")),
                                Optional.of(JsonMapper.shared().readTree("[[\"state\",\"=\",\"open\"]]")),
                                List.of(2L)),
                        List.of("date", "id"),
                        7));
    }

    @Test
    void whatIsNoDomainOrOrderIsAnsweredAndTheConnectionGoesOn() {
        assertThat(refused(",'domain':'all'")).isEqualTo("bad_domain");
        assertThat(refused(",'order':'date desc desc'")).isEqualTo("bad_order");
        assertThat(house.asked).isEmpty();

        tab.say(LIST.formatted("")).expect("ok");
    }

    @Test
    void aDomainThatCannotBeReadIsSaidWithItsReason() {
        house.refusal = Optional.of(new Admission.Result.BadDomain("an operator of the domain has too few conditions"));

        var error = tab.say(LIST.formatted(",'domain':['&']")).expect("error");

        assertThat(error.path("code").asString()).isEqualTo("bad_domain");
        assertThat(error.path("message").asString()).contains("too few conditions");
    }

    @Test
    void companiesThatAreNotOfTheTokenAreNotAskedAbout() {
        assertThat(refused(",'companies':[2,3]")).isEqualTo("unknown_company");
        assertThat(house.asked).isEmpty();
    }

    @Test
    void companiesOfARenewedTokenCountFromThenOn() {
        house.token("narrower", 7, "laptop", 1L);
        tab.say("{'type':'token','token':'narrower'}").expect("ok");

        assertThat(refused(",'companies':[2]")).isEqualTo("unknown_company");
        tab.say(LIST.formatted("")).expect("ok");
        assertThat(house.asked.getFirst().spec().companies()).containsExactly(1L);
    }

    private String refused(String more) {
        return tab.say(LIST.formatted(more)).expect("error").path("code").asString();
    }
}
