package dev.weir.query.plan;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
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
import dev.weir.query.plan.policy.PickCheck;
import dev.weir.query.plan.policy.PublicSideCheck;
import dev.weir.query.plan.policy.SharedValues;
import dev.weir.query.plan.question.Alternatives;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Question;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plans SQL over the products of a contract. Pure and thread-safe: the outcome is a function of the
 * arguments alone, never of data. Every text gets an outcome; nothing is thrown for what it says.
 */
public final class QueryPlanner {
  /** Deeply nested text runs out of this before it can harm the caller's stack. */
  private static final long STACK_BYTES = 64L << 20;

  /** No text that passes the limits of size takes a tenth of this, cold start apart. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

  private static final int MAX_AT_ONCE = 16;

  /** Held until a planning has ended, so that abandoned ones cannot pile up. */
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /**
   * @param sql one SELECT, at most 16 KiB
   * @param products the products of the contract; the text refers to them by table name
   * @param party whose grants count
   * @throws ProblemException of type {@link ProblemType#UNAVAILABLE} while too many are planned
   */
  public PlanOutcome plan(
      String sql, List<ProductTerms> products, CreditCode party, PlanParameters parameters) {
    var planning =
        new FutureTask<>(() -> {
          try {
            return outcome(sql, products, party, parameters);
          } finally {
            places.release(); // before the caller has its outcome, and asks again
          }
        });
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "Too many questions are being planned; ask again shortly.");
    }
    var thread = new Thread(null, planning, "weir-plan", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return await(planning);
  }

  private static PlanOutcome await(FutureTask<PlanOutcome> planning) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return planning.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          // Planning is short and bounded; the interrupt is for the caller.
          interrupted = true;
        } catch (TimeoutException e) {
          return tooComplex();
        } catch (ExecutionException e) {
          throw new IllegalStateException("planning failed by our own fault", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
    PublicSideCheck.check(question, party);
    boolean dp = question.products().stream().anyMatch(p -> p.kind() == ProductKind.DP);
    return dp
        ? new DpPlanner(question, parameters, unit).plan(uses, QueryPlanner::sha256)
        : exact(question, uses, party, parameters);
  }

  private static ExactPlan exact(
      Question question, List<ColumnUse> uses, CreditCode party, PlanParameters parameters) {
    PickCheck.check(question);
    question.measures().stream()
        .filter(ExactMeasures::numeric)
        .forEach(measure -> ExactMeasures.granular(question, measure));
    String text = question.canonicalText();
    int minGroup =
        question.products().stream()
            .mapToInt(ProductTerms::minGroup)
            .reduce(parameters.minGroup(), Math::max);
    return new ExactPlan(
        question,
        text,
        sha256(text),
        uses,
        ExactOutputs.of(question),
        minGroup,
        SharedValues.measures(question, party),
        Alternatives.of(question));
  }

  private static PlanOutcome tooComplex() {
    return new Refused(List.of(Refusal.of("TEXT", PlanRule.TOO_COMPLEX)));
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
