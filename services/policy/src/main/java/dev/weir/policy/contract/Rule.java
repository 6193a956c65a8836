package dev.weir.policy.contract;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import java.util.List;

/**
 * One rule of one of the three policy kinds.
 *
 * @param id distinct within the contract; decisions name it
 * @param kind permission, prohibition or obligation
 * @param party whom it binds
 * @param action one of the 21 actions as written; an unknown one denies
 * @param target the product it concerns
 * @param constraints all must hold for the rule to apply
 * @param duties pre-duties of a permission, remedies of a prohibition, breach duties of an
 *     obligation
 */
public record Rule(
    String id,
    Kind kind,
    CreditCode party,
    String action,
    ProductId target,
    List<Constraint> constraints,
    List<Duty> duties) {
  public Rule {
    constraints = List.copyOf(constraints);
    duties = List.copyOf(duties);
  }

  /** The three kinds of contract policy (TC609-6-2025-14 §6). */
  public enum Kind {
    PERMISSION,
    PROHIBITION,
    OBLIGATION
  }
}
