package io.amanat.bridge.access;

import java.util.List;

/** Oracles of tests that are asked only one of the questions. */
public final class Oracles {

    private Oracles() {}

    /** Knows only records. */
    @FunctionalInterface
    public interface Records extends RightsOracle {
        @Override
        default List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
            throw new OracleException("only records can be asked about", null);
        }
    }

    /** Knows only models. */
    @FunctionalInterface
    public interface Models extends RightsOracle {
        @Override
        default List<List<Answer>> readable(List<Question> questions, boolean fresh) {
            throw new OracleException("only models can be asked about", null);
        }
    }
}
