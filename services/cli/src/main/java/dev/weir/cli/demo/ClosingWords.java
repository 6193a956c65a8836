package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.kernel.Bilingual;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demo that leaves the stack up says last: only what its acts came to.
 *
 * @param keys where the parties' keys are
 * @param collector where the collector's key, task and results are
 * @param contract empty where no act made one
 * @param task of the aggregation; empty where no act set one up
 */
record ClosingWords(Path keys, Path collector, String contract, String task) {
  Bilingual text() {
    var zh = new ArrayList<>(List.of("系统保持运行。各方密钥与口令在 " + keys + "（仅本人可读）"));
    var en =
        new ArrayList<>(
            List.of(
                "The stack stays up. The parties' keys and passphrases are in "
                    + keys
                    + ", for your eyes alone"));
    if (!contract.isEmpty()) {
      zh.add("合约号 " + contract + "；例：./weir query history --as builder-analyst");
      en.add("the contract is " + contract + "; try ./weir query history --as builder-analyst");
    }
    if (!task.isEmpty()) {
      String show =
          "./weir aggregate task show --as builder-analyst --at leader "
              + (task.startsWith("-") ? "-- " : "")
              + task;
      zh.add("收集方的密钥、任务与结果在 " + collector + "；例：" + show + "（用法见 ./weir aggregate --help）");
      en.add(
          "the collector's key, task and results are in "
              + collector
              + "; try "
              + show
              + " (all verbs: ./weir aggregate --help)");
    }
    zh.add("结束用 ./weir down。");
    en.add("./weir down ends it.");
    return say(String.join("；", zh), String.join("; ", en));
  }
}
