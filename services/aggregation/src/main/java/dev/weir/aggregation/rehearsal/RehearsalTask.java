package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.vdaf.Measurement;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A task with everything that its parties hold, in one hand: for campaigns, benches and tests, and
 * private from nobody. Times are hours.
 */
public final class RehearsalTask {
  public static final long HOUR = 3600;
  public static final CreditCode LEADER = code("91110000MA01AGG01");
  public static final CreditCode HELPER = code("91110000MA01AGG02");
  public static final CreditCode COLLECTOR = code("91110000MA01AGG03");

  public final SecureRandom random;
  public final HpkePrivateKey leaderKey;
  public final HpkePrivateKey helperKey;
  public final HpkePrivateKey collectorKey;
  public final HpkeKeyRing leaderRing;
  public final HpkeKeyRing helperRing;
  final OpenedOnce leaderOpener;
  final OpenedOnce helperOpener;
  final CheckedOnce signatures = new CheckedOnce();
  private final List<Report> powers = new ArrayList<>();
  private final List<Report> beyond = new ArrayList<>();
  private final List<Report> late = new ArrayList<>();
  public final List<ContributorSigner> signers = new ArrayList<>();
  public final Bytes seed;
  public final TaskTerms terms;

  /** How many parties hold the signers' keys, as many of them each. */
  final int parties;

  public final AggregationTask task;

  private RehearsalTask(Shape shape) {
    random = shape.random.get();
    leaderKey = HpkePrivateKey.random(random);
    helperKey = HpkePrivateKey.random(random);
    collectorKey = HpkePrivateKey.random(random);
    leaderRing = new HpkeKeyRing(DapRole.LEADER, Map.of(1, leaderKey));
    helperRing = new HpkeKeyRing(DapRole.HELPER, Map.of(2, helperKey));
    leaderOpener = new OpenedOnce(leaderRing);
    helperOpener = new OpenedOnce(helperRing);
    seed = seed();
    var contributors = new ArrayList<Contributor>();
    for (int i = 0; i < shape.contributors; i++) {
      var party = clinic(shape.everyKeyAParty ? i : i / shape.keysOfEach);
      var keys = keys(random);
      signers.add(new Ed25519Signer(party, keys));
      var key = Bytes.owning(keys.getPublic().getEncoded());
      contributors.add(new Contributor(party, "intl", Base64Url.encode(key)));
    }
    parties = shape.contributors / shape.keysOfEach;
    terms =
        new TaskTerms(
            Bilingual.same("length of stay"),
            "care",
            new ContractId(uuid()),
            new ProductId(uuid()),
            shape.leader,
            HELPER,
            COLLECTOR,
            Base64Url.encode(HpkeKeyRing.config(9, collectorKey).encoded()),
            VerifyKeys.commitment(seed),
            contributors,
            shape.minContributors,
            shape.cap,
            shape.maxAgeSeconds,
            300,
            shape.nanoRho,
            shape.vectors,
            shape.vdaf instanceof VdafConfiguration.UnverifiedSumVec
                ? Optional.of(Robustness.NONE)
                : Optional.empty());
    long now = shape.clock.instant().getEpochSecond() / HOUR;
    var configuration =
        new TaskConfiguration(
            new TaskInfo(shape.lanes, terms.sha256()).encoded(),
            "https://leader.example/dap/",
            "https://helper.example/dap/",
            HOUR,
            shape.minBatch,
            shape.mode,
            Bytes.EMPTY,
            shape.vdaf,
            List.of(TaskConfiguration.interval(new TimeInterval(now - 24, 24 * 30))));
    task = AggregationTask.of(configuration, terms, seed);
  }

  /** What is wanted of the task. */
  public static final class Shape {
    private VdafConfiguration vdaf = new VdafConfiguration.Count();
    private BatchMode mode = BatchMode.TIME_INTERVAL;
    private CreditCode leader = LEADER;
    private int contributors = 3;
    private int keysOfEach = 1;
    private boolean everyKeyAParty;
    private int minContributors = 2;
    private int cap = 100;
    private int minBatch = 3;
    private int lanes = 1;
    private long maxAgeSeconds = 48 * HOUR;
    private long nanoRho = 1_000_000_000_000_000L;
    private Optional<VectorTerms> vectors = Optional.empty();
    private InstantSource clock = InstantSource.system();
    private Supplier<SecureRandom> random = SecureRandom::new;

