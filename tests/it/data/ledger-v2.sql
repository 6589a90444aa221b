-- A log as the second schema had it: an import, a card, a call, a policy, a failure made good, a rename,
-- and a mail that was taken back.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE cards (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL UNIQUE,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    content  TEXT NOT NULL
) STRICT;
INSERT INTO "cards" VALUES(1,'A4DEA76F3BB5FDD59721DF4FB81D88DE',1,'94DAD178153FDC717BBC000F49761E07');
CREATE TABLE changes (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    entry  INTEGER NOT NULL REFERENCES entries (id),
    tbl    TEXT NOT NULL,
    row    ANY NOT NULL,
    before TEXT
) STRICT;
INSERT INTO "changes" VALUES(1,1,'customers',1,NULL);
INSERT INTO "changes" VALUES(2,1,'customers',2,NULL);
INSERT INTO "changes" VALUES(3,2,'customer_keys','anna@bakker.nl',NULL);
INSERT INTO "changes" VALUES(4,2,'particulars',1,NULL);
INSERT INTO "changes" VALUES(5,2,'cards',1,NULL);
INSERT INTO "changes" VALUES(6,4,'customers',1,'{"name":"Anna Bakker","folded":"anna bakker","segment":"","journey":null,"since":null,"no_contact":0,"gifts":"unknown","gift_cap":null,"notes":"","entry":1,"organisation":"","id":1}');
INSERT INTO "changes" VALUES(7,5,'incidents',1,NULL);
INSERT INTO "changes" VALUES(8,6,'incidents',1,'{"customer":2,"stage":"meet","severity":0,"kind":"","what":"came late","owner":"","opened":1795176000000,"acknowledged":null,"resolved":null,"personal":0,"generous":0.0,"quality":null,"entry":5,"id":1}');
INSERT INTO "changes" VALUES(9,7,'customers',2,'{"name":"Bram Visser","folded":"bram visser","segment":"","journey":null,"since":null,"no_contact":0,"gifts":"unknown","gift_cap":null,"notes":"","entry":1,"organisation":"","id":2}');
INSERT INTO "changes" VALUES(10,7,'customer_keys','bram visser',NULL);
CREATE TABLE customer_keys (
    folded   TEXT PRIMARY KEY,
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "customer_keys" VALUES('anna@bakker.nl','anna@bakker.nl',1);
INSERT INTO "customer_keys" VALUES('bram visser','Bram Visser',2);
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
, organisation TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "customers" VALUES(1,'Anna Bakker','anna bakker','garden',NULL,NULL,0,'cap',2500,'',1,'');
INSERT INTO "customers" VALUES(2,'Bram de Visser','bram de visser','',NULL,NULL,0,'unknown',NULL,'',1,'');
CREATE TABLE days (
    stage INTEGER NOT NULL,
    day   INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sums  BLOB NOT NULL,
    PRIMARY KEY (stage, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "days" VALUES(1,20697,1,X'9A9999999999E93F9A9999999999E93F9A9999999999E93F9A9999999999E93F00000000000000009A9999999999E93F9A9999999999E93F00000000000000000000000000000000000000000000E03F');
INSERT INTO "days" VALUES(1,20727,1,X'000000000000F03F000000000000F03F000000000000F03F000000000000F03F0000000000000000000000000000F03F000000000000F03F00000000000000000000000000000000000000000000E03F');
INSERT INTO "days" VALUES(1,20731,1,X'9A9999999999D93F9A9999999999D93F9A9999999999D93F0000000000000000000000000000000000000000000000009A9999999999D93F00000000000000009A9999999999D93F000000000000F03F');
INSERT INTO "days" VALUES(1,20776,1,X'9A9999999999E93F9A9999999999E93F9A9999999999E93F9A9999999999E93F00000000000000009A9999999999E93F9A9999999999E93F00000000000000000000000000000000000000000000E03F');
CREATE TABLE entries (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    verb    TEXT NOT NULL,
    summary TEXT NOT NULL,
    undone  INTEGER,
    first_touchpoint INTEGER,
    last_touchpoint  INTEGER
, undoes INTEGER) STRICT;
INSERT INTO "entries" VALUES(1,1795176000000,'import','c.csv: 3 added, 0 already known',NULL,1,3,NULL);
INSERT INTO "entries" VALUES(2,1795176000000,'import','p.vcf: 1 customer filled in',NULL,4,3,NULL);
INSERT INTO "entries" VALUES(3,1795176000000,'log','Anna Bakker: called Anna yesterday about the garden',NULL,4,4,NULL);
INSERT INTO "entries" VALUES(4,1795176000000,'customers edit','Anna Bakker',NULL,0,-1,NULL);
INSERT INTO "entries" VALUES(5,1795176000000,'incident open','1',NULL,5,4,NULL);
INSERT INTO "entries" VALUES(6,1795176000000,'incident resolve','1',NULL,5,4,NULL);
INSERT INTO "entries" VALUES(7,1795176000000,'customers rename','Bram de Visser',NULL,0,-1,NULL);
INSERT INTO "entries" VALUES(8,1795176000000,'log','Bram de Visser: mailed Bram today',1795176000000,5,5,NULL);
INSERT INTO "entries" VALUES(9,1795176000000,'undo','Bram de Visser: mailed Bram today',NULL,0,-1,8);
CREATE TABLE former_touchpoints (
    by  INTEGER NOT NULL REFERENCES entries (id),
    was INTEGER NOT NULL,
    id  INTEGER NOT NULL,
    customer INTEGER, at INTEGER, channel INTEGER, direction INTEGER, sender INTEGER, personal INTEGER, kind INTEGER,
    sentiment REAL, said INTEGER, stage INTEGER, amount INTEGER, minutes INTEGER, note TEXT, tags TEXT,
    source TEXT, entry INTEGER, key BLOB,
    PRIMARY KEY (by, id)
) STRICT, WITHOUT ROWID;
INSERT INTO "former_touchpoints" VALUES(9,1,5,2,1795176000000,8,1,0,0,1,NULL,NULL,1,NULL,NULL,'mailed Bram today',NULL,'log',8,NULL);
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
INSERT INTO "incidents" VALUES(1,2,'meet',0,'','came late','',1795176000000,NULL,1795176000000,1,0.0,NULL,5);
CREATE TABLE particulars (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    what     TEXT NOT NULL,
    value    TEXT NOT NULL,
    source   TEXT NOT NULL,
    UNIQUE (customer, what, value)
) STRICT;
INSERT INTO "particulars" VALUES(1,1,'birthday','1985-04-12','address book');
CREATE TABLE refused (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    UNIQUE (key, customer)
) STRICT;
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "settings" VALUES('counted_to','1795176000000');
INSERT INTO "settings" VALUES('fingerprint','20eb31259968b77e7089984f2ca46d05f0d17b98986cc2ad1c82c7f96fee8b5c');
CREATE TABLE sources (
    id       TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    stamp    TEXT NOT NULL,
    people   INTEGER NOT NULL,
    next     INTEGER,
    read     INTEGER NOT NULL,
    ends     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE stages (
    id      INTEGER PRIMARY KEY,
    journey TEXT NOT NULL,
    stage   TEXT NOT NULL,
    UNIQUE (journey, stage)
) STRICT;
INSERT INTO "stages" VALUES(1,'client','meet');
INSERT INTO "stages" VALUES(2,'client','agree');
INSERT INTO "stages" VALUES(3,'client','sessions');
INSERT INTO "stages" VALUES(4,'client','close');
INSERT INTO "stages" VALUES(5,'client','stay');
CREATE TABLE standings (
    customer INTEGER PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    sums     BLOB NOT NULL
) STRICT;
INSERT INTO "standings" VALUES(1,X'02008EADF3A1010000040000000000000001008EADF3A1010000040000000000000001000000000000000100000002000000000000000000000000010070FB5BA0010000030000000070FB5BA0010000008EADF3A1010000000200010000000030CF5019CD46F83F30CF5019CD46F83F30CF5019CD46F83FD7691678C3C1F33F0000000000000000D7691678C3C1F33F30CF5019CD46F83F00000000000000006795E9842614D23F86FF1F3EB2A5F73F0100000001000000030000000070FB5BA0010000008EADF3A1010000000200010000000040D7145A1ABAF53F40D7145A1ABAF53F40D7145A1ABAF53F0FB8D644C7EDF13F00000000000000000FB8D644C7EDF13F40D7145A1ABAF53F00000000000000008FF9F0A99862CE3F068121406CB3F43F');
INSERT INTO "standings" VALUES(2,X'0200387AF6A001000002000000000000000100387AF6A00100000200000000000000010000000000000000000000010000000000000000000000000100387AF6A00100000100000000387AF6A001000000387AF6A00100000100000000000000000000000000F03F000000000000F03F000000000000F03F000000000000F03F0000000000000000000000000000F03F000000000000F03F00000000000000000000000000000000000000000000E03F01000000010000000100000000387AF6A001000000387AF6A00100000100000000000000000000000000F03F000000000000F03F000000000000F03F000000000000F03F0000000000000000000000000000F03F000000000000F03F00000000000000000000000000000000000000000000E03F');
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
INSERT INTO "touchpoints" VALUES(1,1,1788249600000,3,2,0,0,0,NULL,NULL,1,NULL,NULL,'first call',NULL,'csv',1,X'220F5460CC6A93B271A2935662C9691C');
INSERT INTO "touchpoints" VALUES(2,2,1790841600000,0,2,0,0,0,NULL,NULL,1,NULL,NULL,'met at the fair',NULL,'csv',1,X'F14079408C82479927A114274E13B75C');
INSERT INTO "touchpoints" VALUES(3,1,1791187200000,8,1,0,0,3,NULL,NULL,1,25000,NULL,'invoice 12',NULL,'csv',1,X'9E0613E482192E99D99AD07DAE14FE40');
INSERT INTO "touchpoints" VALUES(4,1,1795089600000,3,2,0,0,0,NULL,NULL,1,NULL,NULL,'called Anna yesterday about the garden',NULL,'log',3,NULL);
CREATE INDEX customer_keys_by_customer ON customer_keys (customer);
CREATE INDEX touchpoints_planned ON touchpoints (at) WHERE stage IS NULL;
CREATE INDEX touchpoints_tagged ON touchpoints (customer) WHERE tags IS NOT NULL;
CREATE INDEX touchpoints_gifts ON touchpoints (customer, at) WHERE channel = 5;
CREATE INDEX incidents_by_customer ON incidents (customer);
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
CREATE INDEX cards_by_customer ON cards (customer);
CREATE INDEX refused_by_customer ON refused (customer);
CREATE INDEX changes_by_entry ON changes (entry);
CREATE INDEX changes_by_row ON changes (tbl, row);
CREATE INDEX former_touchpoints_by_id ON former_touchpoints (id);
CREATE INDEX touchpoints_by_customer ON touchpoints (customer, at);
CREATE UNIQUE INDEX touchpoints_by_key ON touchpoints (key, customer) WHERE key IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('changes',10);
INSERT INTO "sqlite_sequence" VALUES('customers',2);
INSERT INTO "sqlite_sequence" VALUES('particulars',1);
INSERT INTO "sqlite_sequence" VALUES('cards',1);
INSERT INTO "sqlite_sequence" VALUES('incidents',1);
COMMIT;
PRAGMA application_id=1635021934;
PRAGMA user_version=2;
