package dev.weir.cli.aggregate.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.privacy.account.EpsilonDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

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
}
