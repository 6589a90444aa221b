//! The schema, as an append-only list: a step is never changed once it has been released.
//!
//! `PRAGMA user_version` counts the steps a file has had. A file with more steps than this program
//! knows comes from a newer version and is refused.

/// Each step takes the file from version `index` to `index + 1`.
pub const STEPS: &[&str] = &[V1, V2, V3, V4];

/// `attn` in ASCII: what kind of file this is.
pub const APPLICATION_ID: i64 = 0x6174_746e;

const V1: &str = "
-- What the sums depend on, and up to which moment touchpoints are counted.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A number for every stage that ever was: the log stays small and renamed files harm nothing.
CREATE TABLE stages (
    id      INTEGER PRIMARY KEY,
    journey TEXT NOT NULL,
    stage   TEXT NOT NULL,
    UNIQUE (journey, stage)
) STRICT;

-- What was done, so that it can be undone. The touchpoints of an entry have numbers within its
-- first and last.
CREATE TABLE entries (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    verb    TEXT NOT NULL,
    summary TEXT NOT NULL,
    undone  INTEGER,
    first_touchpoint INTEGER,
    last_touchpoint  INTEGER
) STRICT;

CREATE TABLE customers (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL UNIQUE,
    segment    TEXT NOT NULL DEFAULT '',
    journey    TEXT,
    since      INTEGER,
    no_contact INTEGER NOT NULL DEFAULT 0,
    gifts      TEXT NOT NULL DEFAULT 'unknown' CHECK (gifts IN ('unknown', 'none', 'cap')),
    gift_cap   INTEGER,
    notes      TEXT NOT NULL DEFAULT '',
    entry      INTEGER REFERENCES entries (id)
) STRICT;

-- What was known of a customer before an entry changed it; the keys have a line each.
CREATE TABLE changed_customers (
    entry    INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    name TEXT NOT NULL, folded TEXT NOT NULL, segment TEXT NOT NULL, journey TEXT, since INTEGER,
    no_contact INTEGER NOT NULL, gifts TEXT NOT NULL, gift_cap INTEGER, notes TEXT NOT NULL, keys TEXT NOT NULL
) STRICT;
CREATE INDEX changed_customers_by_customer ON changed_customers (customer);

-- Addresses, telephone numbers and other names.
CREATE TABLE customer_keys (
    folded   TEXT PRIMARY KEY,
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_keys_by_customer ON customer_keys (customer);

-- The log. Words are stored as numbers (see the view touchpoint_log), stages by their number in
-- `stages` and entries by theirs in `entries`, neither of which ever loses a row; times are milliseconds UTC;
-- `said` is the stage that was stated, `stage` the one it is counted in, NULL while it lies in the
-- future and is not counted.
CREATE TABLE touchpoints (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    at        INTEGER NOT NULL,
    channel   INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 14),
    direction INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 2),
    sender    INTEGER NOT NULL CHECK (sender BETWEEN 0 AND 2),
    personal  INTEGER NOT NULL CHECK (personal BETWEEN 0 AND 2),
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    sentiment REAL CHECK (sentiment BETWEEN -1 AND 1),
    said      INTEGER,
    stage     INTEGER,
    amount    INTEGER,
    minutes   INTEGER,
    note      TEXT,
    tags      TEXT,
    source    TEXT NOT NULL,
    entry     INTEGER NOT NULL,
    key       BLOB
) STRICT;
CREATE INDEX touchpoints_by_customer ON touchpoints (customer, at);
CREATE UNIQUE INDEX touchpoints_by_key ON touchpoints (key) WHERE key IS NOT NULL;
CREATE INDEX touchpoints_planned ON touchpoints (at) WHERE stage IS NULL;
CREATE INDEX touchpoints_tagged ON touchpoints (customer) WHERE tags IS NOT NULL;
CREATE INDEX touchpoints_gifts ON touchpoints (customer, at) WHERE channel = 5;

