package dev.weir.query.he;

import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.rollup.EpochFixture;
import dev.weir.query.rollup.Trips;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions about a locked table under one contract, as the database holds them. */
final class QuestionFixture {
  private static final SecureRandom RANDOM = new SecureRandom();

  final PostgresHeTicketStore tickets = new PostgresHeTicketStore();
  final PostgresSwitchingKeyStore switching = new PostgresSwitchingKeyStore();
  final String keysSha256 = UUID.randomUUID().toString().replace("-", "").repeat(2);
  private final EpochFixture fixture;
  private final ProductTerms product;
  private final ContractId contract;
  private final String table;
  private final InstantSource now;

  QuestionFixture(
      EpochFixture fixture,
      ProductTerms product,
      ContractId contract,
      String table,
      InstantSource now) {
    this.fixture = fixture;
    this.product = product;
    this.contract = contract;
    this.table = table;
    this.now = now;
  }

  /** An open one about the locked records of a version. */
  UUID ticket(long version) {
    var ticket =
        new HeTicket(
            UUID.randomUUID(),
            QuestionKind.INDEX,
            contract,
            product.id(),
            Trips.PROVIDER,
            Trips.BUILDER,
            "subject",
            table,
            version,
            HeParameters.LOOKUP_4096,
            2,
            1,
            63,
            1,
            "cd".repeat(32),
            LeafId.random(),
            "rule",
            "bundle",
            List.of(),
            now.instant(),
            now.instant().plusSeconds(600),
            HeTicket.Status.OPEN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    fixture.database.asService(
        "add",
        handle -> {
          tickets.add(handle, ticket, "purpose");
          return true;
        });
    return ticket.id();
  }

  UUID asked(UUID id, byte[] question) {
    fixture.database.asService(
        "ask",
        handle -> {
          switching.add(handle, Trips.BUILDER, keysSha256, bytes(), now.instant());
          return tickets.ask(
              handle,
              id,
              "ab".repeat(32),
              "12".repeat(32),
              question,
              Optional.of(keysSha256),
              now.instant());
        });
    return id;
  }

  UUID answered(UUID id, byte[] question) {
    asked(id, question);
    fixture.database.asService(
        "answer",
        handle ->
            tickets.begin(handle, id)
                && tickets.done(
                    handle, id, bytes(), "34".repeat(32), LeafId.random(), 0, now.instant()));
    return id;
  }

  static byte[] bytes() {
    byte[] bytes = new byte[64];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
