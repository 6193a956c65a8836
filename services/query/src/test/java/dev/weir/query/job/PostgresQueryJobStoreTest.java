package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Interval;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.Role;
import dev.weir.query.use.PostgresUseStore;
import dev.weir.query.use.Use;
import dev.weir.query.use.UseKind;
import dev.weir.query.use.UseStatus;
import dev.weir.query.use.UseStore;
import dev.weir.query.use.UseView;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.ServiceDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, under the role that cannot pass row-level security. */
class PostgresQueryJobStoreTest {
  private static final CreditCode BUILDER = code("91990000900000033");
  private static final CreditCode OTHER = code("91990000900000044");
  private static final CreditCode DEPARTMENT = code("11990000900000055");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir static Path state;
  private static ServiceDatabase server;
  private static Database database;

  private final QueryJobStore store = new PostgresQueryJobStore(UUID.randomUUID());
  private final ContractId contract = ContractId.random();
  private final ProductId product = ProductId.random();

  @BeforeAll
  static void start() throws Exception {
    server = ServiceDatabase.start(state, "query");
    database = server.open("query", 4);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    server.close();
  }

  @Test
  void find_bringsBackEverythingThatWasStored() {
    var job = accepted(BUILDER, "k1");
    add(job);
    var done = job.running().done(answer(), 5, 7, LeafId.random(), NOW.plusSeconds(2));

    boolean ran =
        database.asService(
            "move", handle -> store.move(handle, QueryStatus.ACCEPTED, job.running()));
    boolean moved =
        database.asService("move", handle -> store.move(handle, QueryStatus.RUNNING, done));

    assertThat(ran).isTrue();
    assertThat(moved).isTrue();
    var found = asCaller(BUILDER, job.id()).orElseThrow();
    assertThat(found).usingRecursiveComparison().ignoringFields("sequence").isEqualTo(done);
  }

  @Test
  void move_fromAStateItIsNoLongerIn_changesNothing() {
    var job = accepted(BUILDER, "k2");
    add(job);
    var refused =
        job.ended(
            QueryStatus.REFUSED,
            RefusalView.of(
                ProblemType.CONTRACT_ENDED, "contract-not-in-force", Bilingual.same("ended")),
            Optional.of(LeafId.random()),
            NOW);
    assertThat(
            database.<Boolean>asService(
                "move", handle -> store.move(handle, QueryStatus.ACCEPTED, refused)))
        .isTrue();

    boolean again =
        database.asService(
            "move", handle -> store.move(handle, QueryStatus.ACCEPTED, job.running()));

    assertThat(again).isFalse();
    assertThat(asCaller(BUILDER, job.id()).orElseThrow().status()).isEqualTo(QueryStatus.REFUSED);
  }

  @Test
  void add_withAKeyUsedBefore_answersWithTheFirstQuery() {
    var first = accepted(BUILDER, "same");
    var second = accepted(BUILDER, "same");
    add(first);

    var answered = add(second);

    assertThat(answered.id()).isEqualTo(first.id());
    assertThat(asCaller(BUILDER, second.id())).isEmpty();
  }

  @Test
  void rows_areSeenByConsumerAndProviderAndAuditorAndNobodyElse() {
    var job = accepted(BUILDER, "seen");
    add(job);

    assertThat(asCaller(BUILDER, job.id())).isPresent();
    assertThat(asCaller(DEPARTMENT, job.id())).isPresent();
    assertThat(asCaller(OTHER, job.id())).isEmpty();
    var auditor = new Caller("auditor", "auditor", OTHER, Set.of(Role.AUDITOR));
    Optional<QueryJob> seen =
        database.inTransaction(auditor, "find", handle -> store.find(handle, job.id()));
    assertThat(seen).isPresent();
  }

  @Test
  void list_pagesNewestFirstAndOnlyThePartysOwn() {
    for (int i = 0; i < 5; i++) {
      add(accepted(BUILDER, "page" + i + contract));
    }
    var page =
        database.inTransaction(
            caller(BUILDER),
            "list",
            handle -> store.list(handle, BUILDER, Optional.of(contract), PageRequest.first(3)));

    assertThat(page).hasSize(4);
    assertThat(page).isSortedAccordingTo((a, b) -> Long.compare(b.sequence(), a.sequence()));
    List<QueryJob> unseen =
        database.inTransaction(
            caller(OTHER),
            "list",
            handle -> store.list(handle, OTHER, Optional.of(contract), PageRequest.first(9)));
    assertThat(unseen).isEmpty();
  }

