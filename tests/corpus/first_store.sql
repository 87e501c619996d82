BEGIN TRANSACTION;
CREATE TABLE articles (
            id TEXT PRIMARY KEY,
            source TEXT NOT NULL REFERENCES sources (name),
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            url TEXT,
            canonical_url TEXT,
            published TEXT,
            publisher TEXT,
            digest TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            first_seen TEXT NOT NULL,
            updated TEXT NOT NULL
        );
INSERT INTO "articles" VALUES('aam-phir.txt','news','मलिहाबाद में आम की फ़सल इस साल अच्छी हुई','मलिहाबाद में आम की फ़सल इस साल अच्छी हुई। मंडी में भाव पिछले साल से कम हैं।',NULL,NULL,NULL,NULL,'16549495bd23766def43dcf1efb1bed6',X'E38465A2D704C34E56B24A16E4B04125','2026-11-22T09:58:41.956269+00:00','2026-11-22T09:58:41.956269+00:00');
INSERT INTO "articles" VALUES('mela.txt','news','सोनपुर का पशु मेला नवंबर में लगेगा','सोनपुर का पशु मेला नवंबर में लगेगा। मेले में घोड़ों की दौड़ भी होगी। दो।',NULL,NULL,NULL,NULL,'0b273612a135b8fc20f2c45a7f224f12',X'2EDF5FF2B2446EEC734A2FA3F049B5D1','2026-11-22T09:58:41.956269+00:00','2026-11-22T09:58:42.850521+00:00');
INSERT INTO "articles" VALUES('pul.md','news','सोनपुर में नया पुल खुला','सोनपुर में गंगा पर बना नया पुल मंगलवार को खोल दिया गया। पुल दो किलोमीटर लंबा है।','https://news.example/sonpur-pul','https://news.example/sonpur-pul','2024-06-11','दैनिक नमूना','1f4dea95fe3ea7989f4819d8ebc51829',X'1AA90C9BB6E9604F42DB48620698A850','2026-11-22T09:58:41.956269+00:00','2026-11-22T09:58:41.956269+00:00');
CREATE TABLE reloads (
            number INTEGER PRIMARY KEY,
            started TEXT NOT NULL,
            took_s REAL NOT NULL,
            result TEXT NOT NULL,
            generation TEXT,
            reason TEXT NOT NULL,
            added INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            duplicates INTEGER NOT NULL
        );
INSERT INTO "reloads" VALUES(1,'2026-11-22T09:58:41.956269+00:00',7.20741992001421749591e-01,'published','20261122T095841.961Z-331b','',3,0,0,0,0,1);
INSERT INTO "reloads" VALUES(2,'2026-11-22T09:58:42.850521+00:00',0.0620794329988712,'published','20261122T095842.856Z-0b7d','',0,1,0,2,0,1);
CREATE TABLE sources (name TEXT PRIMARY KEY);
INSERT INTO "sources" VALUES('news');
CREATE INDEX articles_by_source ON articles (source);
COMMIT;
PRAGMA user_version = 1;
