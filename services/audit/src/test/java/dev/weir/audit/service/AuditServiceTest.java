package dev.weir.audit.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.export.HttpLogSource;
import dev.weir.audit.export.LogExporter;
import dev.weir.audit.log.Leaf;
import dev.weir.audit.log.Leaves;
import dev.weir.audit.meter.Statement;
import dev.weir.audit.receipt.Receipt;
import dev.weir.audit.verify.LogVerifier;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.ProofVerifier;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TreeHasher;
import dev.weir.testkit.Account;
import dev.weir.testkit.ApiClient;
import dev.weir.testkit.OpenApiContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on real parts, in the order of one life. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditServiceTest {
  private static final int LEAVES = 3_000;
  private static final Account AUDITOR = Account.of("auditor", Account.party(7), Role.AUDITOR);
  private static final Account AUDIT_ADMIN =
      Account.of("audit-admin", Account.party(7), Role.AUDIT_ADMIN);
  private static final Account READER = Account.of("builder-analyst", Leaves.PARTY, Role.CONSUMER);
  private static final Account STRANGER =
      Account.of("other-analyst", Account.party(8), Role.CONSUMER);

  @TempDir static Path root;
  private static AuditStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = new AuditStack(root);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.close();
  }

  @Test
  @Order(1)
  void service_isWhatItsOpenApiFileSays() {
    OpenApiContract.check(stack.service());
  }

  @Test
  @Order(2)
  void leaves_sentTwice_areTakenOnceAndReceiptsProveThem() throws Exception {
    stack.send(numbers(0, LEAVES), 2);
    var last = Leaves.number(LEAVES - 1).id();
    var receipt = receiptOf(last);
    assertThat(receipt.index()).isEqualTo(LEAVES - 1);
    var checkpoint =
        Checkpoint.parse(SignedNote.parse(receipt.checkpoint()).orElseThrow().text()).orElseThrow();
    var hasher = TreeHasher.sha256();
    assertThat(
            new ProofVerifier(hasher)
                .inclusion(
                    receipt.index(),
                    checkpoint.size(),
                    hasher.leaf(receipt.leaf().getBytes(StandardCharsets.UTF_8)),
                    receipt.proof().stream().map(Hash::ofBase64).toList(),
                    checkpoint.root()))
        .isTrue();
  }

  @Test
  @Order(3)
  void receipt_forAStranger_isAnsweredLikeAnUnknownOne() {
    var foreign = as(STRANGER).get("/v1/receipts/" + Leaves.number(5).id());
    var unknown = as(STRANGER).get("/v1/receipts/" + LeafId.random());
    assertThat(foreign.is(ProblemType.NOT_FOUND)).isTrue();
    assertThat(unknown.is(ProblemType.NOT_FOUND)).isTrue();
    assertThat(foreign.json().path("detail")).isEqualTo(unknown.json().path("detail"));
  }

  @Test
  @Order(4)
  void statement_isTheFoldOfTheReadings_andForStrangersThereIsNone() {
    var path = "/v1/meter/statement?contractId=" + Leaves.CONTRACT;
    var statement = as(READER).get(path).as(Statement.class);
    long readings = IntStream.range(0, LEAVES).filter(n -> n % 5 == 2).count();
    assertThat(statement.total().calls()).isEqualTo(readings);
    assertThat(statement.total().fen()).isEqualTo(readings * 125);
    var earlier = as(READER).get(path + "&size=3").as(Statement.class);
    assertThat(earlier.size()).isEqualTo(3);
    assertThat(earlier.total().calls()).isEqualTo(1);
    for (String never : List.of("-1", "x", "99999999")) {
      assertThat(as(READER).get(path + "&size=" + never).is(ProblemType.INVALID_REQUEST)).isTrue();
    }
    var foreign = as(STRANGER).get(path);
    var unknown = as(READER).get("/v1/meter/statement?contractId=" + ContractId.random());
    assertThat(foreign.is(ProblemType.NOT_FOUND)).isTrue();
    assertThat(unknown.is(ProblemType.NOT_FOUND)).isTrue();
    var page = as(READER).get("/v1/meter/readings?limit=200&contractId=" + Leaves.CONTRACT).json();
    assertThat(page.path("items").size()).isEqualTo(200);
    assertThat(page.path("next").isTextual()).isTrue();
  }

  @Test
  @Order(5)
  void entries_areForTheAuditorAlone() {
    assertThat(as(AUDITOR).get("/v1/log/entries?from=10&limit=5").json().path("items").size())
        .isEqualTo(5);
    assertThat(as(AUDIT_ADMIN).get("/v1/log/entries").is(ProblemType.FORBIDDEN)).isTrue();
    assertThat(as(AUDIT_ADMIN).get("/v1/log/tile/entries/000").is(ProblemType.FORBIDDEN)).isTrue();
    assertThat(as(READER).get("/v1/log/checkpoint").is(ProblemType.FORBIDDEN)).isTrue();
  }

  @Test
  @Order(6)
  void retention_isRaisedOnly() {
    assertThat(raise(AUDIT_ADMIN, 100)).isEqualTo(422);
    assertThat(raise(AUDIT_ADMIN, 365)).isEqualTo(200);
    assertThat(raise(AUDIT_ADMIN, 364)).isEqualTo(422);
    assertThat(raise(AUDITOR, 999)).isEqualTo(403);
  }

  @Test
  @Order(7)
  void export_afterARestart_verifies() throws Exception {
    stack.restart();
    stack.send(numbers(LEAVES, LEAVES + 10), 1);
    receiptOf(Leaves.number(LEAVES + 9).id());
    var base = stack.service().running().api();
    var export = root.resolve("export");
    new LogExporter(new HttpLogSource(base, () -> stack.issuer().token(AUDITOR)), export)
        .export(done -> {});
    var verdict = LogVerifier.verify(export);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.size()).isGreaterThanOrEqualTo(LEAVES + 10);
    assertThat(Files.list(export.resolve("statements"))).hasSize(1);
  }

  private static int raise(Account account, int days) {
    return as(account).put("/v1/retention/network-logs", Map.of("days", days)).status();
  }

  private static Receipt receiptOf(LeafId leaf) {
    for (int attempt = 0; attempt < 15; attempt++) {
      var answer = as(READER).get("/v1/receipts/" + leaf); // each waits up to two seconds itself
      if (answer.status() == 200 && answer.as(Receipt.class).witnessed()) {
        return answer.as(Receipt.class);
      }
    }
    throw new AssertionError("no witnessed receipt");
  }

  private static List<Leaf> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Leaves::number).toList();
  }

  private static ApiClient as(Account account) {
    return stack.service().as(account);
  }
}