  @Test
  void uses_ofEveryKind_arePagedNewestFirst_andSeenByTheirProviderAlone() {
    var uses = new PostgresUseStore();
    for (int i = 0; i < 3; i++) {
      add(accepted(BUILDER, "used" + i + contract));
      var ticket = use(UseStatus.OPEN, NOW.plusSeconds(i));
      add(uses, ticket);
      database.asService(
          "ask",
          handle -> {
            uses.accept(handle, ticket.id(), ticket.at().plusSeconds(10));
            return true;
          });
    }
    add(uses, use(UseStatus.OPEN, NOW)); // nobody asked with it
    var refused = use(UseStatus.REFUSED, NOW.plusSeconds(60));
    add(uses, refused);

    var seen = new ArrayList<UseView>();
    var page = PageRequest.first(2);
    for (int pages = 0; pages < 4; pages++) {
      var asked = page;
      var cut = Page.of(usesSeen(uses, DEPARTMENT, asked), asked, PostgresUseStore::key);
      seen.addAll(cut.items());
      if (cut.next().isPresent()) {
        page = new PageRequest("2", cut.next().get());
      }
    }

    assertThat(seen).hasSize(7);
    assertThat(seen.stream().map(UseView::id)).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(Comparator.comparing(UseView::createdAt).reversed());
    assertThat(seen.stream().filter(use -> use.kind() == UseKind.QUERY)).hasSize(3);
    assertThat(seen.getFirst().id()).isEqualTo(refused.id());
    assertThat(usesSeen(uses, OTHER, PageRequest.first(9))).isEmpty();
    assertThatThrownBy(() -> usesSeen(uses, DEPARTMENT, new PageRequest("2", "bm8gY3Vyc29y")))
        .isInstanceOf(ProblemException.class);
  }

  private List<UseView> usesSeen(UseStore uses, CreditCode provider, PageRequest page) {
    return database.inTransaction(
        caller(provider),
        "uses",
        handle -> uses.list(handle, provider, Optional.of(contract), page));
  }

  private Use use(UseStatus status, Instant at) {
    return new Use(
        UUID.randomUUID(),
        UseKind.ONE_HOT,
        contract,
        product,
        DEPARTMENT,
        BUILDER,
        "statistics",
        status,
        "allow",
        "rule",
        at);
  }

  private static void add(UseStore uses, Use use) {
    database.asService(
        "add",
        handle -> {
          uses.add(handle, use);
          return true;
        });
  }

  @Test
  void answered_countsChargedAnswersOfTheProductAndNoFreeRepeats() throws SQLException {
    var job = accepted(BUILDER, "counted");
    add(job);
    meter(job.id());
    add(accepted(BUILDER, "not released"));
    var repeat = accepted(BUILDER, "free repeat");
    add(repeat);
    release(repeat);
    release(job);

    var other = ProductId.random();
    var since = List.of(Instant.EPOCH, NOW.plusSeconds(1));
    Map<ProductId, List<Long>> answered =
        database.asService(
            "count", handle -> store.answered(handle, contract, List.of(product, other), since));

    assertThat(answered)
        .containsOnly(Map.entry(product, List.of(1L, 0L)), Map.entry(other, List.of(0L, 0L)));
  }

  private void release(QueryJob job) {
    var done = job.running().done(answer(), 1, 0, LeafId.random(), NOW);
    database.<Boolean>asService(
        "move", handle -> store.move(handle, QueryStatus.ACCEPTED, job.running()));
    database.<Boolean>asService("move", handle -> store.move(handle, QueryStatus.RUNNING, done));
  }

  /** A reading as the ledger leaves it. */
  private void meter(QueryId query) throws SQLException {
    try (var superuser = server.superuser();
        var statement = superuser.createStatement()) {
      statement.execute(
          "INSERT INTO ledger.accounts VALUES ('%s', '%s', '{}', 0, 0, 0, 0, 0, 0, now(), NULL)"
              .formatted(contract, BUILDER));
      statement.execute(
          """
          INSERT INTO ledger.answers (request_id, contract_id, canonical_sha256, data_versions, answer, answer_sha256, at)
          VALUES ('%s', '%s', repeat('0', 64), 'v', '{}', repeat('0', 64), now())
          """
              .formatted(query, contract));
      statement.execute(
          """
          INSERT INTO ledger.readings (contract_id, request_id, kind, calls, nano_rho, charged_fen, reason, leaf_id, at)
          VALUES ('%s', '%s', 'CALL', 1, 0, 0, '', gen_random_uuid(), now())
          """
              .formatted(contract, query));
    }
  }

  private QueryJob add(QueryJob job) {
    return database.inTransaction(caller(job.party()), "add", handle -> store.add(handle, job));
  }

  private Optional<QueryJob> asCaller(CreditCode party, QueryId id) {
    return database.inTransaction(caller(party), "find", handle -> store.find(handle, id));
  }

  private static Caller caller(CreditCode party) {
    return new Caller("subject", "client", party, Set.of(Role.CONSUMER));
  }

  private QueryJob accepted(CreditCode party, String key) {
    return new QueryJob(
        QueryId.random(),
        0,
        key,
        "0".repeat(64),
        contract,
        party,
        List.of(DEPARTMENT),
        List.of(product),
        "subject",
        "research",
        "SELECT COUNT(*) FROM t",
        Optional.of("ab"),
        QueryStatus.ACCEPTED,
        Optional.of("allow"),
        Optional.of("r1"),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        NOW,
        Optional.empty());
  }

  private static AnswerView answer() {
    var interval = new Interval(new BigDecimal("1.5"), new BigDecimal("2.5"), 0.95);
    return new AnswerView(
        List.of(new AnswerView.Column("n", "count", Optional.of(new BigDecimal("0.5")))),
        List.of(List.of(AnswerView.Cell.ofNumber(new BigDecimal("2"), interval))),
        Optional.of("record"),
        false,
        true,
        false,
        Map.of("t", 3L));
  }

  private static CreditCode code(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }
}
