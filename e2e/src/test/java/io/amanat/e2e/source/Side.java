package io.amanat.e2e.source;

import io.amanat.e2e.lab.Lab;
import io.amanat.standin.Series;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every Odoo that this machine has to read from. */
enum Side {
    STAND_IN_19,
    STAND_IN_14,
    ODOO_19,
    ODOO_14;

    private static final Optional<RealOdoo> LAB = Lab.withOdoo().map(RealOdoo::new);
    private static final Optional<RealOdoo> LAB14 = Lab.withOdoo("14").map(RealOdoo::new);

    static Stream<Side> all() {
        return Stream.of(values()).filter(Side::isHere);
    }

    static List<Neighbour> openAll() {
        return all().map(Side::open).toList();
    }

    private boolean isHere() {
        return switch (this) {
            case STAND_IN_19, STAND_IN_14 -> true;
            case ODOO_19 -> LAB.isPresent();
            case ODOO_14 -> LAB14.isPresent();
        };
    }

    Neighbour open() {
        return switch (this) {
            case STAND_IN_19 -> new StandIn(Series.ODOO_19);
            case STAND_IN_14 -> new StandIn(Series.ODOO_14);
            case ODOO_19 -> LAB.orElseThrow();
            case ODOO_14 -> LAB14.orElseThrow();
        };
    }
}
