package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.task.VdafConfiguration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a task works out, as options: the VDAF with its parameters. Confined to its command. */
final class FunctionOptions {
  private static final int MOST_FRACTION_BITS = 30;

  /** The VDAFs by the names that operators type. */
  enum Function {
    COUNT(false, false),
    SUM(false, true),
    VECTOR(true, true),
    HISTOGRAM(true, false),
    MULTIHOT(true, false),
    UNPROVEN(true, true);

    private final boolean hasLength;
    private final boolean hasMax;

    Function(boolean hasLength, boolean hasMax) {
      this.hasLength = hasLength;
      this.hasMax = hasMax;
    }
  }

  @Option(
      names = "--vdaf",
      paramLabel = "FUNCTION",
      required = true,
      description =
          "what is worked out: count (of yes), sum, vector (element by element), histogram (one bucket"
              + " each), multihot (some of several options), or unproven: long vectors that one"
              + " contributor can spoil / 聚合函数：count 计数、sum 求和、vector 逐元素求和、histogram 直方图、multihot 多选；"
              + "unproven 为无证明的长向量，任一上报者可毁掉总和")
  private Function function = Function.COUNT;

  @Option(
      names = "--length",
      paramLabel = "N",
      description =
          "how many elements a vector has (at most 4096; longer ones are unproven), or buckets a"
              + " histogram, or options multihot / 向量元素（至多 4096 个，更长者用 unproven）、直方图分桶或多选选项的个数")
  private @Nullable Integer length;

  @Option(
      names = "--max",
      paramLabel = "N",
      description =
          "largest value of sum, or of a vector's element; not with --clip, which says it itself"
              + " / sum 或向量元素的最大值；使用 --clip 时由其确定")
  private @Nullable Long max;

  @Option(
      names = "--weight",
      paramLabel = "N",
      description = "most options that one may choose, for multihot / multihot 每人至多选几项")
  private @Nullable Integer weight;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description =
          "for vectors of real numbers: norm to which each record is clipped, such as 1.0"
              + " / 实数向量：每条记录裁剪到的范数")
  private @Nullable BigDecimal clip;

  @Option(
      names = "--fraction-bits",
      paramLabel = "BITS",
      defaultValue = "16",
      description =
          "of the fixed point, 0 to 30, with --clip; default: ${DEFAULT-VALUE}"
              + " / 定点小数位数，0 至 30，配合 --clip，默认 ${DEFAULT-VALUE}")
  private int fractionBits = 16;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "most records that a report adds up, with --clip; default: ${DEFAULT-VALUE}"
              + " / 每份报告至多合并的记录数，配合 --clip，默认 ${DEFAULT-VALUE}")
  private int records = 1;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "most collections, with --clip; each costs --nano-rho; default: ${DEFAULT-VALUE}"
              + " / 至多收集几轮，配合 --clip，每轮耗费 --nano-rho，默认 ${DEFAULT-VALUE}")
  private int rounds = 1;

  /**
   * The VDAF as DAP says it; the length of a proof's chunk is the root of what it proves.
   *
   * @throws CommandFault when a parameter lacks, or the function takes none such
   */
  VdafConfiguration vdaf() {
    require(function.hasLength == (length != null), "--length", function.hasLength);
    boolean takesMax = function.hasMax && clip == null;
    require(takesMax == (max != null), "--max", takesMax);
    boolean many = function == Function.MULTIHOT;
    require(many == (weight != null), "--weight", many);
    boolean vectors = function.hasLength && function.hasMax;
    require(vectors || clip == null, "--clip", false);
    positive("--length", length == null ? 1 : length);
    positive("--max", max == null ? 1 : max);
    positive("--weight", weight == null ? 1 : weight);
    long elements = or(length);
    long largest =
        vectors().map(terms -> terms.encoding(or(length)).maxMeasurement()).orElse(max());
    return switch (function) {
      case COUNT -> new VdafConfiguration.Count();
      case SUM -> new VdafConfiguration.Sum(largest);
      case VECTOR ->
          new VdafConfiguration.SumVec(elements, largest, chunk(elements * bits(largest)));
      case HISTOGRAM -> new VdafConfiguration.Histogram(elements, chunk(elements));
      case MULTIHOT ->
          new VdafConfiguration.MultihotCountVec(
              elements, chunk(elements + bits(or(weight))), or(weight));
      case UNPROVEN -> new VdafConfiguration.UnverifiedSumVec(elements, largest);
    };
  }

  /** How records become integers, in a task of real vectors. */
  Optional<VectorTerms> vectors() {
    if (clip == null) {
      return Optional.empty();
    }
    if (fractionBits < 0 || fractionBits > MOST_FRACTION_BITS || clip.precision() > 18) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--fraction-bits 为 0 至 30，--clip 至多 18 位数字",
          "--fraction-bits from 0 to 30, --clip of at most 18 digits");
    }
    long units =
        clip.multiply(BigDecimal.valueOf(1L << fractionBits))
            .setScale(0, RoundingMode.DOWN)
            .min(BigDecimal.valueOf(Long.MAX_VALUE))
            .longValue();
    return Optional.of(new VectorTerms(units, fractionBits, records, rounds));
  }

  /** What the terms have to concede. */
  Optional<Robustness> robustness() {
    return function == Function.UNPROVEN ? Optional.of(Robustness.NONE) : Optional.empty();
  }

  private void require(boolean holds, String option, boolean wanted) {
    if (!holds) {
      throw new CommandFault(
          ExitCode.USAGE,
          wanted ? "该聚合函数需要 " + option : "该聚合函数不接受 " + option,
          wanted ? "this --vdaf needs " + option : "this --vdaf takes no " + option);
    }
  }

  private static void positive(String option, long value) {
    if (value < 1) {
      throw new CommandFault(ExitCode.USAGE, option + " 须至少为 1", option + " is at least 1");
    }
  }

  private long max() {
    return max == null ? 0 : max;
  }

  private static int or(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static long bits(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }

  private static long chunk(long elements) {
    return Math.max(1, Math.round(Math.sqrt(elements)));
  }
}
