package dev.weir.query.sum;

import dev.weir.he.Ciphertexts;
import dev.weir.he.HeContext;
import dev.weir.he.Words;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import dev.weir.kernel.CreditCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One sum as it grows. Addition is modular and draws nothing: the same inputs give the same bytes
 * in any order. Owns native memory; confined to one thread.
 */
final class GroupSum implements AutoCloseable {
  private final HeContext context;
  private final Ciphertexts sum;
  private final List<SignedInput> inputs = new ArrayList<>();
  private final Map<Place, String> places = new HashMap<>();
  private final Set<String> digests = new HashSet<>();

  /** A producer's sequence number. */
  private record Place(String producer, long sequence) {}

  private GroupSum(HeContext context, Ciphertexts first) {
    this.context = context;
    this.sum = first;
  }

  static GroupSum of(HeContext context, SignedInput input, Words limbs) {
    var one = new GroupSum(context, context.ciphertexts(0, limbs));
    one.note(input);
    return one;
  }

  /** Whether this very statement was added before. */
  boolean holds(InputStatement statement) {
    return statement.ciphertextSha256().equals(places.get(place(statement)));
  }

  /** Whether the producer has used the sequence number. */
  boolean used(InputStatement statement) {
    return places.containsKey(place(statement));
  }

  boolean holdsCiphertext(String sha256) {
    return digests.contains(sha256);
  }

  /** Whether nobody else has given anything. */
  boolean isOnlyOf(CreditCode producer) {
    return inputs.stream().allMatch(input -> input.statement().producer().equals(producer));
  }

  int inputs() {
    return inputs.size();
  }

  void add(SignedInput input, Words limbs) {
    try (var more = context.ciphertexts(0, limbs)) {
      sum.add(more);
    }
    note(input);
  }

  SignedSum sign(SumBatch batch, SumParty adder, SumSigner signer) {
    byte[] bytes =
        new SealWriter(SealForm.CURRENT, Compression.NONE)
            .ciphertext(context.parameters(), 0, sum.limbs());
    var ciphertext = ByteBuffer.wrap(bytes);
    var statement = SumStatement.of(batch, RecordGate.sha256(ciphertext), inputs);
    return SignedSum.of(adder.party(), statement, ciphertext, signer);
  }

  @Override
  public void close() {
    sum.close();
  }

  private void note(SignedInput input) {
    inputs.add(input);
    places.put(place(input.statement()), input.statement().ciphertextSha256());
    digests.add(input.statement().ciphertextSha256());
  }

  private static Place place(InputStatement statement) {
    return new Place(statement.producer().value(), statement.sequence());
  }
}