-- What was taken out of the log, so that nothing is lost without a trace.
CREATE TABLE removed_touchpoints (
    removed INTEGER NOT NULL,
    id INTEGER NOT NULL, customer INTEGER NOT NULL, at INTEGER NOT NULL, channel INTEGER NOT NULL,
    direction INTEGER NOT NULL, sender INTEGER NOT NULL, personal INTEGER NOT NULL, kind INTEGER NOT NULL,
    sentiment REAL, said INTEGER, stage INTEGER, amount INTEGER, minutes INTEGER, note TEXT, tags TEXT,
    source TEXT NOT NULL, entry INTEGER NOT NULL, key BLOB
) STRICT;
CREATE INDEX removed_touchpoints_by_id ON removed_touchpoints (id);

CREATE TABLE incidents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    customer     INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    stage        TEXT,
    severity     INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 2),
    kind         TEXT NOT NULL,
    what         TEXT NOT NULL,
    owner        TEXT NOT NULL,
    opened       INTEGER NOT NULL,
    acknowledged INTEGER,
    resolved     INTEGER,
    personal     INTEGER NOT NULL DEFAULT 0,
    generous     REAL NOT NULL DEFAULT 0,
    quality      REAL CHECK (quality BETWEEN 0 AND 1),
    entry        INTEGER NOT NULL REFERENCES entries (id)
) STRICT;
CREATE INDEX incidents_by_customer ON incidents (customer);

-- The accumulators of each customer: the sums over all stages and per stage, packed (the layout
-- stands in ledger/codec.rs). Everything here can be rebuilt from the log.
CREATE TABLE standings (
    customer INTEGER PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    sums     BLOB NOT NULL
) STRICT;

-- Plain sums per stage and day, for comparing periods.
CREATE TABLE days (
    stage INTEGER NOT NULL,
    day   INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sums  BLOB NOT NULL,
    PRIMARY KEY (stage, day)
) STRICT, WITHOUT ROWID;

-- The log in words, for people who open the file with another program.
CREATE VIEW touchpoint_log AS
SELECT t.id, strftime('%Y-%m-%dT%H:%M:%fZ', t.at / 1000.0, 'unixepoch') AS at, c.name AS customer,
    CASE t.channel WHEN 0 THEN 'visit' WHEN 1 THEN 'event' WHEN 2 THEN 'video' WHEN 3 THEN 'phone' WHEN 4 THEN 'card'
        WHEN 5 THEN 'gift' WHEN 6 THEN 'message' WHEN 7 THEN 'chat' WHEN 8 THEN 'email' WHEN 9 THEN 'letter' WHEN 10 THEN 'social'
        WHEN 11 THEN 'portal' WHEN 12 THEN 'newsletter' WHEN 13 THEN 'push' ELSE 'survey' END AS channel,
    CASE t.direction WHEN 0 THEN 'in' WHEN 1 THEN 'out' ELSE 'both' END AS direction,
    CASE t.sender WHEN 0 THEN 'human' WHEN 1 THEN 'assisted' ELSE 'automated' END AS sender,
    CASE t.personal WHEN 0 THEN 'personal' WHEN 1 THEN 'merged' ELSE 'generic' END AS personal,
    CASE t.kind WHEN 0 THEN 'relational' WHEN 1 THEN 'service' WHEN 2 THEN 'promo' ELSE 'transactional' END AS kind,
    t.sentiment, s.stage, t.amount / 100.0 AS amount, t.minutes, t.note, t.tags, t.source
FROM touchpoints t JOIN customers c ON c.id = t.customer LEFT JOIN stages s ON s.id = t.stage;
";

const V2: &str = "
-- A record may be known of several customers: a mail to two of them is a contact with each.
DROP INDEX touchpoints_by_key;
CREATE UNIQUE INDEX touchpoints_by_key ON touchpoints (key, customer) WHERE key IS NOT NULL;

ALTER TABLE customers ADD COLUMN organisation TEXT NOT NULL DEFAULT '';

-- What is known of a customer besides: postal addresses, birthdays and other days that come back,
-- written as in ISO 8601 (`1985-04-12`, or `--04-12` when the year is not known).
CREATE TABLE particulars (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    what     TEXT NOT NULL,
    value    TEXT NOT NULL,
    source   TEXT NOT NULL,
    UNIQUE (customer, what, value)
) STRICT;

