package io.amanat.bridge.access.domain;

import static io.amanat.bridge.access.domain.Spec.expect;
import static io.amanat.bridge.access.domain.Spec.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bridge.access.domain.ModelFields.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                            | {}                      | YES
            true                                          | {}                      | YES
            false                                         | {}                      | NO
            [[1, '=', 1]]                                 | {}                      | YES
            [[0, '=', 1]]                                 | {}                      | NO
            [['name','=','a'], ['count','=',1]]           | {'name':'a','count':1}  | YES
            [['name','=','a'], ['count','=',1]]           | {'name':'a','count':2}  | NO
            `['|',['name','=','a'],['count','=',1]]`      | {'name':'b','count':1}  | YES
            ['!',['name','=','a']]                        | {'name':'b'}            | YES
            ['&','!',['name','=','a'],['count','=',1]]    | {'name':'b','count':1}  | YES
            [['name','=','a'], ['count','=',1]]           | {'name':'b'}            | NO
            [['name','=','a'], ['count','=',1]]           | {'name':'a'}            | UNDECIDED
            ['!',['name','=','a']]                        | {}                      | UNDECIDED
            `['|',['name','=','a'],['count','=',1]]`      | {'name':'a'}            | YES
            `['|',['name','=','a'],['count','=',1]]`      | {'name':'b'}            | UNDECIDED
            [['unknown','=',1]]                           | {'unknown':1}           | UNDECIDED
            [['photo','!=',false]]                        | {'photo':'x'}           | UNDECIDED
            """)
    void joins(String domain, String image, Verdict verdict) {
        expect(domain, image, verdict);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [['name','=',false]]              | {'name':false}    | YES
            [['name','=',false]]              | {'name':''}       | YES
            [['name','=','']]                 | {'name':false}    | YES
            [['name','!=','a']]               | {'name':false}    | YES
            [['name','<>','a']]               | {'name':'a'}      | NO
            [['name','==','a']]               | {'name':'a'}      | YES
            [['name','in',[]]]                | {}                | NO
            [['name','not in',[]]]            | {}                | YES
            [['name','in','']]                | {'name':''}       | NO
            [['name','=',[]]]                 | {'name':false}    | YES
            [['name','in',['a',false]]]       | {'name':false}    | YES
            [['name','not in',['a',false]]]   | {'name':false}    | NO
            [['name','=',5]]                  | {'name':'5'}      | YES
            [['name','=?',false]]             | {}                | YES
            [['name','=?','a']]               | {'name':'b'}      | NO
            [['name','<','b']]                | {'name':false}    | YES
            [['name','>=',false]]             | {'name':false}    | YES
            [['name','<','B']]                | {'name':'a'}      | NO
            [['state','=','']]                | {'state':false}   | NO
            [['state','<','z']]               | {'state':false}   | NO
            ['!',['state','<','z']]           | {'state':false}   | YES
            ['!',['state','<',false]]         | {'state':'a'}     | NO
            [['name','like','b%c']]           | {'name':'abxcd'}  | YES
            [['name','like','b']]             | {'name':'aBc'}    | NO
            [['name','ilike','b']]            | {'name':'aBc'}    | YES
            [['name','ilike','aab']]          | {'name':'AaAAb'}  | YES
            [['name','ilike','aac']]          | {'name':'AaAAb'}  | NO
            [['name','ilike','k']]            | {'name':'\u212A'} | YES
            [['name','ilike','ЎЗ']]           | {'name':'ўзбек'}  | YES
            [['name','like','_b']]            | {'name':'b'}      | NO
            [['name','like','a\\\\_']]        | {'name':'ab'}     | NO
            [['name','like','a\\\\_']]        | {'name':'a_'}     | YES
            [['name','like','a\\\\']]         | {'name':'xa%'}    | YES
            [['name','like','a\\\\']]         | {'name':'xa'}     | NO
            [['name','=like','a\\\\']]        | {'name':'a'}      | UNDECIDED
            [['name','=like','a_c']]          | {'name':'a😀c'}   | YES
            [['name','=like','a']]            | {'name':'ab'}     | NO
            [['name','=ilike','A%']]          | {'name':'ab'}     | YES
            [['name','not like','a']]         | {'name':false}    | YES
            [['name','not =like','a']]        | {'name':'a'}      | NO
            [['name','not =ilike','A']]       | {'name':'a'}      | NO
            [['name','not ilike','B']]        | {'name':'abc'}    | NO
            [['name','like','']]              | {'name':false}    | YES
            [['name','not like',false]]       | {'name':'a'}      | NO
            [['name','=like','']]             | {'name':false}    | YES
            [['name','not =like','']]         | {'name':'a'}      | YES
            [['name','=like','%']]            | {'name':''}       | YES
            [['name','=like','%']]            | {'name':false}    | NO
            [['name','=',''],['name','!=',false]] | {'name':''}   | UNDECIDED
            [['name','=','a'],['name','!=',false]] | {'name':'a'} | YES
            [['page','=',5]]                  | {'page':'5'}      | UNDECIDED
            [['origin','=',false]]            | {'origin':false}  | UNDECIDED
            [['origin','=','a,1']]            | {'origin':'a,1'}  | YES
            """)
    void comparesTexts(String domain, String image, Verdict verdict) {
        expect(domain, image, verdict);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            [['count','=',false]]             | {'count':0}       | YES
            [['count','<',5]]                 | {'count':0}       | YES
            [['count','=',2.7]]               | {'count':2}       | YES
            [['count','in',['5',7]]]          | {'count':5}       | YES
            [['count','like','1']]            | {'count':210}     | YES
            [['count','like','0']]            | {'count':0}       | UNDECIDED
            [['count','like','1']]            | {'count':0}       | NO
            [['amount','=',1.004]]            | {'amount':1.0}    | YES
            [['amount','=',2.675]]            | {'amount':2.68}   | YES
            [['total','=',1.004]]             | {'total':1.0}     | NO
            [['amount','>=',false]]           | {'amount':0}      | YES
            [['amount','=',-2.675]]           | {'amount':-2.68}  | YES
            [['amount','=',1.0e17]]           | {'amount':1.0}    | UNDECIDED
            [['count','=',1.0e999]]           | {'count':1}       | UNDECIDED
            [['total','=',0]]                 | {'total':0.0}     | UNDECIDED
            [['total','=',0]]                 | {'total':1.5}     | NO
            [['total','=',0.0]]               | {'total':0.0}     | YES
            [['total','=',false]]             | {'total':0.0}     | YES
            [['total','=',true]]              | {'total':1.0}     | UNDECIDED
            [['active','=',false]]            | {'active':false}  | YES
            [['active','!=','true']]          | {'active':true}   | NO
            [['active','in',[true,false]]]    | {}                | YES
            [['active','not in',[true,0]]]    | {}                | NO
            """)
    void comparesNumbersAndBooleans(String domain, String image, Verdict verdict) {
        expect(domain, image, verdict);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            [['date','=','2024-01-02']]             | {'date':'2024-01-02'}         | YES
            [['date','<','2024-01-02 13:00:00']]    | {'date':'2024-01-02'}         | NO
            [['date','<',false]]                    | {'date':'2024-01-02'}         | NO
            ['!',['date','<',false]]                | {'date':'2024-01-02'}         | YES
            [['date','<','2024-01-02']]             | {'date':false}                | NO
            ['!',['date','<','2024-01-02']]         | {'date':false}                | YES
            [['date','in',['2024-01-02',false]]]    | {'date':false}                | YES
            [['date','<','today']]                  | {'date':'2024-01-02'}         | UNDECIDED
            [['date','like','2024-']]               | {'date':'2024-01-02'}         | YES
            [['at','=','2024-01-02 03:04:05']]      | {'at':'2024-01-02 03:04:05'}  | YES
            [['at','>','2024-01-02T03:04:05.999']]  | {'at':'2024-01-02 03:04:05'}  | NO
            [['at','>=','2024-01-02 03:04']]        | {'at':'2024-01-02 03:04:00'}  | YES
            [['at','>','2024-01-02']]               | {'at':'2024-01-05 00:00:00'}  | YES
            [['at','>','2024-01-02']]               | {'at':'2024-01-02 00:00:00'}  | NO
            [['at','>=','2024-01-02']]              | {'at':'2024-01-02 01:00:00'}  | UNDECIDED
            [['at','<=','2024-01-02']]              | {'at':'2024-01-02 09:00:00'}  | YES
            [['at','<','-3d']]                      | {'at':'2024-01-02 09:00:00'}  | UNDECIDED
            """)
    void comparesDates(String domain, String image, Verdict verdict) {
        expect(domain, image, verdict);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [['id','=',42]]                                     | {}                                | YES
            [['id','in',[1,false]]]                             | {}                                | NO
            [['id','<',false]]                                  | {}                                | UNDECIDED
            [['user_id','=',7]]                                 | {'user_id':[7,'A']}               | YES
            [['user_id','!=',7]]                                | {'user_id':false}                 | YES
            [['user_id','not in',[7,false]]]                    | {'user_id':false}                 | NO
            [['user_id','!=',0]]                                | {'user_id':[7,'A']}               | UNDECIDED
            [['tag_ids','=',0]]                                 | {'tag_ids':[]}                    | YES
            [['user_id','=','A']]                               | {'user_id':[7,'A']}               | UNDECIDED
            [['user_id','=','A']]                               | {'user_id':false}                 | NO
            [['user_id','ilike','']]                            | {'user_id':[7,'A']}               | YES
            [['user_id','not ilike','a']]                       | {'user_id':false}                 | YES
            [['sender_id','=','A']]                             | {'sender_id':[7,'A']}             | YES
            [['sender_id','ilike','a']]                         | {'sender_id':[7,'A']}             | YES
            [['sender_id.display_name','=','A']]                | {'sender_id':[7,'A']}             | YES
            [['user_id','<',9]]                                 | {'user_id':false}                 | NO
            [['user_id.id','!=',7]]                             | {'user_id':false}                 | NO
            [['user_id','any',[['id','>',5]]]]                  | {'user_id':[7,'A']}               | YES
            [['user_id','not any',[['id','>',5]]]]              | {'user_id':false}                 | YES
            [['user_id.login','=','a']]                         | {'user_id':[7,'A']}               | UNDECIDED
            [['user_id.login','=','a']]                         | {'user_id':false}                 | NO
            [['company_id.code','=','x']]                       | {'company_id':[1,'C'],'company_id.code':'x'} | YES
            [['company_id.code','!=','x']]                      | {'company_id':false}              | NO
            [['company_id','child_of',[1]]]                     | {'company_id':[1,'C']}            | YES
            [['company_id','child_of',[1]]]                     | {'company_id':[3,'C']}            | UNDECIDED
            [['company_id','child_of',1]]                       | {'company_id':[3,'C'],'company_id.parent_path':'1/3/'} | YES
            [['company_id','child_of',2]]                       | {'company_id':[3,'C'],'company_id.parent_path':'1/3/'} | NO
            [['company_id','child_of',1]]                       | {'company_id':false}              | NO
            [['company_id','parent_of',[1]]]                    | {'company_id':[1,'C']}            | YES
            [['id','child_of',42]]                              | {}                                | YES
            [['id','child_of',7]]                               | {'parent_id':[7,'P']}             | YES
            [['id','child_of',7]]                               | {'parent_id':false}               | NO
            [['parent_id','child_of',7]]                        | {'parent_id':[9,'P']}             | UNDECIDED
            [['company_id.owner_id','not any',[['id','=',1]]]]  | {'company_id':false}              | NO
            [['company_id','not any',[['owner_id','=',1]]]]     | {'company_id':false}              | YES
            [['company_id','any',[['owner_id','<',false]]]]     | {'company_id':[1,'C'],'company_id.owner_id':false} | UNDECIDED
            [['company_id.code','=?',false]]                    | {'company_id':false}              | NO
            [['company_id.code','=?',false]]                    | {'company_id':[1,'C']}            | YES
            [['user_id','=',18446744073709551623]]              | {'user_id':[7,'A']}               | NO
            [['id','<',18446744073709551623]]                   | {}                                | YES
            [['user_id','in',[null,7]]]                         | {'user_id':[7,'A']}               | UNDECIDED
            [['user_id.id','not in',[0]]]                       | {'user_id':false}                 | UNDECIDED
            `['|',['id','=',42],['user_id','child_of',7]]`      | {'user_id':[7,'A']}               | UNDECIDED
            [['tag_ids','=like',5]]                             | {'tag_ids':[]}                    | UNDECIDED
            [['id','child_of',false]]                           | {}                                | NO
            [['tag_ids','in',[1,2]]]                            | {'tag_ids':[2,3]}                 | YES
            [['tag_ids','not in',[1,2]]]                        | {'tag_ids':[]}                    | YES
            [['tag_ids','=',false]]                             | {'tag_ids':[]}                    | YES
            [['tag_ids','!=',[]]]                               | {'tag_ids':[1]}                   | YES
            [['tag_ids','=','a']]                               | {'tag_ids':[1]}                   | UNDECIDED
            [['line_ids','any',[['id','in',[1]]]]]              | {'line_ids':[1,2]}                | YES
            [['line_ids','any',[['name','=','a']]]]             | {'line_ids':[]}                   | NO
            [['line_ids.name','=','a']]                         | {'line_ids':[1],'name':'a'}       | UNDECIDED
            """)
    void followsRelations(String domain, String image, Verdict verdict) {
        expect(domain, image, verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "'name'",
                "{}",
                "['&']",
                "['&',['a','=',1]]",
                "['!']",
                "[['a','=']]",
                "[['','=',1]]",
                "[['a','~',1]]",
                "[['a',1,1]]",
                "[[2,'=',1]]",
                "[true]",
                "[['a','any!',[]]]",
                "[['a','any',5]]",
                "['x',['a','=',1]]"
            })
    void refusesWhatIsNoDomain(String text) {
        assertThatThrownBy(() -> Domain.parse(json(text)))
                .isInstanceOf(DomainException.class)
                .hasMessageContaining(" ");
    }

    @Test
    void refusesAHostileDepth() {
        assertRefused("[" + "'!',".repeat(1_000) + "['a','=',1]]");
        assertRefused("[['a','any',".repeat(210) + "[]" + "]]".repeat(210));
        assertRefused("[['%s','=',1]]".formatted("a.".repeat(10_000) + "a"));
        assertRefused("[['%s','any',[]]]".formatted("a.".repeat(10_000) + "a"));
    }

    @Test
    void refusesAHostileLength() {
        assertRefused("[" + "['a','=',1],".repeat(100_001) + "['a','=',1]]");
        assertRefused("[['a','in',[" + "1,".repeat(100_001) + "1]]]");
        assertRefused("[['a','like','" + "a".repeat(1_001) + "']]");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Domain.parse(json(text))).isInstanceOf(DomainException.class);
    }

    @Test
    void aConditionThatOdooRefusesLeavesEverythingUndecided() {
        var decider = Spec.decider("['|',['name','=','a'],['active','<',true]]");
        assertThat(decider.verdict(Spec.image("{'name':'a'}"))).isEqualTo(Verdict.UNDECIDED);
        assertThat(decider.refusal()).hasValue("Odoo does not take '<' on active with this value");
    }

    @Test
    void leavesToOdooHowADatabaseOfItsOwnComparesTexts() {
        var other = new Texts(false, true);
        var image = Spec.image("{'name':'é'}");
        assertThat(Spec.decider("[['name','<','b']]", other).verdict(image)).isEqualTo(Verdict.UNDECIDED);
        assertThat(Spec.decider("[['name','ilike','e']]", other).verdict(image)).isEqualTo(Verdict.UNDECIDED);
        assertThat(Spec.decider("[['name','like','e']]", other).verdict(image)).isEqualTo(Verdict.NO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[['name','ilike','a'],['amount','>',1],['id','in',[1,2]]]",
                "['|',['company_id','=',1],['company_id','=',false]]",
                "[['sender_id','ilike','a']]"
            })
    void valuesAloneDecideEveryCondition(String domain) {
        assertThat(Spec.decider(domain).isJudgeable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[['name','=','a'],['missing','=',1]]",
                "['!',['photo','=',1]]",
                "[['user_id','ilike','a']]",
                "['!',['user_id','in',['a',1]]]",
                "[['company_id','child_of',1]]",
                "[['line_ids.missing','=',1]]",
                "[['active','<',true]]"
            })
    void valuesAloneDoNotDecideEveryCondition(String domain) {
        assertThat(Spec.decider(domain).isJudgeable()).isFalse();
    }
}
