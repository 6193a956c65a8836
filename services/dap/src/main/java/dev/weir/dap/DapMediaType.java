package dev.weir.dap;

import java.util.Locale;

/** What a body is: {@code application/ppm-dap;message=…}. */
public enum DapMediaType {
  HPKE_CONFIG_LIST,
  UPLOAD_REQ,
  UPLOAD_ERRORS,
  AGGREGATION_JOB_INIT_REQ,
  AGGREGATION_JOB_CONTINUE_REQ,
  AGGREGATION_JOB_RESP,
  COLLECTION_JOB_REQ,
  COLLECTION_JOB_RESP,
  AGGREGATE_SHARE_REQ,
  AGGREGATE_SHARE;

  /** The type without its parameter. */
  public static final String ESSENCE = "application/ppm-dap";

  /** The value of the parameter {@code message}. */
  public String message() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return ESSENCE + ";message=" + message();
  }
}
