package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field128;
import dev.weir.privacy.field.Field64;

/** The circuit of each instance. */
final class Circuits {
  private Circuits() {}

  static Circuit of(Prio3Instance instance) {
    return switch (instance) {
      case Prio3Instance.Count() -> new CountCircuit();
      case Prio3Instance.Sum(var max) -> new SumCircuit(max);
      case Prio3Instance.SumVec(var length, var max, var chunk) ->
          new SumVecCircuit(Field128.INSTANCE, length, max, chunk);
      case Prio3Instance.Histogram(var length, var chunk) -> new HistogramCircuit(length, chunk);
      case Prio3Instance.MultihotCountVec(var length, var weight, var chunk) ->
          new MultihotCircuit(length, weight, chunk);
      case Prio3Instance.SumVecMultiproof multi ->
          new SumVecCircuit(
              Field64.INSTANCE, multi.length(), multi.maxMeasurement(), multi.chunkLength());
    };
  }

  static int proofs(Prio3Instance instance) {
    return instance instanceof Prio3Instance.SumVecMultiproof multi ? multi.proofs() : 1;
  }
}
