package dev.weir.query.record;

import java.sql.SQLException;

/**
 * The record database failed. Its message is fixed: the driver's text may quote data and stays in
 * the cause, which is never logged as text.
 */
public final class RecordStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordStoreException(SQLException cause) {
    super("the record database failed with state " + cause.getSQLState(), cause);
  }
}
