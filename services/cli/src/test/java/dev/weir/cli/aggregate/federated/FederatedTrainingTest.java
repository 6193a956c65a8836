package dev.weir.cli.aggregate.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import dev.weir.privacy.account.EpsilonDelta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FederatedTrainingTest {
  private static final Path DATA =
      Path.of(System.getProperty("weir.data", "absent"), "census-adult", "adult.data");
  private static final int ROUNDS = 20;

  @Test
  void tenContributors_trainWithinOnePointOfThePooledRun() throws IOException {
    assumeTrue(Files.exists(DATA), "shared data is absent: set weir.data");
    var learnt = new ArrayList<CensusRecord>();
    var heldOut = new ArrayList<CensusRecord>();
    for (CensusRecord person : CensusRecord.read(DATA)) {
      boolean held = (learnt.size() + heldOut.size()) % 5 == 4;
      (held ? heldOut : learnt).add(person);
    }
    var training = new FederatedTraining(learnt, ROUNDS);
    double pooled = training.pooled().accuracy(heldOut);
    double federated = training.federated(3).accuracy(heldOut);
    assertThat(pooled).isGreaterThan(0.8);
    assertThat(federated).isGreaterThan(pooled - 0.01);
  }

  @Test
  void epsilon_isThatOfAllRoundsTogether() {
    for (double epsilon : new double[] {0.1, 1, 10}) {
      long nanoRho = FederatedTraining.nanoRho(epsilon);
      assertThat(EpsilonDelta.epsilon(nanoRho, FederatedTraining.DELTA))
          .isLessThanOrEqualTo(epsilon)
          .isGreaterThan(0.999 * epsilon);
    }
  }

  /** Noise for less is none that a task can declare, and what is printed would not be true. */
  @Test
  void epsilonBelowTheLeast_andDataThatAreNone_areRefused(@TempDir Path directory)
      throws IOException {
    double least = FederatedTraining.leastEpsilon(ROUNDS);
    assertThat(FederatedTraining.nanoRho(least) / ROUNDS).isEqualTo(1);
    Path empty = Files.writeString(directory.resolve("east.csv"), "1,2,3\n");
    for (String epsilon : new String[] {"1e-12", "0", "-1", "NaN", "Infinity", "101"}) {
      assertThat(run("--epsilon", epsilon, "--data", empty.toString())).contains("--epsilon is ");
    }
    assertThat(run("--data", empty.toString())).contains("no records of the Adult data set");
  }

  private static String run(String... options) {
    var err = System.err;
    var told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      var words = new ArrayList<>(List.of("aggregate", "example", "federated", "--lang", "en"));
      words.addAll(List.of(options));
      assertThat(WeirCommand.run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE.status());
    } finally {
      System.setErr(err);
    }
    return told.toString(StandardCharsets.UTF_8);
  }
}
