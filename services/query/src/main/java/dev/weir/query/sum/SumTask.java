package dev.weir.query.sum;

import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.privacy.noise.Rational;
import dev.weir.runtime.json.Json;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all parties of a sum agree on beforehand. Its {@link #id} is the digest of the whole, and
 * every signature covers the id: nobody can lower a minimum or swap a key under the same name.
 *
 * @param v 1
 * @param consumer who gets the noised sums
 * @param purpose of the contract
 * @param column what is summed; for people
 * @param least smallest value a producer may encode
 * @param most largest value a producer may encode
 * @param parameterSet {@code records-8192-v1}
 * @param publicKeySha256 digest of the custodian's public key as its file holds it
 * @param producers departments that may contribute, each once
 * @param adders two, of different parties, none of them a producer
 * @param closer says when a window takes no more inputs
 * @param minProducers k, at least 2: fewer are never decrypted
 * @param maxInputs ciphertexts in one sum at most
 * @param nanoRho zCDP ρ·10⁻⁹ of each sum, per record
 */
public record SumTask(
    int v,
    ContractId contractId,
    ProductId productId,
    CreditCode consumer,
    String purpose,
    String column,
    long least,
    long most,
    String parameterSet,
    String publicKeySha256,
    List<SumParty> producers,
    List<SumParty> adders,
    SumParty closer,
    int minProducers,
    int maxInputs,
    long nanoRho) {
  /** More would not fit into one message of the custodian's topics. */
  public static final int MAX_INPUTS = 1_024;

  private static final long NANO = 1_000_000_000;

  public SumTask {
    producers = List.copyOf(producers);
    adders = List.copyOf(adders);
    require(v == 1, "a task is of version 1");
    require(
        parameterSet.equals(HeParameters.RECORDS_8192.label()),
        "sums of records are encrypted with " + HeParameters.RECORDS_8192.label());
    require(publicKeySha256.matches("[0-9a-f]{64}"), "the custodian's key has a SHA-256");
    require(adders.size() == 2, "a task has two adders");
    require(minProducers >= 2 && minProducers <= producers.size(), "2 ≤ k ≤ producers");
    require(maxInputs >= 1 && maxInputs <= MAX_INPUTS, "1 ≤ inputs ≤ " + MAX_INPUTS);
    require(nanoRho > 0 && nanoRho <= NANO, "0 < ρ ≤ 1");
    requireDistinct(Stream.concat(producers.stream(), adders.stream()).toList());
    require(least <= most && (least != 0 || most != 0), "bounds are in order and not both 0");
    require(
        fits(least, maxInputs) && fits(most, maxInputs),
        "the values of one slot must not wrap around: bounds or inputs are too large");
  }

  /** SHA-256 of the whole, lower-case hex. */
  public String id() {
    return Json.sha256Hex(Json.canonical(this));
  }

  public HeParameters parameters() {
    return HeParameters.RECORDS_8192;
  }

  /** Largest change that one record makes. */
  public long sensitivity() {
    return Math.max(Math.absExact(least), Math.absExact(most));
  }

  /** Variance of the noise of one sum: Δ²/(2ρ). */
  public Rational noiseVariance() {
    var delta = BigInteger.valueOf(sensitivity());
    return new Rational(
        delta.pow(2).multiply(BigInteger.valueOf(NANO)), BigInteger.valueOf(2 * nanoRho));
  }

  /** As it stands in the task. */
  public Optional<SumParty> producer(CreditCode party) {
    return producers.stream().filter(one -> one.party().equals(party)).findFirst();
  }

  /** As it stands in the task. */
  public Optional<SumParty> adder(CreditCode party) {
    return adders.stream().filter(one -> one.party().equals(party)).findFirst();
  }

  private static boolean fits(long bound, int inputs) {
    long half = HeParameters.RECORDS_8192.plainModulus() / 2;
    return bound >= -half / inputs && bound <= half / inputs;
  }

  private static void requireDistinct(List<SumParty> parties) {
    var seen = new HashSet<Object>();
    boolean distinct =
        parties.stream().allMatch(one -> seen.add(one.party()) && seen.add(one.publicKey()));
    require(distinct, "producers and adders are different parties with different keys");
  }

  private static void require(boolean condition, String why) {
    if (!condition) {
      throw new IllegalArgumentException(why);
    }
  }
}
