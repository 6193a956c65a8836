package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.cli.WeirCommand;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code weir aggregate task compose} wrote, at two running aggregators. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class ComposedTaskServiceTest {
  private static final int FIRST = 600;
  private static final int PARTIES = 2;
  private static final int KEYS_OF_EACH = 2;

  @TempDir private Path directory;

  /** Two hospitals with two devices each: four contributors, of which a batch counts two. */
  @Test
  void aComposedTask_isSetUpAtBothAndCollected(Clinics clinics) throws Exception {
    // given
    var keys = new ArrayList<KeyPair>();
    var signers = new ArrayList<ContributorSigner>();
    for (int i = 0; i < PARTIES * KEYS_OF_EACH; i++) {
      keys.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      signers.add(new Ed25519Signer(Account.party(FIRST + i / KEYS_OF_EACH), keys.get(i)));
    }
    var contract = clinics.contract(1_000_000_000);
    // when
    Path file = compose(clinics, contract, keys);
    // then
    var document = Json.mapper().readValue(Files.readAllBytes(file), TaskDocument.class);
    clinics.setUp(document);
    var to = new Contributing(document.task(), contract, signers);
    var reports = new ArrayList<Report>();
    for (int i = 0; i < signers.size(); i++) {
      reports.add(clinics.maker(to, i).make(Measurement.yes(true)));
    }
    var leader = clinics.http(clinics.leader, Optional.empty());
    assertThat(leader.upload(to.task().id(), reports).failures()).isEmpty();
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    assertThat(clinics.collected(to, new TimeInterval(hour, 2)).reports())
        .isEqualTo(signers.size());
  }

  private Path compose(Clinics clinics, ContractTerms contract, List<KeyPair> keys)
      throws Exception {
    Path file = directory.resolve("task.json");
    var collectorKey = HpkeKeyRing.config(3, clinics.collectorKey).encoded();
    var arguments =
        new ArrayList<>(
            List.of("aggregate", "task", "compose", "--vdaf", "count", "--title", "days"));
    arguments.addAll(List.of("--leader", Clinics.LEADER.party().value()));
    arguments.addAll(List.of("--helper", Clinics.HELPER.party().value()));
    arguments.addAll(List.of("--leader-url", Clinics.LEADER_ADDRESS));
    arguments.addAll(List.of("--helper-url", Clinics.HELPER_ADDRESS));
    arguments.addAll(List.of("--collector", Clinics.COLLECTOR.party().value()));
    arguments.addAll(List.of("--collector-key", Base64Url.encode(collectorKey)));
    arguments.addAll(List.of("--contract", contract.id().value().toString()));
    arguments.addAll(List.of("--product", contract.products().getFirst().id().value().toString()));
    arguments.addAll(List.of("--purpose", ControlPlane.PURPOSE, "--cap", "2"));
    arguments.addAll(List.of("--min-reports", "3", "--precision", "PT1H"));
    for (int i = 0; i < keys.size(); i++) {
      arguments.addAll(List.of("--contributor", contributor(i, keys.get(i))));
    }
    arguments.add(file.toString());
    assertThat(WeirCommand.run(arguments.toArray(String[]::new))).isZero();
    return file;
  }

  private String contributor(int number, KeyPair key) throws Exception {
    var shown =
        Map.of(
            "suite",
            "intl",
            "publicKey",
            Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
    var file = directory.resolve("device-" + number + ".json");
    Files.write(file, Json.mapper().writeValueAsBytes(shown));
    return Account.party(FIRST + number / KEYS_OF_EACH).value() + "=" + file;
  }
}
