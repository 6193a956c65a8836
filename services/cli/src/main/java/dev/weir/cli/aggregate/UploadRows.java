package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.task.VdafConfiguration;

/** Reports of the rows of a file, one each. Confined. */
final class UploadRows implements BulkUpload.RowReader {
  private final SealingMaker maker;
  private final Measurements measurements;

  UploadRows(VdafConfiguration vdaf, SealingMaker maker) {
    this.maker = maker;
    this.measurements = new Measurements(vdaf);
  }

  /**
   * @throws CommandFault when a key is not known here and its aggregator is away
   */
  @Override
  public Entry read(long number, String row) {
    var ready = maker.get(); // what is wrong with a key is no fault of the row
    try {
      return new Entry.Good(number, ready.make(measurements.of(row)));
    } catch (Measurements.BadRow bad) {
      return new Entry.Bad(number, bad.reason());
    } catch (IllegalArgumentException outOfRange) {
      return new Entry.Bad(number, RowFault.NO_MEASUREMENT.reason());
    }
  }

  @Override
  public Report again(String row, ReportMetadata earlier) {
    return maker.get().again(measurements.of(row), earlier);
  }

  @Override
  public void outdated() {
    maker.outdated();
  }
}
