"""PostgreSQL's triggers: one function for every table, told by a plan in JSON what it must know of the table."""

import json
from collections.abc import Iterator

from .tracking import Table

FUNCTIONS = """
CREATE OR REPLACE FUNCTION accord_setting(name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('accord.' || name, true), '')
$$;

-- Bump the versions of whoever owns a row, and say which record that leads to.
CREATE OR REPLACE FUNCTION accord_bump(owners jsonb, held jsonb, OUT kind text, OUT id bigint, OUT version bigint)
LANGUAGE plpgsql AS $$
DECLARE
  one jsonb;
  change text;
BEGIN
  LOOP
    one := (
      SELECT o.value FROM jsonb_array_elements(owners) WITH ORDINALITY AS o(value, place)
      WHERE held ->> (o.value ->> 'column') IS NOT NULL
        AND (o.value -> 'when' = 'null' OR held ->> (o.value -> 'when' ->> 0) = o.value -> 'when' ->> 1)
      ORDER BY o.place LIMIT 1
    );
    EXIT WHEN one IS NULL;
    kind := one ->> 'kind';
    id := held ->> (one ->> 'column');
    change := CASE WHEN (one ->> 'versioned')::boolean
      THEN 'UPDATE %I r SET version = r.version + 1 WHERE r.%I = $1 RETURNING to_jsonb(r)'
      ELSE 'SELECT to_jsonb(r) FROM %I r WHERE r.%I = $1' END;
    held := NULL;
    EXECUTE format(change, one ->> 'table', one ->> 'pk') INTO held USING id;
    version := CASE WHEN (one ->> 'versioned')::boolean THEN held ->> 'version' END;
    EXIT WHEN held IS NULL;
    owners := one -> 'owners';
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION accord_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  untold text[] := TG_ARGV[0]::text[];
BEGIN
  IF to_jsonb(NEW) - untold IS DISTINCT FROM to_jsonb(OLD) - untold THEN
    NEW.version := OLD.version + 1;
  ELSIF NEW.version < OLD.version THEN
    NEW.version := OLD.version;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION accord_remember() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  plan jsonb := TG_ARGV[0];
  omitted text[] := ARRAY(SELECT jsonb_array_elements_text(plan -> 'omitted'));
  derived text[] := ARRAY(SELECT jsonb_array_elements_text(plan -> 'derived'));
  was jsonb;
  becomes jsonb;
  held jsonb;
  row_id bigint;
  own_version bigint;
  record_kind text;
  record_id bigint;
  record_version bigint;
  left_kind text := '';
  left_id bigint;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - omitted; END IF;
  IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW) - omitted; END IF;
  IF TG_OP = 'UPDATE' AND was - derived = becomes - derived THEN RETURN NULL; END IF;
  held := coalesce(becomes, was);
  row_id := held ->> (plan ->> 'pk');
  IF (plan ->> 'versioned')::boolean THEN
    own_version := (held ->> 'version')::bigint + CASE WHEN TG_OP = 'DELETE' THEN 1 ELSE 0 END;
  END IF;

  SELECT o.kind, o.id, o.version INTO record_kind, record_id, record_version FROM accord_bump(plan -> 'owners', held) o;
  IF TG_OP = 'UPDATE' AND EXISTS (
    SELECT FROM jsonb_array_elements_text(plan -> 'links') link WHERE was -> link IS DISTINCT FROM becomes -> link
  ) THEN
    SELECT coalesce(o.kind, ''), o.id INTO left_kind, left_id FROM accord_bump(plan -> 'owners', was) o;
  END IF;
  IF record_kind IS NULL THEN
    record_kind := plan ->> 'kind';
    record_id := row_id;
    record_version := own_version;
  END IF;
  IF left_kind = record_kind AND left_id = record_id THEN
    left_kind := '';
    left_id := NULL;
  END IF;

  IF accord_setting('erasing') = '1' THEN
    was := NULL;
    becomes := NULL;
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(k, was -> k), jsonb_object_agg(k, becomes -> k) INTO was, becomes
    FROM jsonb_object_keys(becomes - derived) k WHERE was -> k IS DISTINCT FROM becomes -> k;
  ELSE
    SELECT jsonb_object_agg(c.key, c.value) INTO held FROM jsonb_each(held) c WHERE c.value <> 'null';
    IF TG_OP = 'INSERT' THEN becomes := held; ELSE was := held; END IF;
  END IF;

  INSERT INTO {change} (kind, row_id, version, record_kind, record_id, record_version, left_kind, left_id,
    action, before, after, user_id, reason, request_id)
  VALUES (plan ->> 'kind', row_id, own_version, record_kind, record_id, record_version, left_kind, left_id,
    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END,
    was, becomes, nullif(accord_setting('user'), '')::bigint, accord_setting('reason'), accord_setting('request'));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION accord_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF accord_setting('erasing') <> '1' THEN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW WHEN 'DELETE' THEN OLD END;
END $$;
"""
NOT_EMPTIED = "a remembered table is not emptied unremembered: delete its rows"
EXISTING = """
SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname LIKE 'accord\\_%' AND c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
"""
COLUMNS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
  AND a.attnum > 0 AND NOT a.attisdropped
"""


def functions(change_table: str) -> str:
    """The functions that all triggers share."""
    return FUNCTIONS.replace("{change}", quote(change_table))


def triggers(table: Table, change_table: str) -> Iterator[tuple[str, str]]:
    """What each trigger of a table is for, and its SQL with `{name}` in place of its name."""
    on, plan = quote(table.name), literal(json.dumps(table.plan(), sort_keys=True))
    if table.versioned:
        untold = literal("{" + ",".join(f'"{name}"' for name in (*table.omitted, *table.derived)) + "}")
        yield "version", f"BEFORE UPDATE ON {on} FOR EACH ROW EXECUTE FUNCTION accord_version({untold})"
    yield (
        "remember",
        (f"AFTER INSERT OR UPDATE OR DELETE ON {on} FOR EACH ROW EXECUTE FUNCTION accord_remember({plan})"),
    )
    yield "keep", f"BEFORE TRUNCATE ON {on} EXECUTE FUNCTION accord_refuse({literal(NOT_EMPTIED)})"


def guards(table: str, say: str) -> Iterator[tuple[str, str]]:
    """The triggers that keep a table append-only, with the words in which it refuses."""
    on, words = quote(table), literal(say)
    yield "append", f"BEFORE UPDATE OR DELETE ON {on} FOR EACH ROW EXECUTE FUNCTION accord_refuse({words})"
    yield "keep", f"BEFORE TRUNCATE ON {on} EXECUTE FUNCTION accord_refuse({words})"


def drop(name: str, table: str) -> str:
    """The SQL that takes a trigger off its table."""
    return f"DROP TRIGGER {quote(name)} ON {quote(table)}"


def quote(name: str) -> str:
    """A name as SQL writes it."""
    return '"{}"'.format(name.replace('"', '""'))


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'{}'".format(text.replace("'", "''"))
