package io.amanat.e2e;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Every value of a test's one parameter with {@code AMANAT_LONG}; else one of them, another in each run, which the test's name in the
 * report tells.
 */
public final class OneOfAll implements ArgumentsProvider {
    private static final boolean LONG = "true".equals(System.getenv("AMANAT_LONG"));

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext test) {
        var type = parameters.getFirst().orElseThrow().getParameterType();
        var all = List.of(type.getEnumConstants());
        return LONG
                ? all.stream().map(Arguments::of)
                : Stream.of(Arguments.of(all.get(ThreadLocalRandom.current().nextInt(all.size()))));
    }
}
