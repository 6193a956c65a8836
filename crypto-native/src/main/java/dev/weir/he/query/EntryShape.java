package dev.weir.he.query;

/**
 * How locked entries lie in records of {@link LookupShape#RECORD_BYTES}, and how many lookups find
 * one of them. Both sides compute it from public numbers.
 */
public sealed interface EntryShape permits IndexShape, KeywordShape {
  /** Longest value: it fills a record. */
  int MAX_VALUE_BYTES = LookupShape.RECORD_BYTES - RecordLock.OVERHEAD_BYTES;

  int entries();

  /** Longest value of an entry. */
  int valueBytes();

  int records();

  /** Lookups that a question takes, found or not. */
  int queries();

  /** Bytes of a locked entry: a record's, divided by a power of two. */
  default int placeBytes() {
    int bytes = LookupShape.RECORD_BYTES;
    while (bytes / 2 >= valueBytes() + RecordLock.OVERHEAD_BYTES) {
      bytes /= 2;
    }
    return bytes;
  }

  /** Entries that one record has room for. */
  default int places() {
    return LookupShape.RECORD_BYTES / placeBytes();
  }

  /** The table of records. */
  default LookupShape lookup() {
    return new LookupShape(records());
  }

  /** Whether a table can have such entries. */
  static boolean possible(int entries, int valueBytes) {
    return entries >= 1 && valueBytes >= 1 && valueBytes <= MAX_VALUE_BYTES;
  }
}
