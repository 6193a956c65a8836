package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.Alert;
import dev.weir.kernel.Bilingual;

/** What speaks against a sum, as a collector is told it. */
final class AlertText {
  private AlertText() {}

  static Bilingual of(Alert alert) {
    var text =
        switch (alert) {
          case BELOW_RANGE ->
              new Bilingual("有元素低于噪声所能解释的下限", "An element is further below zero than noise goes.");
          case ABOVE_RANGE ->
              new Bilingual(
                  "有元素高于这些报告之和与噪声所能达到的上限",
                  "An element is further above what so many reports add up to than noise goes.");
          case TOTAL_OUT_OF_RANGE ->
              new Bilingual(
                  "各元素合计与报告数不符", "The elements together are not what so many reports add up to.");
          case OUTSIDE_THE_QUERY ->
              new Bilingual("报告时间超出所请求的时段", "The reports are from outside the interval asked for.");
        };
    return new Bilingual(
        text.zh() + "：请勿采用此结果，并请两个聚合方核对该批次（" + alert + "）",
        text.en()
            + " Do not use the sum, and have both aggregators look into the batch. ("
            + alert
            + ")");
  }
}
