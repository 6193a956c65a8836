package dev.weir.query.plan;

import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.PlanOutcome.Planned;
import dev.weir.query.plan.PlanOutcome.Refused;
import dev.weir.query.plan.dp.Contributions;
import dev.weir.query.plan.dp.DpPlanner;
import dev.weir.query.plan.expr.ExprTooLarge;
import dev.weir.query.plan.parse.SqlReader;
import dev.weir.query.plan.policy.ArithmeticCheck;
import dev.weir.query.plan.policy.GrantCheck;
import dev.weir.query.plan.policy.JoinCheck;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Question;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Plans SQL over the products of a contract. Pure and thread-safe: the outcome is a function of the
 * arguments alone, never of data. Every text gets an outcome; nothing is thrown for what it says.
 */
public final class QueryPlanner {
  /** Deeply nested text runs out of this before it can harm the caller's stack. */
  private static final long STACK_BYTES = 64L << 20;

  /**
   * @param sql one SELECT, at most 16 KiB
   * @param products the products of the contract; the text refers to them by table name
   * @param party whose grants count
   */
  public PlanOutcome plan(
      String sql, List<ProductTerms> products, CreditCode party, PlanParameters parameters) {
    var planning = new FutureTask<>(() -> outcome(sql, products, party, parameters));
    var thread = new Thread(null, planning, "weir-plan", STACK_BYTES);
    thread.start();
    join(thread);
    try {
      return planning.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("planning failed by our own fault", e.getCause());
    }
  }

  /** Plans one query, so that the first caller does not wait for class loading. */
  public void warmUp() {
    plan(
        WarmUp.SQL, List.of(WarmUp.product()), WarmUp.PARTY, PlanParameters.spending(1_000_000, 1));
  }

  private static PlanOutcome outcome(
      String sql, List<ProductTerms> products, CreditCode party, PlanParameters parameters) {
    try {
      return new Planned(checked(sql, products, party, parameters));
    } catch (RefusedException e) {
      return new Refused(e.refusals());
    } catch (ExprTooLarge | StackOverflowError e) {
      return tooComplex();
    }
  }

  private static CheckedPlan checked(
      String sql, List<ProductTerms> products, CreditCode party, PlanParameters parameters) {
    var reading = SqlReader.read(sql, products);
    Question question = reading.question();
    List<ColumnUse> uses = GrantCheck.check(question, reading.mentioned(), party);
    ArithmeticCheck.check(question);
    Contributions unit = JoinCheck.check(question);
    boolean dp = question.products().stream().anyMatch(p -> p.kind() == ProductKind.DP);
    return dp
        ? new DpPlanner(question, parameters, unit).plan(uses, QueryPlanner::sha256)
        : exact(question, uses, parameters);
  }

  private static ExactPlan exact(
      Question question, List<ColumnUse> uses, PlanParameters parameters) {
    question.measures().stream()
        .filter(ExactMeasures::numeric)
        .forEach(measure -> ExactMeasures.granular(question, measure));
    String text = question.canonicalText();
    int minGroup =
        question.products().stream()
            .mapToInt(ProductTerms::minGroup)
            .reduce(parameters.minGroup(), Math::max);
    return new ExactPlan(question, text, sha256(text), uses, ExactOutputs.of(question), minGroup);
  }

  private static PlanOutcome tooComplex() {
    return new Refused(List.of(Refusal.of("TEXT", PlanRule.TOO_COMPLEX)));
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // Planning is short and bounded; the interrupt is for the caller.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
