package dev.weir.acceptance.aggregation;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.VdafConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A small federated task of a single round, under a contract that would pay for more. */
final class OneRound {
  static final int REPORTS = 3;
  private static final int LENGTH = 2;
  private static final VectorTerms VECTORS = new VectorTerms(15, 4, 1, 1);

  private OneRound() {}

  static Contributing setUp(Clinics clinics, long nanoRho) {
    long max = VECTORS.encoding(LENGTH).maxMeasurement();
    return clinics.setUpVectors(
        clinics.contract(nanoRho * 4),
        new VdafConfiguration.SumVec(LENGTH, max, LENGTH),
        VECTORS,
        REPORTS,
        REPORTS,
        nanoRho);
  }

  /** One of each clinic, as measured in that hour. */
  static List<Report> reports(IntFunction<ReportMaker> clinics, long hour) {
    var measurement = VECTORS.encoding(LENGTH).encode(List.of(new double[] {0.5, -0.5}));
    var reports = new ArrayList<Report>();
    for (int clinic = 0; clinic < REPORTS; clinic++) {
      reports.add(clinics.apply(clinic).make(measurement, hour));
    }
    return reports;
  }
}
