package io.amanat.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which package may know which: the only list of arrows there is. */
class ArrowsTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Where a module is packaged before the tests of the next, its tests come in a jar.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.amanat");

    /** Everybody may know {@code change}, the vocabulary; {@code app} may know everything. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("connector.change", List.of()),
            Map.entry("connector.odoo", List.of()),
            Map.entry("connector.source", List.of("connector.odoo")),
            Map.entry("bridge.policy", List.of()),
            Map.entry("bridge.access", List.of()),
            Map.entry("bridge.identity", List.of()),
            Map.entry("bridge.protocol", List.of()),
            Map.entry("bridge.journal", List.of()),
            Map.entry("bridge.feed", List.of("connector.source", "bridge.journal")),
            Map.entry("bridge.channel", List.of("bridge.policy", "bridge.access")),
            Map.entry("bridge.table", List.of("bridge.channel", "bridge.access")),
            Map.entry("bridge.write", List.of("bridge.access", "bridge.protocol", "bridge.table")),
            Map.entry("bridge.presence", List.of("bridge.channel", "bridge.access")),
            Map.entry("bridge.topic", List.of("bridge.access")),
            Map.entry(
                    "bridge.session",
                    List.of(
                            "bridge.channel",
                            "bridge.access",
                            "bridge.identity",
                            "bridge.presence",
                            "bridge.table",
                            "bridge.topic",
                            "bridge.protocol")),
            Map.entry("bridge.websocket", List.of("bridge.session", "bridge.protocol")),
            Map.entry("bridge.admin", List.of("bridge.session", "bridge.journal")),
            Map.entry("bridge.doctor", List.of("connector.source", "connector.odoo", "bridge.access")),
            Map.entry("bridge.cli", List.of("bridge.admin")));

    @Test
    void packagesKnowOnlyWhomTheyMay() {
        var arrows = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.amanat..")
                .ensureAllClassesAreContainedInArchitecture()
                .layer("app")
                .definedBy("io.amanat.bridge.app..")
                .layer("standin")
                .definedBy("io.amanat.standin..");
        for (var name : ARROWS.keySet()) {
            arrows = arrows.optionalLayer(name).definedBy("io.amanat." + name + "..");
        }
        for (var arrow : ARROWS.entrySet()) {
            var known = new ArrayList<>(arrow.getValue());
            known.add("connector.change");
            arrows = arrow.getKey().equals("connector.change")
                    ? arrows.whereLayer(arrow.getKey()).mayNotAccessAnyLayer()
                    : arrows.whereLayer(arrow.getKey()).mayOnlyAccessLayers(known.toArray(String[]::new));
        }
        check(arrows.whereLayer("standin").mayNotAccessAnyLayer());
    }

    @Test
    void noPackagesImportEachOtherInACircle() {
        check(slices().matching("io.amanat.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void aLibraryStaysAtTheEdgeThatNeedsIt() {
        edge("org.eclipse.jetty..", "io.amanat.bridge.websocket..", "io.amanat.bridge.admin..", "io.amanat.standin..");
        edge("picocli..", "io.amanat.bridge.cli..", "io.amanat.bridge.app..");
        edge("com.nimbusds..", "io.amanat.bridge.identity..", "io.amanat.standin..");
        edge("org.apache.xmlrpc..", "io.amanat.connector.odoo..", "io.amanat.standin..");
        String[] sql = {
            "io.amanat.connector.source.wal..",
            "io.amanat.connector.source.tables..",
            "io.amanat.bridge.access.rls..",
            "io.amanat.bridge.write..",
            "io.amanat.bridge.app.."
        };
        edge("java.sql..", sql);
        edge("javax.sql..", sql);
        edge("org.postgresql..", sql);
        edge("io.zonky..", "io.amanat.bridge.app..");
        edge("com.zaxxer..", "io.amanat.bridge.app..");
    }

    private static void edge(String library, String... packages) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true));
    }

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }
}
