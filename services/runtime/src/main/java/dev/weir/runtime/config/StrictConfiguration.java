package dev.weir.runtime.config;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import jakarta.validation.Validator;

/** Reads YAML in which unknown, repeated and forbidden keys are errors. Thread-safe. */
public final class StrictConfiguration<C extends WeirConfiguration>
    implements ConfigurationFactoryFactory<C> {

  @Override
  public ConfigurationFactory<C> create(
      Class<C> type, Validator validator, ObjectMapper api, String propertyPrefix) {
    var mapper =
        Jackson.newObjectMapper()
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    return new YamlConfigurationFactory<>(type, validator, mapper, propertyPrefix);
  }
}