    /** Keys, shares and names follow it, so that whatever is made of two such tasks is equal. */
    public Shape seed(long wanted) {
      random = () -> new SeededRandom(wanted);
      return this;
    }

    public Shape vectors(VectorTerms wanted) {
      vectors = Optional.of(wanted);
      return this;
    }

    public Shape vdaf(VdafConfiguration wanted) {
      vdaf = wanted;
      return this;
    }

    public Shape leaderSelected() {
      mode = BatchMode.LEADER_SELECTED;
      return this;
    }

    /** By another operator than {@link #LEADER}. */
    public Shape ledBy(CreditCode operator) {
      leader = operator;
      return this;
    }

    /**
     * @param count of keys, each of a party of its own unless more is said
     * @param atLeast of how many parties a batch must hold reports
     */
    public Shape contributors(int count, int atLeast) {
      contributors = count;
      minContributors = atLeast;
      return this;
    }

    /** Signers that follow each other hold keys of one party, so many of each. */
    public Shape keysOfEach(int count) {
      keysOfEach = count;
      return this;
    }

    /** A bug, to see it found: aggregators take every key for a party. */
    public Shape everyKeyAParty() {
      everyKeyAParty = true;
      return this;
    }

    public Shape cap(int most) {
      cap = most;
      return this;
    }

    public Shape minBatch(int least) {
      minBatch = least;
      return this;
    }

    public Shape lanes(int count) {
      lanes = count;
      return this;
    }

    public Shape maxAgeSeconds(long most) {
      maxAgeSeconds = most;
      return this;
    }

    public Shape nanoRho(long each) {
      nanoRho = each;
      return this;
    }

    public Shape clock(InstantSource wanted) {
      clock = wanted;
      return this;
    }

    public RehearsalTask make() {
      return new RehearsalTask(this);
    }
  }

  public static Shape aTask() {
    return new Shape();
  }

  public ReportMaker maker(int contributor, InstantSource clock) {
    return maker(signers.get(contributor), clock);
  }

  public ReportMaker maker(ContributorSigner signer, InstantSource clock) {
    return new ReportMaker(
        task.task(),
        leaderRing.configs().configs().getFirst(),
        helperRing.configs().configs().getFirst(),
        signer,
        clock,
        random);
  }

  List<Report> powersOfTwo(int count, Instant at) {
    return powersOfTwo(count, at, 1);
  }

  /**
   * Reports of 1, 2, 4 and so on, made once and always the same ones.
   *
   * @param at when all of them are made
   * @param hours how many hours up to then they are of; each signer has as many of each
   */
  List<Report> powersOfTwo(int count, Instant at, int hours) {
    for (int i = powers.size(); i < count; i++) {
      var maker = maker(i % signers.size(), InstantSource.fixed(at));
      powers.add(maker.make(Measurement.number(1L << i), hour(at) - i / signers.size() % hours));
    }
    return List.copyOf(powers.subList(0, count));
  }

  /** Two more reports of each party, of 1, made once. */
  List<Report> twoMoreOfEachParty(Instant at) {
    int keysOfEach = signers.size() / parties;
    for (int i = beyond.size(); i < 2 * parties; i++) {
      var maker = maker(i % parties * keysOfEach, InstantSource.fixed(at));
      beyond.add(maker.make(Measurement.number(1), hour(at)));
    }
    return List.copyOf(beyond);
  }

  /** A report of 1 for each of some hours, made once. */
  List<Report> oneOfEachHour(Instant at, int hours) {
    for (int i = late.size(); i < hours; i++) {
      late.add(maker(i, InstantSource.fixed(at)).make(Measurement.number(1), hour(at) - i));
    }
    return List.copyOf(late);
  }

  public long hour(Instant at) {
    return at.getEpochSecond() / HOUR;
  }

  public static KeyPair keys() {
    return keys(new SecureRandom());
  }

  private static KeyPair keys(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static CreditCode clinic(int number) {
    return code("91110000MA01C%04d".formatted(number));
  }

  private static CreditCode code(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  private Bytes seed() {
    byte[] bytes = new byte[VerifyKeys.SEED_LENGTH];
    random.nextBytes(bytes);
    return Bytes.owning(bytes);
  }
}
