package dev.weir.cli.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.runtime.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints a campaign, a line for each round. Confined to the campaign's thread. */
public final class CampaignReport {
  private final PrintStream out;
  private final boolean json;

  public CampaignReport(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void started(CrashPlan plan) {
    if (json) {
      print(Map.of("campaign", "crash", "seed", plan.seed(), "rounds", plan.rounds()));
    } else {
      out.println(
          "campaign crash: seed %d, %d rounds / 种子 %d，共 %d 轮"
              .formatted(plan.seed(), plan.rounds(), plan.seed(), plan.rounds()));
    }
  }

  void step(String step) {
    if (!json) {
      out.println("  … " + step);
    }
  }

  void round(Round round) {
    if (json) {
      print(round);
      return;
    }
    out.printf(
        "%3d  kill -9 %-8s after %5d ms, back in %4.1f s, quiet in %4.1f s, %3d answers, %d versions,"
            + " %d failed calls: %s%n",
        round.number(),
        round.part(),
        round.afterMillis(),
        round.downSeconds(),
        round.quietSeconds(),
        round.answered(),
        round.sealed(),
        round.failures(),
        verdict(round));
  }

  private static String verdict(Round round) {
    if (!round.violations().isEmpty()) {
      return round.violations().toString();
    }
    return round.exercised()
        ? "holds / 成立"
        : "NOTHING ANSWERED, so nothing tried / 没有得到任何答复，试验无效 " + round.unanswered();
  }

  void summary(CrashPlan plan, List<Round> rounds, double seconds) {
    long violated = rounds.stream().filter(round -> !round.violations().isEmpty()).count();
    long answered = rounds.stream().mapToLong(Round::answered).sum();
    long sealed = rounds.stream().mapToLong(Round::sealed).sum();
    long idle = rounds.stream().filter(round -> !round.exercised()).count();
    if (json) {
      var summary = new LinkedHashMap<String, Object>();
      summary.put("campaign", "crash");
      summary.put("summary", true);
      summary.put("seed", plan.seed());
      summary.put("rounds", rounds.size());
      summary.put("violatedRounds", violated);
      summary.put("idleRounds", idle);
      summary.put("answered", answered);
      summary.put("sealed", sealed);
      summary.put("seconds", seconds);
      print(summary);
    } else {
      out.printf(
          "%d rounds in %.0f s: %d answers, %d versions, %d rounds with violations, %d that tried nothing"
              + " / 违反 %d 轮，无效 %d 轮%n",
          rounds.size(), seconds, answered, sealed, violated, idle, violated, idle);
    }
  }

  private void print(Object object) {
    try {
      out.println(Json.mapper().writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures are plain values", e);
    }
  }
}
