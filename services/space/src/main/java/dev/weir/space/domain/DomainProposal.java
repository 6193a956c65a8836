package dev.weir.space.domain;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Term;
import dev.weir.kernel.data.Column;
import dev.weir.space.SpaceRules;
import dev.weir.space.change.Violations;
import java.time.Duration;
import java.time.Instant;

/**
 * What an operating body proposes.
 *
 * @param implementingBody the body that authorises
 * @param exitRule what happens to data and products when the domain closes
 * @param feeCeilingFen the highest price of one call, in fen
 * @param ceilingLevel the highest level of a resource that may enter, 1 to 5
 * @param suite {@code gm} or {@code intl}: how the agreement is signed
 */
public record DomainProposal(
    Bilingual name,
    CreditCode implementingBody,
    UseScene scene,
    Term term,
    Bilingual exitRule,
    long feeCeilingFen,
    int ceilingLevel,
    String suite) {

  void check(CreditCode operator, SpaceRules rules, Instant now) {
    var violations = new Violations();
    violations.require(
        !operator.equals(implementingBody), "two-bodies: the implementing body is another party");
    violations.require(now.isBefore(term.to()), "term: the term has not ended yet");
    violations.require(
        !term.to().isAfter(latestEnd(rules)),
        "term: at most " + rules.floors().maxAgreementDays() + " days");
    violations.require(feeCeilingFen >= 0, "fee-ceiling: not negative");
    violations.require(
        ceilingLevel >= 1 && ceilingLevel <= Column.MAX_LEVEL, "ceiling-level: from 1 to 5");
    violations.require(suite.equals("gm") || suite.equals("intl"), "suite: gm or intl");
    violations.require(
        isText(name) && isText(exitRule) && isText(scene.description()),
        "text: name, exit rule and scene description in both languages, at most 2000 characters");
    violations.refuse("The proposed operation domain breaks rules.");
  }

  private Instant latestEnd(SpaceRules rules) {
    return term.from().plus(Duration.ofDays(rules.floors().maxAgreementDays()));
  }

  private static boolean isText(Bilingual text) {
    return isText(text.zh()) && isText(text.en());
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= 2000;
  }
}
