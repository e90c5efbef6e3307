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
CREATE TABLE lake.sales.gates WITH (partitioning = ARRAY['region']) AS SELECT * FROM lake.sales.visits;
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
-- What queries of products read. Rows that a query leaves out differ only by what is masked or hidden, because the condition of a query
-- protects nothing; the planner tells how many rows there are, so there are as many in both worlds
CREATE TABLE lake.hr.employees WITH (partitioning = ARRAY['region']) AS
SELECT * FROM (VALUES
    (BIGINT '1', VARCHAR 'Berlin', VARCHAR '${Denmark|Finland}', VARCHAR '${leak-1|hidden-away-1}@example.org', BIGINT '${81111|81911}', DATE '${1991-04-17|1991-10-28}', VARCHAR '${640-11|750-99-000}', VARCHAR '${b-1|c-9}', VARCHAR '11', true),
    (2, 'Berlin', '${Denmark|Finland}', '${leak-2|hidden-away-2}@example.org', ${81111|81911}, DATE '${1992-05-18|1992-11-29}', '${640-11|750-99-000}', '${b-2|c-8}', '12', true),
    (3, 'Paris', '${Denmark|Finland}', '${leak-3|hidden-away-3}@example.org', ${82222|82922}, DATE '${1993-06-19|1993-12-30}', '${640-33|750-77-000}', '${b-3|c-7}', NULL, true),
    (4, 'Rome', '${Sweden|Norway}', '${leak-4|hidden-away-4}@example.org', ${83333|83933}, NULL, '${640-44|750-66-000}', '${b-4|c-6}', '14', true),
    (5, 'Rome', '${Sweden|Norway}', '${leak-5|hidden-away-5}@example.org', ${84444|84944}, DATE '${1995-08-21|1995-02-12}', '${640-55|750-55-000}', '${b-5|c-5}', '15', false)
) AS t(employee_id, city, region, email, salary, hired, number, badge, note, active);
CREATE TABLE lake.hr.shifts WITH (partitioning = ARRAY['region']) AS
SELECT * FROM (VALUES
    (BIGINT '1', VARCHAR 'WEST', BIGINT '8', VARCHAR '21'),
    (2, 'WEST', 7, '22'),
    (3, 'SOUTH', 6, NULL),
    (101, '${EAST|NORTH}', ${9871|1239}, '${Leaked|Hidden} shift'),
    (102, '${EAST|NORTH}', ${9872|1238}, '${Leaked|Hidden} shift'),
    (201, 'INLAND', 1237, 'Hidden inland')
) AS t(shift_id, region, hours, note) WHERE region <> '${INLAND|nothing}';
CREATE TABLE lake.hr.rota AS
SELECT * FROM (VALUES
    (BIGINT '1', VARCHAR 'WEST', BIGINT '8', VARCHAR '31'),
    (2, 'WEST', 7, NULL),
    (3, 'SOUTH', ${1231|1232}, '${Leaked|Hidden} south'),
    (4, NULL, ${1233|1234}, '${Leaked|Hidden} nowhere')
) AS t(shift_id, region, hours, note);
CREATE SCHEMA erp.private;
CREATE TABLE erp.private.documents AS
SELECT * FROM (VALUES (BIGINT '71', VARCHAR '${Leaked|Hidden} buyer', VARCHAR '${DE11|FR22}', '${Leaked|Hidden} document'), (72, NULL, '${DE13|FR24}', '${Leaked|Hidden} document')) AS t(doc_id, customer, iban, internal);
REFRESH MATERIALIZED VIEW mesh.sales.stored_hours;
REFRESH MATERIALIZED VIEW mesh.sales.stored_earners;
INSERT INTO lake.hr.employees VALUES (6, 'Paris', '${Denmark|Finland}', '${leak-6|hidden-away-6}@example.org', ${86666|86966}, DATE '${1996-09-22|1996-03-13}', '${640-66|750-44-000}', '${b-6|c-4}', '16', true);
REFRESH MATERIALIZED VIEW mesh.sales.stored_earners;
