package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final String OF = Strangers.class.getName();

    private final Strangers strangers = LogName.of("fergana").during(Strangers::new);

    @Test
    void eachIsToldOnceWithItsDatabase() {
        try (var log = new Logged(OF)) {
            strangers.accept(Optional.of("https://shop.example.com"));
            strangers.accept(Optional.of("https://shop.example.com"));
            strangers.accept(Optional.empty());
            strangers.accept(Optional.empty());

            assertThat(log.lines())
                    .containsExactly(
                            "refused a page of https://shop.example.com: it is not in this database's 'origins'; if it is yours, add it there",
                            "refused a client that sends no Origin: only pages of browsers may connect");
            assertThat(log.databases("Strangers")).isEqualTo(Set.of("fergana"));
        }
    }

    @Test
    void whoeverSendsManyFillsNoLog() {
        try (var log = new Logged(OF)) {
            for (int i = 0; i < 1_000; i++) {
                strangers.accept(Optional.of("https://%d.example.com".formatted(i)));
            }

            assertThat(log.lines()).hasSize(Strangers.MOST);
        }
    }

    @Test
    void whateverSomebodySendsIsOneShortLine() {
        try (var log = new Logged(OF)) {
            strangers.accept(Optional.of("https://a\u001b[2J\n" + "x".repeat(8_000)));

            assertThat(log.lines())
                    .containsExactly("refused a page of https://a\\x1b[2J\\x0a" + "x".repeat(86)
                            + "…: it is not in this database's 'origins'; if it is yours, add it there");
        }
    }
}
