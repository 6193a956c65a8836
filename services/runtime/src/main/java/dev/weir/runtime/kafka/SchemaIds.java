package dev.weir.runtime.kafka;

import org.apache.avro.Schema;

/**
 * Schemas by number. {@link HttpSchemaRegistry} asks the registry service; the service that is the
 * registry answers itself from its own store. Implementations are thread-safe and may block.
 */
public interface SchemaIds {
  /**
   * The id of a schema under a subject, registered if it is new.
   *
   * @param subject {@code <topic>-value}
   * @throws SchemaRefused when it is not compatible with its predecessors
   * @throws RegistryUnavailable when the registry does not answer in time; try again later
   */
  int idOf(String subject, Schema schema);

  /**
   * @throws SchemaRefused when there is no such id, or the schema asks for a class
   * @throws RegistryUnavailable when the registry does not answer in time; try again later
   */
  Schema schemaOf(int id);

  /** The registry answered, and the answer is no. */
  final class SchemaRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SchemaRefused(String message) {
      super(message);
    }
  }

  /** The registry could not be asked. */
  final class RegistryUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public RegistryUnavailable(String message) {
      super(message);
    }
  }
}
