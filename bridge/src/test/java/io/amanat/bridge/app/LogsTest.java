package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.amanat.bridge.app.settings.Settings.Logging;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {

    private final LoggerContext context = new LoggerContext();
    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setErr(usual);
        context.stop();
    }

    private String logged(Logging.Format format, LogName name) {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logs.configure(new Logging(Logging.Level.INFO, format), context);
        name.during(() -> {
            context.getLogger("io.amanat.FeedReader").warn("lost Odoo's bus; {}", "trying again");
            return name;
        });
        return written.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void aLineNamesTheDatabaseItIsAbout() {
        assertThat(logged(Logging.Format.TEXT, LogName.of("fergana")))
                .endsWith(" WARN  [fergana] FeedReader: lost Odoo's bus; trying again");
    }

    @Test
    void aLineAboutTheBridgeNamesNone() {
        assertThat(logged(Logging.Format.TEXT, new LogName(Optional.empty())))
                .endsWith(" WARN  [-] FeedReader: lost Odoo's bus; trying again");
    }

    @Test
    void asJsonItIsAmongWhatTheLineIsAbout() {
        var line = JsonMapper.shared().readTree(logged(Logging.Format.JSON, LogName.of("fergana")));

        assertThat(line.path("mdc")).hasToString("{\"database\":\"fergana\"}");
        assertThat(line.path("formattedMessage").asString()).isEqualTo("lost Odoo's bus; trying again");
    }

    @Test
    void afterwardsAThreadWorksForWhatItDidBefore() {
        var between = LogName.of("fergana").during(() -> {
            LogName.of("andijan").during(LogName::here);
            return LogName.here();
        });

        assertThat(between).isEqualTo(LogName.of("fergana"));
        assertThat(LogName.here().database()).isEmpty();
    }
}
