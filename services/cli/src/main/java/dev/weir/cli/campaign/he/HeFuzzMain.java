package dev.weir.cli.campaign.he;

import dev.weir.runtime.json.Json;

/**
 * The campaign's own process, which a native crash would end: {@code HeFuzzMain SEED ROUNDS}.
 * Prints the outcome as one line of JSON; exits 1 when something but a refusal was thrown or
 * leaked.
 */
public final class HeFuzzMain {
  private HeFuzzMain() {}

  public static void main(String[] arguments) throws Exception {
    var outcome =
        new EnvelopeFuzz(Long.parseLong(arguments[0])).run(Integer.parseInt(arguments[1]));
    System.out.println(Json.mapper().writeValueAsString(outcome));
    System.exit(outcome.held() ? 0 : 1);
  }
}
