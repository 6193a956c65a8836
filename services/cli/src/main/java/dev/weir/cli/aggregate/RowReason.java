package dev.weir.cli.aggregate;

import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.report.ReportError;
import dev.weir.kernel.Bilingual;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a row has no report that counts, as a contributor is told it. Immutable.
 *
 * @param code stable, for programs: a report error of DAP, or a {@link RowFault}
 * @param text what it means and what helps
 */
record RowReason(String code, Bilingual text) {
  /**
   * @param kept as the journal has it
   */
  static RowReason of(String kept) {
    String name =
        kept.startsWith(BulkUpload.REFUSED) ? kept.substring(BulkUpload.REFUSED.length()) : kept;
    return fault(name)
        .or(() -> error(name).map(error -> new RowReason(error.label(), told(error))))
        .orElseGet(() -> new RowReason(name, unknown()));
  }

  private static Optional<RowReason> fault(String kept) {
    return Arrays.stream(RowFault.values())
        .filter(fault -> fault.reason().equals(kept))
        .findFirst()
        .map(fault -> new RowReason(fault.name().toLowerCase(Locale.ROOT), fault.text()));
  }

  private static Optional<ReportError> error(String label) {
    return Arrays.stream(ReportError.values())
        .filter(error -> error.label().equals(label))
        .findFirst();
  }

  private static Bilingual told(ReportError error) {
    return switch (error) {
      case BATCH_COLLECTED ->
          new Bilingual(
              "该报告所属时段的批次已被收集，来不及计入；今后请在时段结束前上报",
              "The batch of its time was collected before it came. Upload before the time is over"
                  + " from now on.");
      case REPORT_REPLAYED ->
          new Bilingual(
              "主聚合方已有该报告，只计一次；无须处理",
              "The leader has it and counts it once; nothing is to be done.");
      case REPORT_DROPPED ->
          new Bilingual(
              "主聚合方未接收：生成时间在任务期限之外、过旧（上报时须比最长时效早一小时加时钟容差，至多早一半），或任务条款中没有该上报者；请核对任务条款（task show）与本机时钟，再把这些行放入另一文件上报",
              "The leader did not take it: made outside the task's time, too old (an hour and the"
                  + " clock skew, at most half, are kept of the greatest age), or by nobody whom"
                  + " the terms name. Compare the terms (task show) and this"
                  + " machine's clock, then upload these rows in a file of their own.");
      case HPKE_UNKNOWN_CONFIG_ID, OUTDATED_CONFIG ->
          new Bilingual(
              "该报告以聚合方已停用的密钥加密；重新执行同一命令，即以新密钥加密后再次上报",
              "It was sealed to a key that the aggregator has retired. Run the same command again:"
                  + " it is sealed anew.");
      case HPKE_DECRYPT_ERROR ->
          new Bilingual(
              "聚合方无法打开其份额：任务文件或密钥与聚合方所持不一致；请重新取得任务文件（task show），再把这些行放入另一文件上报",
              "An aggregator could not open its share: the task file or the key is not the one it"
                  + " has. Get the task anew (task show), then upload these rows in a file of"
                  + " their own.");
      case VDAF_VERIFY_ERROR ->
          new Bilingual(
              "证明未通过验证：测量值不符合任务，或程序版本不一致；请检查该行并更新本程序，再放入另一文件上报",
              "Its proof does not hold: the measurement is none of the task's, or this program is"
                  + " of another version. Check the row, update this program, and upload the row"
                  + " in a file of its own.");
      case TASK_EXPIRED ->
          new Bilingual(
              "任务已结束，不再接收报告；请向其运营方索取新任务",
              "The task is over and takes no more reports. Ask its operators for a new one.");
      case INVALID_MESSAGE ->
          new Bilingual(
              "聚合方不接受该报告：签名不成立，或内容与任务不符；请核对 --key 与任务文件（task show），再把这些行放入另一文件上报",
              "The aggregator does not accept it: its signature does not hold, or it is not as the"
                  + " task says. Compare --key and the task file (task show), then upload these"
                  + " rows in a file of their own.");
      case REPORT_TOO_EARLY ->
          new Bilingual(
              "主聚合方暂不接收：辅聚合方尚未建立该任务，或该时段正在收集，或报告时间超前于主聚合方的时钟。" + "稍后重新执行同一命令；若仍如此，请校准本机时钟并询问任务的运营方",
              "The leader does not take it yet: the helper does not have the task, or its time is"
                  + " being collected, or is ahead of the leader's clock. Run the same command"
                  + " again later; if that does not help, set this machine's clock right and ask"
                  + " the task's operators.");
      case TASK_NOT_STARTED ->
          new Bilingual(
              "任务尚未开始接收报告；请在任务开始后把这些行放入另一文件上报",
              "The task takes no reports yet. Upload these rows in a file of their own once it has"
                  + " begun.");
    };
  }

  private static Bilingual unknown() {
    return new Bilingual(
        "本版本不认识这个原因；请向聚合方的运营方询问其含义，或更新本程序",
        "This version does not know the reason. Ask the aggregator's operator what it means, or"
            + " update this program.");
  }
}
