package dev.weir.he;

import java.util.Arrays;

/** Why a native call was refused. The codes are those of {@code native/src/failure.h}. */
public enum HeFailure {
  BAD_HANDLE(1),
  BAD_BUFFER(2),
  WRONG_PARAMETERS(3),
  OUT_OF_RANGE(4),
  UNSUPPORTED(5),
  OUT_OF_MEMORY(6),
  REFUSED_BY_LIBRARY(7),
  INTERNAL(8);

  private final int code;

  HeFailure(int code) {
    this.code = code;
  }

  /** A stable number. */
  public int code() {
    return code;
  }

  static HeFailure of(int code) {
    return Arrays.stream(values())
        .filter(failure -> failure.code == code)
        .findFirst()
        .orElse(INTERNAL);
  }
}
