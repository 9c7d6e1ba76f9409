package io.amanat.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A stamp stands for what one user may read of one model. */
class StampsTest {

    private static final String DOMAIN = "['|', ['company_id', 'in', [1, 2]], ['state', '=', 'open']]";
    private static final Set<String> FIELDS = Set.of("id", "display_name", "amount");

    private final Stamps stamps = new Stamps(new byte[] {1, 2, 3});

    @Test
    void equalRightsHaveTheSameStampAlsoInAnotherLifeOfTheBridge() {
        var restarted = new Stamps(new byte[] {1, 2, 3});

        assertThat(restarted.of(7, rights(DOMAIN))).isEqualTo(stamps.of(7, rights(DOMAIN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['|', ['company_id', 'in', [2, 1]], ['state', '=', 'open']]",
                "['|', ['state', '=', 'open'], ['company_id', 'in', [1, 2]]]",
            })
    void theOrderInWhichOdooNamesThePartsDoesNotMatter(String domain) {
        assertThat(stamps.of(7, rights(domain))).isEqualTo(stamps.of(7, rights(DOMAIN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[['company_id', 'in', [1, 2]], ['state', '=', 'open']]",
                "['|', ['company_id', 'in', [1, 2, 3]], ['state', '=', 'open']]",
                "['|', ['company_id', 'not in', [1, 2]], ['state', '=', 'open']]",
                "['|', ['company_id', 'in', ['1', '2']], ['state', '=', 'open']]",
                "['|', ['company_id', 'in', [1, 2]], ['stage', '=', 'open']]",
            })
    void otherRecordsHaveAnotherStamp(String domain) {
        assertThat(stamps.of(7, rights(domain))).isNotEqualTo(stamps.of(7, rights(DOMAIN)));
    }

    @Test
    void everythingElseThatMakesRightsCountsToo() {
        var columns = ModelFields.nothing("amanat.transfer");
        var usual = stamps.of(7, rights(DOMAIN));

        assertThat(stamps.of(8, rights(DOMAIN))).isNotEqualTo(usual);
        assertThat(stamps.of(7, Rights.of(domain(DOMAIN), Set.of("id", "amount"), "en_US", columns)))
                .isNotEqualTo(usual);
        assertThat(stamps.of(7, Rights.of(domain(DOMAIN), FIELDS, "ru_RU", columns)))
                .isNotEqualTo(usual);
        assertThat(stamps.of(7, Rights.of(domain(DOMAIN), FIELDS, "en_US", ModelFields.nothing("amanat.order"))))
                .isNotEqualTo(usual);
        assertThat(stamps.of(7, Rights.none("amanat.transfer"))).isNotEqualTo(usual);
    }

    @ParameterizedTest
    @CsvSource({"a,a,true", "a,b,false"})
    void ofRightsThatOnlyOdooCanJudgeTheirTextCounts(String one, String other, boolean same) {
        var columns = ModelFields.nothing("amanat.transfer");

        assertThat(stamps.of(7, Rights.undecidable(one, FIELDS, "en_US", columns))
                        .equals(stamps.of(7, Rights.undecidable(other, FIELDS, "en_US", columns))))
                .isEqualTo(same);
    }

    @Test
    void nobodyWithoutTheKeyCanMakeOne() {
        assertThat(new Stamps(new byte[] {4, 5, 6}).of(7, rights(DOMAIN))).isNotEqualTo(stamps.of(7, rights(DOMAIN)));
    }

    private static Rights rights(String domain) {
        return Rights.of(domain(domain), FIELDS, "en_US", ModelFields.nothing("amanat.transfer"));
    }

    private static Domain domain(String text) {
        try {
            return Domain.parse(JsonMapper.shared().readTree(text.replace('\'', '"')));
        } catch (DomainException e) {
            throw new AssertionError(text, e);
        }
    }
}