-- Which card of an address book is which customer, and what it said last (hashes, in hexadecimal).
CREATE TABLE cards (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL UNIQUE,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    content  TEXT NOT NULL
) STRICT;
CREATE INDEX cards_by_customer ON cards (customer);

-- Records of files whose contact somebody took out by hand: they stay out. The key in hexadecimal.
CREATE TABLE refused (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    UNIQUE (key, customer)
) STRICT;
CREATE INDEX refused_by_customer ON refused (customer);

-- Where contacts are read from, and what was there when they were read last.
CREATE TABLE sources (
    id       TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    stamp    TEXT NOT NULL,
    people   INTEGER NOT NULL,
    next     INTEGER,
    read     INTEGER NOT NULL,
    ends     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a row was before an entry changed it, as JSON; NULL when it was not there. Every table but the
-- log is kept by triggers (ledger/journal.rs).
CREATE TABLE changes (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    entry  INTEGER NOT NULL REFERENCES entries (id),
    tbl    TEXT NOT NULL,
    row    ANY NOT NULL,
    before TEXT
) STRICT;
CREATE INDEX changes_by_entry ON changes (entry);
CREATE INDEX changes_by_row ON changes (tbl, row);

-- What a touchpoint was before an entry changed it or took it out; `was` is 0 when it was not there.
CREATE TABLE former_touchpoints (
    by  INTEGER NOT NULL REFERENCES entries (id),
    was INTEGER NOT NULL,
    id  INTEGER NOT NULL,
    customer INTEGER, at INTEGER, channel INTEGER, direction INTEGER, sender INTEGER, personal INTEGER, kind INTEGER,
    sentiment REAL, said INTEGER, stage INTEGER, amount INTEGER, minutes INTEGER, note TEXT, tags TEXT,
    source TEXT, entry INTEGER, key BLOB,
    PRIMARY KEY (by, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_touchpoints_by_id ON former_touchpoints (id);

-- An entry that takes another back says which.
ALTER TABLE entries ADD COLUMN undoes INTEGER;

-- What earlier versions kept of changes is kept on.
INSERT INTO entries (at, verb, summary, undoes) SELECT undone, 'undo', summary, id FROM entries WHERE undone IS NOT NULL;
INSERT OR IGNORE INTO former_touchpoints SELECT (SELECT e.id FROM entries e WHERE e.undoes = r.entry), 1, id, customer, at, channel, direction, sender,
    personal, kind, sentiment, said, stage, amount, minutes, note, tags, source, entry, key FROM removed_touchpoints r
    WHERE EXISTS (SELECT 1 FROM entries e WHERE e.undoes = r.entry);
INSERT INTO changes (entry, tbl, row, before) SELECT entry, 'customers', id, NULL FROM customers WHERE entry IS NOT NULL;
INSERT INTO changes (entry, tbl, row, before) SELECT entry, 'incidents', id, NULL FROM incidents;
INSERT INTO changes (entry, tbl, row, before) SELECT e.id, 'incidents', i.id, json_object('acknowledged', NULL, 'resolved', NULL,
    'personal', 0, 'generous', 0.0, 'quality', NULL) FROM entries e JOIN incidents i ON i.id = CAST(e.summary AS INTEGER)
    WHERE e.verb = 'incident resolve' AND e.undone IS NULL;
INSERT INTO changes (entry, tbl, row, before) SELECT entry, 'customers', customer, json_object('name', name, 'folded', folded, 'segment', segment,
    'journey', journey, 'since', since, 'no_contact', no_contact, 'gifts', gifts, 'gift_cap', gift_cap, 'notes', notes) FROM changed_customers;
DROP TABLE removed_touchpoints;
DROP TABLE changed_customers;
";

const V3: &str = "
-- What a recipient may accept besides an amount each, and how somebody found their way here.
ALTER TABLE customers ADD COLUMN gift_cap_year INTEGER;
ALTER TABLE customers ADD COLUMN gift_approval INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN gift_office INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- What it cost the customer, what was given on top of making it good, what will be done otherwise, and
-- how it was when somebody asked afterwards.
ALTER TABLE incidents ADD COLUMN loss INTEGER;
ALTER TABLE incidents ADD COLUMN extra INTEGER;
ALTER TABLE incidents ADD COLUMN lesson TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN checked INTEGER;
ALTER TABLE incidents ADD COLUMN satisfied REAL CHECK (satisfied BETWEEN -1 AND 1);

-- What was proposed to whom, and what became of it. The same customer, place (a stage or an occasion) and
-- rule is proposed once: it stands until it is done, skipped or its cause is gone.
CREATE TABLE nudges (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    customer   INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    place      TEXT NOT NULL,
    rule       TEXT NOT NULL,
    play       TEXT,
    because_en TEXT NOT NULL,
    because_nl TEXT NOT NULL,
    minutes    INTEGER NOT NULL,
    cost       INTEGER NOT NULL,
    owed       INTEGER NOT NULL,
    opened     INTEGER NOT NULL,
    due        INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped', 'closed')),
    snoozed    INTEGER,
    ended      INTEGER,
    why        TEXT NOT NULL DEFAULT '',
    touchpoint INTEGER,
    told       INTEGER
) STRICT;
CREATE UNIQUE INDEX nudges_standing ON nudges (customer, place, rule) WHERE state = 'open';
CREATE INDEX nudges_by_customer ON nudges (customer);
CREATE INDEX nudges_untold ON nudges (ended) WHERE state = 'closed';

-- Presents thought of, planned and given. What was given is a touchpoint too.
CREATE TABLE gifts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    customer   INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    state      TEXT NOT NULL CHECK (state IN ('idea', 'planned', 'given')),
    what       TEXT NOT NULL,
    value      INTEGER,
    day        INTEGER,
    occasion   TEXT NOT NULL DEFAULT '',
    why        TEXT NOT NULL DEFAULT '',
    given_by   TEXT NOT NULL DEFAULT '',
    approved   TEXT NOT NULL DEFAULT '',
    against    TEXT NOT NULL DEFAULT '',
    touchpoint INTEGER
) STRICT;
CREATE INDEX gifts_by_customer ON gifts (customer);
CREATE INDEX gifts_by_touchpoint ON gifts (touchpoint) WHERE touchpoint IS NOT NULL;

-- Who came through whom. A customer came through one other at most.
CREATE TABLE referrals (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL UNIQUE REFERENCES customers (id) ON DELETE CASCADE,
    referrer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    thanked  INTEGER,
    told     INTEGER,
    outcome  TEXT NOT NULL DEFAULT '',
    reward          INTEGER NOT NULL DEFAULT 0,
    reward_referred INTEGER NOT NULL DEFAULT 0,
    CHECK (customer <> referrer)
) STRICT;
CREATE INDEX referrals_by_referrer ON referrals (referrer);

-- Adding up what was paid reads these rows and no others.
CREATE INDEX touchpoints_amounts ON touchpoints (customer, at, channel, direction, kind, amount, tags) WHERE amount IS NOT NULL;
";

const V4: &str = "
-- Contacts whose customer was forgotten, or that were kept for as long as was asked: how much of what sort
-- there was in a stage on a day (UTC), so that the sums of `days` can be made anew without anybody in them.
CREATE TABLE anonymous_contacts (
    stage     INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    channel   INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 14),
    direction INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 2),
    sender    INTEGER NOT NULL CHECK (sender BETWEEN 0 AND 2),
    personal  INTEGER NOT NULL CHECK (personal BETWEEN 0 AND 2),
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    sentiment REAL CHECK (sentiment BETWEEN -1 AND 1),
    contacts  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX anonymous_contacts_once
    ON anonymous_contacts (stage, day, channel, direction, sender, personal, kind, coalesce(sentiment, 2));

-- By what a file would bring somebody back who was forgotten: a digest of each name, address and number under a
-- secret of this file (settings, `forgotten_secret`). Those of one person have a number in common. What is
-- later than `until` may bring them back; nothing may where it is NULL.
CREATE TABLE forgotten (
    digest BLOB PRIMARY KEY,
    person INTEGER NOT NULL,
    until  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX forgotten_by_person ON forgotten (person);

-- Whether something an entry did was erased with somebody: 1 for a part, 2 when it cannot be taken back any more.
ALTER TABLE entries ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
";
