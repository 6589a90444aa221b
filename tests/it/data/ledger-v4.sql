-- A log as the fourth schema has it, with a row in every table: that of the third, brought up to date, and a customer
-- who was forgotten.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO settings VALUES('counted_to','1795176000000');
INSERT INTO settings VALUES('fingerprint','aa0aad02b6665c55b0bdb090082f4b5cb5e79ddb38b20c35e66a101edb54a5ed');
INSERT INTO settings VALUES('forgotten_secret','c592d0cf3bf3a4a560e6c60f9a0013b8e0fff29fc0b25a5c733c59c1583cfb50');
INSERT INTO settings VALUES('highest_touchpoint','7');
INSERT INTO settings VALUES('nudged','1795176000000');
CREATE TABLE stages (
    id      INTEGER PRIMARY KEY,
    journey TEXT NOT NULL,
    stage   TEXT NOT NULL,
    UNIQUE (journey, stage)
) STRICT;
INSERT INTO stages VALUES(1,'client','meet');
INSERT INTO stages VALUES(2,'client','agree');
INSERT INTO stages VALUES(3,'client','sessions');
INSERT INTO stages VALUES(4,'client','close');
INSERT INTO stages VALUES(5,'client','stay');
CREATE TABLE entries (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    verb    TEXT NOT NULL,
    summary TEXT NOT NULL,
    undone  INTEGER,
    first_touchpoint INTEGER,
    last_touchpoint  INTEGER
, undoes INTEGER, erased INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO entries VALUES(1,1795176000000,'import','l.csv: 4 added, 0 already known',NULL,1,4,NULL,0);
INSERT INTO entries VALUES(2,1795176000000,'sync','people.vcf: 1 customer filled in',NULL,5,4,NULL,0);
INSERT INTO entries VALUES(3,1794996000000,'log','Bram Visser: called about the plan',NULL,5,5,NULL,0);
INSERT INTO entries VALUES(4,1794999600000,'incident open','1',NULL,6,5,NULL,0);
INSERT INTO entries VALUES(5,1794999600000,'nudge','+1 −0',NULL,0,-1,NULL,0);
INSERT INTO entries VALUES(6,1795014000000,'incident resolve','1',NULL,6,5,NULL,0);
INSERT INTO entries VALUES(7,1795176000000,'gift prefers','Anna Jansen: no alcohol',NULL,0,-1,NULL,0);
INSERT INTO entries VALUES(8,1795176000000,'gift idea','Anna Jansen: a book about gardens',NULL,6,5,NULL,0);
INSERT INTO entries VALUES(9,1795176000000,'referral add','Anna Jansen → Dora',NULL,6,5,NULL,0);
INSERT INTO entries VALUES(10,1795176000000,'nudge','+1 −0',NULL,0,-1,NULL,0);
INSERT INTO entries VALUES(11,1795176000000,'nudge','+2 −1',NULL,0,-1,NULL,0);
INSERT INTO entries VALUES(12,1795176000000,'remove','#3 Anna Jansen: quote sent',NULL,0,-1,NULL,0);
INSERT INTO entries VALUES(13,1795176000000,'customers edit','Anna Jansen',NULL,0,-1,NULL,0);
INSERT INTO entries VALUES(14,1795082400000,'log','Dora: wrote a letter',1795176000000,6,6,NULL,0);
INSERT INTO entries VALUES(15,1795176000000,'undo','Dora: wrote a letter',NULL,0,-1,14,0);
INSERT INTO entries VALUES(16,1795176000000,'skip','#4 Bram Visser',NULL,7,6,NULL,0);
INSERT INTO entries VALUES(17,1795172400000,'log','[forgotten]',NULL,7,7,NULL,2);
INSERT INTO entries VALUES(18,1795176000000,'forget','',NULL,NULL,NULL,NULL,2);
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
, organisation TEXT NOT NULL DEFAULT '', gift_cap_year INTEGER, gift_approval INTEGER NOT NULL DEFAULT 0, gift_office INTEGER NOT NULL DEFAULT 0, origin TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO customers VALUES(1,'Anna Jansen','anna jansen','gold',NULL,NULL,0,'unknown',NULL,'',1,'',NULL,0,0,'');
INSERT INTO customers VALUES(2,'Bram Visser','bram visser','',NULL,NULL,0,'unknown',NULL,'',1,'',NULL,0,0,'');
INSERT INTO customers VALUES(3,'Dora','dora','',NULL,NULL,0,'unknown',NULL,'',1,'',NULL,0,0,'');
CREATE TABLE customer_keys (
    folded   TEXT PRIMARY KEY,
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO customer_keys VALUES('anna@example.nl','anna@example.nl',1);
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
INSERT INTO touchpoints VALUES(1,1,1785664800000,3,2,0,0,0,NULL,NULL,1,NULL,NULL,'intake','vip','csv',1,X'9502d2de7bd977900e0c488b209f4677');
INSERT INTO touchpoints VALUES(2,2,1788343200000,0,2,0,0,0,NULL,NULL,1,NULL,NULL,'plan made',NULL,'csv',1,X'df67ff9e7d7f1c59e47c6e585d56dbd4');
INSERT INTO touchpoints VALUES(4,3,1780394400000,12,1,2,2,2,NULL,NULL,1,NULL,NULL,NULL,NULL,'csv',1,X'1c4471ff28ef6e124d0d940cd056eaff');
INSERT INTO touchpoints VALUES(5,2,1794996000000,3,2,0,0,0,NULL,NULL,1,NULL,NULL,'called about the plan',NULL,'log',3,NULL);
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
, loss INTEGER, extra INTEGER, lesson TEXT NOT NULL DEFAULT '', checked INTEGER, satisfied REAL CHECK (satisfied BETWEEN -1 AND 1)) STRICT;
INSERT INTO incidents VALUES(1,2,'meet',1,'','came late','',1794999600000,NULL,1795014000000,1,0.0,NULL,4,NULL,NULL,'',NULL,NULL);
CREATE TABLE standings (
    customer INTEGER PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    sums     BLOB NOT NULL
) STRICT;
INSERT INTO standings VALUES(1,X'020085eac19f0100000100000000000000010085eac19f010000010000000000000001000000000000000000000001000000000000000000000000010085eac19f010000010000000085eac19f0100000085eac19f01000000020000000000009a9999999999e93f9a9999999999e93f9a9999999999e93f9a9999999999e93f00000000000000009a9999999999e93f9a9999999999e93f00000000000000000000000000000000000000000000e03f0100000001000000010000000085eac19f0100000085eac19f01000000020000000000009a9999999999e93f9a9999999999e93f9a9999999999e93f9a9999999999e93f00000000000000009a9999999999e93f9a9999999999e93f00000000000000000000000000000000000000000000e03f');
INSERT INTO standings VALUES(2,X'02005519eea1010000050000000000000001005519eea10100000500000000000000010000000000000000000000020000000000000000000000000100a98f61a00100000200000000a98f61a0010000005519eea10100000102000000000000b23d67ea76a4f53fb23d67ea76a4f53fb23d67ea76a4f53fb23d67ea76a4f53f0000000000000000b23d67ea76a4f53fb23d67ea76a4f53f00000000000000000000000000000000e5709a1daad7e83f01000000010000000200000000a98f61a0010000005519eea10100000102000000000000c47cf12b9f5ff33fc47cf12b9f5ff33fc47cf12b9f5ff33fc47cf12b9f5ff33f0000000000000000c47cf12b9f5ff33fc47cf12b9f5ff33f00000000000000000000000000000000f7af245fd292e63f');
INSERT INTO standings VALUES(3,X'020099c6879e0100000400000000000000000000000000000000000000000000000001000000000000000000000000000000010099c6879e010000000000000000000000010000000099c6879e0100000099c6879e0100000000000040000000333333333333c33f000000000000000000000000000000000bd7a3703d0a973f000000000000000000000000000000000000000000000000333333333333c33fe17a14ae47e1ba3f000000000000f03f0100000001000000010000000099c6879e0100000099c6879e0100000000000040000000333333333333c33f000000000000000000000000000000000bd7a3703d0a973f000000000000000000000000000000000000000000000000333333333333c33fe17a14ae47e1ba3f000000000000f03f');
CREATE TABLE days (
    stage INTEGER NOT NULL,
    day   INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sums  BLOB NOT NULL,
    PRIMARY KEY (stage, day)
) STRICT, WITHOUT ROWID;
INSERT INTO days VALUES(1,20606,1,X'333333333333c33f000000000000000000000000000000000bd7a3703d0a973f000000000000000000000000000000000000000000000000333333333333c33fe17a14ae47e1ba3f000000000000f03f');
INSERT INTO days VALUES(1,20667,1,X'9a9999999999e93f9a9999999999e93f9a9999999999e93f9a9999999999e93f00000000000000009a9999999999e93f9a9999999999e93f00000000000000000000000000000000000000000000e03f');
INSERT INTO days VALUES(1,20698,1,X'000000000000f03f000000000000f03f000000000000f03f000000000000f03f0000000000000000000000000000f03f000000000000f03f00000000000000000000000000000000000000000000e03f');
INSERT INTO days VALUES(1,20775,1,X'9a9999999999e93f9a9999999999e93f9a9999999999e93f9a9999999999e93f00000000000000009a9999999999e93f9a9999999999e93f00000000000000000000000000000000000000000000e03f');
INSERT INTO days VALUES(1,20777,1,X'9a9999999999e93f9a9999999999e93f9a9999999999e93f9a9999999999e93f00000000000000009a9999999999e93f9a9999999999e93f00000000000000000000000000000000000000000000e03f');
CREATE TABLE particulars (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    what     TEXT NOT NULL,
    value    TEXT NOT NULL,
    source   TEXT NOT NULL,
    UNIQUE (customer, what, value)
) STRICT;
INSERT INTO particulars VALUES(1,1,'birthday','1985-12-04','address book');
INSERT INTO particulars VALUES(2,1,'prefers','no alcohol','');
CREATE TABLE cards (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL UNIQUE,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    content  TEXT NOT NULL
) STRICT;
INSERT INTO cards VALUES(1,'4CEEF8FEB80F8460AEE1B5ACC235A7A9',1,'FB402997AC278D287B65E81E6C18FA76');
CREATE TABLE refused (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    UNIQUE (key, customer)
) STRICT;
INSERT INTO refused VALUES(1,'037F580765D76C00AD7ABD2E7AB99E2B',1);
CREATE TABLE sources (
    id       TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    stamp    TEXT NOT NULL,
    people   INTEGER NOT NULL,
    next     INTEGER,
    read     INTEGER NOT NULL,
    ends     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sources VALUES('people.vcf','dc6180a839907e8fda8f8bad1cdaa368','9cdfe0907107c3b12ad5e8fa1cb484de',-1,NULL,1795176000000,'');
CREATE TABLE changes (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    entry  INTEGER NOT NULL REFERENCES entries (id),
    tbl    TEXT NOT NULL,
    row    ANY NOT NULL,
    before TEXT
) STRICT;
INSERT INTO changes VALUES(1,1,'customers',1,NULL);
INSERT INTO changes VALUES(2,1,'customers',2,NULL);
INSERT INTO changes VALUES(3,1,'customers',3,NULL);
INSERT INTO changes VALUES(4,2,'customer_keys','anna@example.nl',NULL);
INSERT INTO changes VALUES(5,2,'particulars',1,NULL);
INSERT INTO changes VALUES(6,2,'cards',1,NULL);
INSERT INTO changes VALUES(7,4,'incidents',1,NULL);
INSERT INTO changes VALUES(8,5,'nudges',1,NULL);
INSERT INTO changes VALUES(9,6,'incidents',1,'{"customer":2,"stage":"meet","severity":1,"kind":"","what":"came late","owner":"","opened":1794999600000,"acknowledged":null,"resolved":null,"personal":0,"generous":0.0,"quality":null,"entry":4,"loss":null,"extra":null,"lesson":"","checked":null,"satisfied":null,"id":1}');
INSERT INTO changes VALUES(10,7,'particulars',2,NULL);
INSERT INTO changes VALUES(11,8,'gifts',1,NULL);
INSERT INTO changes VALUES(12,9,'referrals',1,NULL);
INSERT INTO changes VALUES(13,10,'nudges',2,NULL);
INSERT INTO changes VALUES(14,11,'nudges',1,'{"customer":2,"place":"incident:1","rule":"R1","play":"own-up-call","because_en":"“came late”, open for less than a day; nobody has answered yet","because_nl":"‘came late’, minder dan een dag open; er heeft nog niemand op gereageerd","minutes":20,"cost":0,"owed":1,"opened":1794999600000,"due":1795086000000,"state":"open","snoozed":null,"ended":null,"why":"","touchpoint":null,"told":null,"id":1}');
INSERT INTO changes VALUES(15,11,'nudges',3,NULL);
INSERT INTO changes VALUES(16,11,'nudges',4,NULL);
INSERT INTO changes VALUES(17,12,'refused',1,NULL);
INSERT INTO changes VALUES(18,13,'customers',1,'{"name":"Anna Jansen","folded":"anna jansen","segment":"","journey":null,"since":null,"no_contact":0,"gifts":"unknown","gift_cap":null,"notes":"","entry":1,"organisation":"","gift_cap_year":null,"gift_approval":0,"gift_office":0,"origin":"","id":1}');
INSERT INTO changes VALUES(19,16,'nudges',4,'{"customer":2,"place":"incident:1","rule":"R5","play":"sorry-card","because_en":"what went wrong was made good; a small gesture shows that it was meant","because_nl":"wat misging is goedgemaakt; een klein gebaar laat zien dat het gemeend was","minutes":15,"cost":250,"owed":0,"opened":1795176000000,"due":1795391999000,"state":"open","snoozed":null,"ended":null,"why":"","touchpoint":null,"told":null,"id":4}');
CREATE TABLE former_touchpoints (
    by  INTEGER NOT NULL REFERENCES entries (id),
    was INTEGER NOT NULL,
    id  INTEGER NOT NULL,
    customer INTEGER, at INTEGER, channel INTEGER, direction INTEGER, sender INTEGER, personal INTEGER, kind INTEGER,
    sentiment REAL, said INTEGER, stage INTEGER, amount INTEGER, minutes INTEGER, note TEXT, tags TEXT,
    source TEXT, entry INTEGER, key BLOB,
    PRIMARY KEY (by, id)
) STRICT, WITHOUT ROWID;
INSERT INTO former_touchpoints VALUES(12,1,3,1,1790935200000,8,1,0,0,1,NULL,NULL,1,120000,NULL,'quote sent',NULL,'csv',1,X'037f580765d76c00ad7abd2e7ab99e2b');
INSERT INTO former_touchpoints VALUES(15,1,6,3,1795082400000,9,1,0,0,1,NULL,NULL,1,NULL,NULL,'wrote a letter',NULL,'log',14,NULL);
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
INSERT INTO nudges VALUES(1,2,'incident:1','R1','own-up-call','“came late”, open for less than a day; nobody has answered yet','‘came late’, minder dan een dag open; er heeft nog niemand op gereageerd',20,0,1,1794999600000,1795086000000,'closed',NULL,1795176000000,'cause-[forgotten]',NULL,1795176000000);
INSERT INTO nudges VALUES(2,1,'referral:1','REF6','referral-thanks-call','they sent you a customer and have not been thanked yet','ze stuurden je een klant en zijn nog niet bedankt',10,0,1,1795176000000,1795348800000,'open',NULL,NULL,'',NULL,NULL);
INSERT INTO nudges VALUES(3,3,'stage:meet','overdue','drop-by','“Call back after the first question” was promised and has not happened','‘Call back after the first question’ is beloofd en nog niet gebeurd',45,0,0,1795176000000,1795391999000,'open',NULL,NULL,'',NULL,NULL);
INSERT INTO nudges VALUES(4,2,'incident:1','R5','sorry-card','what went wrong was made good; a small gesture shows that it was meant','wat misging is goedgemaakt; een klein gebaar laat zien dat het gemeend was',15,250,0,1795176000000,1795391999000,'skipped',NULL,1795176000000,'she is on holiday',NULL,NULL);
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
INSERT INTO gifts VALUES(1,1,'idea','a book about gardens',NULL,NULL,'','','','','',NULL);
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
INSERT INTO referrals VALUES(1,3,1,1795176000000,NULL,NULL,'',0,0);
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
INSERT INTO anonymous_contacts VALUES(1,20777,3,2,0,0,0,NULL,1);
CREATE TABLE forgotten (
    digest BLOB PRIMARY KEY,
    person INTEGER NOT NULL,
    until  INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO forgotten VALUES(X'ac6a923d4ceb7aa53accf34ba1708d99db05fa1e994399b1930af45279e9beee',1,NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('changes',19);
INSERT INTO sqlite_sequence VALUES('customers',4);
INSERT INTO sqlite_sequence VALUES('particulars',2);
INSERT INTO sqlite_sequence VALUES('cards',1);
INSERT INTO sqlite_sequence VALUES('incidents',1);
INSERT INTO sqlite_sequence VALUES('nudges',4);
INSERT INTO sqlite_sequence VALUES('gifts',1);
INSERT INTO sqlite_sequence VALUES('referrals',1);
INSERT INTO sqlite_sequence VALUES('refused',1);
CREATE INDEX customer_keys_by_customer ON customer_keys (customer);
CREATE INDEX touchpoints_planned ON touchpoints (at) WHERE stage IS NULL;
CREATE INDEX touchpoints_tagged ON touchpoints (customer) WHERE tags IS NOT NULL;
CREATE INDEX touchpoints_gifts ON touchpoints (customer, at) WHERE channel = 5;
CREATE INDEX incidents_by_customer ON incidents (customer);
CREATE INDEX cards_by_customer ON cards (customer);
CREATE INDEX refused_by_customer ON refused (customer);
CREATE INDEX changes_by_entry ON changes (entry);
CREATE INDEX changes_by_row ON changes (tbl, row);
CREATE INDEX former_touchpoints_by_id ON former_touchpoints (id);
CREATE UNIQUE INDEX nudges_standing ON nudges (customer, place, rule) WHERE state = 'open';
CREATE INDEX nudges_by_customer ON nudges (customer);
CREATE INDEX nudges_untold ON nudges (ended) WHERE state = 'closed';
CREATE INDEX gifts_by_customer ON gifts (customer);
CREATE INDEX gifts_by_touchpoint ON gifts (touchpoint) WHERE touchpoint IS NOT NULL;
CREATE INDEX referrals_by_referrer ON referrals (referrer);
CREATE INDEX touchpoints_by_customer ON touchpoints (customer, at);
CREATE UNIQUE INDEX touchpoints_by_key ON touchpoints (key, customer) WHERE key IS NOT NULL;
CREATE INDEX touchpoints_amounts ON touchpoints (customer, at, channel, direction, kind, amount, tags) WHERE amount IS NOT NULL;
CREATE UNIQUE INDEX anonymous_contacts_once
    ON anonymous_contacts (stage, day, channel, direction, sender, personal, kind, coalesce(sentiment, 2));
CREATE INDEX forgotten_by_person ON forgotten (person);
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
COMMIT;
PRAGMA application_id=1635021934;
PRAGMA user_version=4;
