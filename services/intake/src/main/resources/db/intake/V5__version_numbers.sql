-- A number names one run for ever, also one that failed: records of it lie in the topic.
CREATE FUNCTION intake.number_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.data_version <> OLD.data_version OR NEW.resource_id <> OLD.resource_id THEN
      RAISE EXCEPTION 'a run keeps its version number';
    END IF;
  ELSIF EXISTS (
      SELECT FROM intake.runs
      WHERE resource_id = NEW.resource_id AND data_version >= NEW.data_version) THEN
    RAISE EXCEPTION 'a version number is never used again';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER number_once BEFORE INSERT OR UPDATE OF data_version, resource_id ON intake.runs
  FOR EACH ROW EXECUTE FUNCTION intake.number_once();

REVOKE DELETE, TRUNCATE ON intake.runs FROM ${application};
