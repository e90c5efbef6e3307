-- Two worlds that look the same to ben. Left of each bar is the first, right of it the second.
CREATE SCHEMA lake.sales;
CREATE SCHEMA lake.hr;
-- Masked and hidden columns; the table has a column more than is promised, and is partitioned by one whose values ben may not see
CREATE TABLE lake.sales.people WITH (partitioning = ARRAY['country']) AS
SELECT id, city, email, salary, birth, ssn, pin, phone, country, note, age, card, grade,
    CAST(ROW(city, street) AS ROW(city varchar, street varchar)) address,
    ARRAY[CAST(ROW('mail', street) AS ROW(kind varchar, value varchar))] contacts,
    MAP(ARRAY['home'], ARRAY[CAST(ROW('house', street) AS ROW(kind varchar, value varchar))]) attributes,
    street unpromised
FROM (VALUES
    (BIGINT '1', VARCHAR 'Berlin', VARCHAR '${ada|eve}@example.org', BIGINT '${52100|52900}', DATE '${1980-02-03|1980-11-30}', VARCHAR '${078-05-1120|219-09-9999}', BIGINT '${1111|9991}', VARCHAR '${+49301|+33998}', VARCHAR '${Denmark|Finland}', VARCHAR '${Leaked 12|Hidden 98}', INTEGER '${20|60}', VARCHAR '${4111-1111|5500-0000}-1234', VARCHAR '${a|b}', VARCHAR '${Mainstreet|Elmroad}'),
    (2, 'Berlin', '${bob|sue}@example.org', ${61000|61999}, DATE '${1981-01-01|1981-12-31}', '${111-11-1111|222-22-2222}', ${2222|8882}, '${+49302|+33997}', '${Denmark|Finland}', '${Maybe 1|Never 7}', ${19|64}, '${4222-2222|5600-0000}-5678', '${b|a}', '${Oakstreet|Firroad}'),
    (3, 'Paris', '${cleo|fred}@example.com', ${40001|40500}, DATE '${1999-05-05|1999-06-06}', '${333-33-3333|444-44-4444}', ${3333|7773}, NULL, '${Sweden|Norway}', NULL, ${70|99}, NULL, '${c|d}', '${Pinestreet|Ashroad}'),
    (4, 'Paris', '${dan|gil}@example.com', ${-100|-900}, DATE '${2001-07-08|2001-09-09}', NULL, NULL, '${+49304|+33996}', '${Sweden|Norway}', '${Plain 44|Rainy 77}', ${3|17}, '${4444-4444|5700-0000}-0000', NULL, NULL),
    (5, 'Rome', NULL, NULL, NULL, '${555-55-5555|666-66-6666}', ${5555|6665}, '${+49305|+33995}', '${Poland|Latvia}', '${Notes 5|Words 9}', NULL, '${short|brief}', '${e|f}', '${Limestreet|Bayroad}')
) AS t(id, city, email, salary, birth, ssn, pin, phone, country, note, age, card, grade, street);
-- Rows of which ben sees those of two regions with a score of at least 10; the worlds have other and not as many rows besides
CREATE TABLE lake.sales.visits WITH (partitioning = ARRAY['region']) AS
SELECT * FROM (VALUES
    (BIGINT '1', VARCHAR 'WEST', INTEGER '10', VARCHAR '17', BIGINT '100', DATE '2024-01-01'),
    (2, 'WEST', 20, '18', 200, DATE '2024-01-02'),
    (3, 'SOUTH', 30, '19', 300, DATE '2024-01-03'),
    (4, 'SOUTH', 40, NULL, 400, DATE '2024-02-01'),
    (5, 'WEST', 50, '21', 500, DATE '2024-02-02'),
    (6, 'WEST', 9, '${Leaked|Hidden} west', ${987654|123456}, DATE '${1970-01-01|2070-01-01}')
) AS t(id, region, score, note, amount, day);
INSERT INTO lake.sales.visits SELECT * FROM (VALUES
    (BIGINT '101', VARCHAR '${EAST|NORTH}', INTEGER '${70|80}', VARCHAR '${Leaked|Hidden} other', BIGINT '${987001|123001}', DATE '${1971-01-01|2071-01-01}'),
    (102, '${EAST|NORTH}', ${71|81}, '${Leaked|Hidden} more', ${987002|123002}, NULL),
    (104, 'WEST', NULL, '${Leaked|Hidden} no score', ${987004|123004}, NULL),
    (201, 'INLAND', 5, 'Hidden inland', 123005, DATE '2072-01-01'),
    (202, 'INLAND', 95, 'Hidden inland', 123006, DATE '2072-01-02')
) AS t(id, region, score, note, amount, day) WHERE region <> '${INLAND|nothing}';
-- As many rows in both worlds, so that the counters of a scan have to be the same, too. The filter is on a hidden column
CREATE TABLE lake.sales.ledger AS
SELECT * FROM (VALUES
    (BIGINT '1', VARCHAR 'public', INTEGER '3', BIGINT '10', VARCHAR '1'),
    (2, 'public', 4, 20, '2'),
    (3, 'public', 5, 30, NULL),
    (4, 'public', ${1|2}, ${777|888}, '${Leaked|Hidden} low'),
    (5, '${board|audit}', ${77|88}, ${7777|8888}, '${Leaked|Hidden} five'),
    (6, '${board|audit}', ${79|90}, ${-777|-888}, '${Leaked|Hidden} six'),
    (7, NULL, ${66|55}, ${6666|5555}, '${Leaked|Hidden} null'),
    (8, 'public', NULL, ${6667|5556}, '${Leaked|Hidden} nograde')
) AS t(id, audience, grade, amount, memo);
-- A partition without a value
CREATE TABLE lake.sales.places WITH (partitioning = ARRAY['region']) AS
SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'WEST', VARCHAR '17'), (2, NULL, '${Leaked|Hidden} nowhere')) AS t(id, region, note);
CREATE TABLE lake.sales.clients AS
SELECT * FROM (VALUES (VARCHAR '${1001|2001}', VARCHAR 'big'), ('${1002|2002}', 'small'), ('${1003|2003}', 'small')) AS t(client_id, segment);
CREATE TABLE lake.sales.purchases AS
SELECT * FROM (VALUES (BIGINT '${1001|2001}', BIGINT '5'), (${1001|2001}, 6), (${1002|2002}, 7), (NULL, 8)) AS t(client_id, amount);
CREATE TABLE lake.sales.members AS
SELECT * FROM (VALUES (VARCHAR 'm-1', VARCHAR '${leakedone|hiddenone}', VARCHAR 'Berlin'), ('m-2', '${leakedtwo|hiddentwo}', 'Paris'), ('m-3', '${leakedtwo|hiddentwo}', NULL)) AS t(member_id, handle, city);
-- Of the two tables of a product the worst one counts: which one that is, and how bad, is by values that ben may not see
CREATE TABLE lake.sales.shops AS
SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'Berlin'), (2, 'Paris'), (3, NULL), (4, 'Rome')) AS t(shop, city);
CREATE TABLE lake.sales.staff AS
SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'jo@example.org'), (2, ${NULL|'flo@example.org'}), (3, ${NULL|'kim@example.org'}), (4, 'max@example.org')) AS t(shop, email);
CREATE TABLE lake.sales.cities AS
SELECT * FROM (VALUES (VARCHAR 'Berlin', BIGINT '3700000'), ('Paris', 2100000), ('Rome', 2800000)) AS t(city, inhabitants);
CREATE TABLE lake.sales.forecast AS SELECT BIGINT '${4242|2424}' amount;
CREATE TABLE lake.hr.payroll AS SELECT VARCHAR '${Leaked|Hidden} person' person, BIGINT '1' ${wage|bonus};
CREATE TABLE lake.hr.bonus AS SELECT VARCHAR 'Hidden person' person;
-- A table that had other columns, other names and other types once, and a version that was rolled back
CREATE TABLE lake.sales.history AS
SELECT BIGINT '1' id, VARCHAR '${leaked-one|hidden-two}-7777' tax_no, VARCHAR '${Leaked|Hidden} dropped' note, INTEGER '7' level;
INSERT INTO lake.sales.history VALUES (2, '${leaked-two|hidden-six}-8888', '${Leaked|Hidden} dropped', 8);
ALTER TABLE lake.sales.history DROP COLUMN note;
ALTER TABLE lake.sales.history RENAME COLUMN tax_no TO reference;
ALTER TABLE lake.sales.history ALTER COLUMN level SET DATA TYPE bigint;
ALTER TABLE lake.sales.history ADD COLUMN region varchar;
INSERT INTO lake.sales.history VALUES (3, '${leaked-ten|hidden-ten}-9999', 9, 'EU');
INSERT INTO lake.sales.history VALUES (4, '${Leaked|Hidden} rolled back', 10, 'EU');
ALTER TABLE lake.sales.history EXECUTE rollback_to_snapshot(${snapshot:history:3});
