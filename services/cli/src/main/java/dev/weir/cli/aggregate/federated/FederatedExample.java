package dev.weir.cli.aggregate.federated;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir aggregate example federated}: accuracy against ε, on real records. */
@Command(
    name = "federated",
    description = {
      "Ten contributors train one model; shows accuracy against epsilon. / 十个参与方联合训练一个模型，显示准确率与 ε"
          + " 的关系。",
      "Both aggregators run in this process: nothing is private here. / 两个聚合方都在本进程内运行，此处没有任何隐私保护。"
    },
    exitCodeListHeading = "%nExit status / 退出码:%n",
    exitCodeList = {"0:done / 完成", "2:wrong options, or the data are not here / 选项有误，或没有数据文件"},
    footerHeading = "%nExample / 示例:%n",
    footer = "weir aggregate example federated --rounds 20 --epsilon 1,10 --data adult.data",
    mixinStandardHelpOptions = true)
public final class FederatedExample implements Callable<Integer> {
  private static final int HELD_OUT_OF = 5;
  private static final int BAR = 40;
  private static final double MOST_EPSILON = 100;
  private static final double BAR_FROM = 0.7;
  private static final double BAR_TO = 0.9;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "adult.data of the Adult data set (UCI); default: the one that this checkout has, if any"
              + " / Adult 数据集的 adult.data，默认取本机已有的一份")
  private @Nullable Path data;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "40",
      description =
          "steps of training, 1 to 1000; default: ${DEFAULT-VALUE} / 训练轮数，1 至 1000，默认 ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--epsilon",
      paramLabel = "EPSILON",
      split = ",",
      defaultValue = "0.1,0.3,1,3,10",
      description =
          "over all rounds, at delta 10^-6; default: ${DEFAULT-VALUE}"
              + " / 全部轮次合计的 ε（δ = 10^-6），默认 ${DEFAULT-VALUE}")
  private List<Double> epsilons = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "how often each epsilon is trained for, 1 to 100: noise differs, and the median is shown"
              + " with the least and the largest; default: ${DEFAULT-VALUE} / 每个 ε 的训练次数，1 至"
              + " 100：噪声各不相同，显示中位数及最小、最大值，默认 ${DEFAULT-VALUE}")
  private int runs;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || rounds > 1_000) {
      throw new CommandFault(ExitCode.USAGE, "轮数为 1 至 1000", "--rounds is 1 to 1000");
    }
    double least = FederatedTraining.leastEpsilon(rounds);
    if (epsilons.stream().anyMatch(each -> !(each >= least && each <= MOST_EPSILON))) {
      throw new CommandFault(
          ExitCode.USAGE,
          "ε 为 %.2g 至 %.0f（%d 轮）".formatted(least, MOST_EPSILON, rounds),
          "--epsilon is %.2g to %.0f over %d rounds".formatted(least, MOST_EPSILON, rounds));
    }
    if (runs < 1 || runs > 100) {
      throw new CommandFault(ExitCode.USAGE, "次数为 1 至 100", "--runs is 1 to 100");
    }
    var learnt = new ArrayList<CensusRecord>();
    var heldOut = new ArrayList<CensusRecord>();
    for (CensusRecord person : CensusRecord.read(file())) {
      boolean held = (learnt.size() + heldOut.size()) % HELD_OUT_OF == HELD_OUT_OF - 1;
      (held ? heldOut : learnt).add(person);
    }
    if (heldOut.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          file() + " 中没有 Adult 数据集的记录",
          file() + " holds no records of the Adult data set");
    }
    print(System.out, new FederatedTraining(learnt, rounds), learnt.size(), heldOut);
    return ExitCode.OK.status();
  }

  private void print(
      PrintStream out, FederatedTraining training, int learnt, List<CensusRecord> heldOut) {
    out.printf(
        "records=%d heldOut=%d contributors=%d rounds=%d elements=%d delta=%.0e%n",
        learnt,
        heldOut.size(),
        FederatedTraining.CONTRIBUTORS,
        rounds,
        CensusRecord.LENGTH,
        FederatedTraining.DELTA);
    out.println("protected: one record, replaced, over all rounds / 保护单位：一条记录（替换），全部轮次合计");
    line(out, "pooled", new double[] {training.pooled().accuracy(heldOut)});
    for (double epsilon : epsilons) {
      var accuracies =
          DoubleStream.generate(() -> training.federated(epsilon).accuracy(heldOut))
              .limit(runs)
              .toArray();
      line(out, "ε=" + epsilon, accuracies);
    }
  }

  private static void line(PrintStream out, String name, double[] accuracies) {
    Arrays.sort(accuracies);
    double median = accuracies[accuracies.length / 2];
    double share = Math.clamp((median - BAR_FROM) / (BAR_TO - BAR_FROM), 0, 1);
    String range =
        accuracies.length == 1
            ? ""
            : " %6.2f…%.2f".formatted(100 * accuracies[0], 100 * accuracies[accuracies.length - 1]);
    out.printf("%-8s %6.2f %%%s %s%n", name, 100 * median, range, "█".repeat((int) (share * BAR)));
  }

  private Path file() {
    Path chosen =
        data != null
            ? data
            : Path.of(System.getProperty("weir.data", ""), "census-adult", "adult.data");
    if (!Files.isRegularFile(chosen)) {
      throw new CommandFault(
          ExitCode.USAGE,
          "找不到数据文件，请用 --data 指定 adult.data",
          "the data are not here; name adult.data with --data");
    }
    return chosen;
  }
}
