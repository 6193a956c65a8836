package dev.weir.cli.aggregate;

import dev.weir.kernel.Bilingual;

/** Why a row of a file is no measurement of its task. The journal has the {@link #reason}. */
enum RowFault {
  NOT_INTEGERS(
      "not integers separated by commas",
      "该行不是以逗号分隔的整数；请改正后把该行放入另一文件上报",
      "The row is not integers separated by commas; mend it and upload it in a file of its own."),
  TOO_LONG(
      "longer than any measurement",
      "该行超过 16 MiB，任何任务的测量值都没有这么长：文件可能没有换行，或不是 CSV；请检查该文件",
      "The row has more than 16 MiB, and no task's measurements are as long: perhaps the file has no"
          + " line breaks, or is no CSV. Look at the file."),
  NO_MEASUREMENT(
      "no measurement of the task",
      "该行不符合任务的聚合函数：个数、取值范围或选项数不对；请对照任务的 --vdaf、--length、--max，改正后把该行放入另一文件上报",
      "The row does not fit what the task works out: how many numbers, their range, or how many"
          + " are chosen. Compare it with the task's --vdaf, --length and --max, mend it and"
          + " upload it in a file of its own."),
  NOT_DECIMALS(
      "not decimals separated by commas",
      "该行不是以逗号分隔的十进制数（如 -0.25 或 1e-3，每个至多 64 个字符；不接受 NaN 与无穷）；请改正后重新上报文件",
      "The row is not decimals separated by commas, such as -0.25 or 1e-3, of at most 64"
          + " characters each, neither NaN nor infinite; mend it and upload the file."),
  WRONG_LENGTH(
      "not as many numbers as the task's vectors have",
      "该行的数字个数不等于任务的向量长度（--length）；请改正后重新上报文件",
      "The row has more or fewer numbers than the task's vectors (--length); mend it and upload"
          + " the file.");

  private final String reason;
  private final Bilingual text;

  RowFault(String reason, String zh, String en) {
    this.reason = reason;
    this.text = new Bilingual(zh, en);
  }

  /** As it is kept; never changed, and never the row. */
  String reason() {
    return reason;
  }

  Bilingual text() {
    return text;
  }
}
