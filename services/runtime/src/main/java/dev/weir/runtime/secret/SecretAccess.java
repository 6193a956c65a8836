package dev.weir.runtime.secret;

/** Why a secret is read. One search for a constant finds every reader. */
public enum SecretAccess {
  DATABASE_LOGIN,
  DATABASE_ROLE_CREATION,
  BROKER_LOGIN,
  REGISTRY_LOGIN,
  KEY_FILE
}
